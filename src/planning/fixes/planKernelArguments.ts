import { complete, explained, isPlainArgument, type ArgumentsChange } from '../../boot/arguments';
import { hasArgument } from '../../boot/commandLine';
import { mentions } from '../../boot/edits';
import { families, type BootFamily } from '../../boot/families';
import type { AppliedFix, HostConfiguration } from '../../model/configuration';
import {
  refuse,
  type Argv,
  type FileChange,
  type Lock,
  type Precondition,
  type Refusal,
  type Step,
} from '../../model/plan';
import { step } from '../steps';

/** What a fix is made of, before its plan is written out. */
export interface Change {
  files: FileChange[];
  steps: Step[];
  preconditions: Precondition[];
  notes: string[];
  applied: Pick<AppliedFix, 'add' | 'remove' | 'regenerate' | 'tool' | 'verify' | 'files'>;
  /** Its losses, and the functions that it is about; a change of files has neither. */
  losses?: string[];
  locks?: Lock[];
}

/** Seconds: with many kernels, os-prober and mkconfig take a while. */
const patience = 300;

/** The change of this host's boot configuration, or why there can be none. */
export function kernelArguments(configuration: HostConfiguration, wanted: ArgumentsChange): Change | Refusal {
  const odd = wanted.add.find((argument) => !isPlainArgument(argument));
  if (odd !== undefined) return refuse('invalid', `"${odd}" is not a kernel argument.`);
  if (configuration.insideContainer)
    return refuse(
      'invalid',
      'This is a container; the boot loader is on its host. Connect to the host itself.',
    );
  const all = complete(wanted);
  const change = { add: all.add, remove: all.remove.filter((argument) => isSet(configuration, argument)) };
  const family = families.find(({ is }) => is(configuration));
  if (!family) return refuse('invalid', noFamily(configuration, change));
  if (family.byHand) return refuse('invalid', `It can't be changed automatically: ${family.byHand(change)}.`);
  const agrees =
    change.remove.length === 0 &&
    change.add.every((argument) => hasArgument(configuration.cmdline ?? '', argument));
  // A tool's own state can't be read: the running kernel has to tell.
  if (family.tool && agrees) return refuse('nothing-to-do', 'The running kernel already has it.');
  return family.tool ? byTool(change, family, family.tool) : byFiles(configuration, change, family);
}

function byFiles(host: HostConfiguration, change: ArgumentsChange, family: BootFamily): Change | Refusal {
  const edits = family.edit?.(host, change) ?? [];
  if (typeof edits === 'string')
    return refuse(
      'invalid',
      `The configuration of ${family.name} can't be changed: ${edits}. Change it manually.`,
    );
  const regenerate = family.regenerate?.(host) ?? null;
  if (edits.length === 0) return nothingToEdit(host, change, family, regenerate);
  return {
    files: edits,
    steps: [
      ...editSteps(edits, regenerate),
      ...(regenerate ? [remake(regenerate, family)] : []),
      verified(change, family.verify),
    ],
    preconditions: unchanged(edits),
    notes: notes(change, family),
    applied: { ...change, regenerate, tool: null, verify: family.verify, files: edits },
  };
}

/** Undoing runs in reverse: the file that was changed first is restored last, then the configuration is regenerated. */
export const editSteps = (edits: FileChange[], regenerate: Argv | null): Step[] =>
  edits.map(({ path, before, after }, index) =>
    step(
      after === null ? `Remove ${path}` : `${before === null ? 'Write' : 'Change'} ${path}`,
      fileArgv(path, after),
      [...fileArgv(path, before), ...(index === 0 && regenerate ? regenerate : [])],
      regenerate ? patience : undefined,
    ),
  );
const fileArgv = (path: string, text: string | null): Argv =>
  text === null ? ['remove_file', path] : ['replace_file', path, text];

const remake = (regenerate: Argv, { name }: BootFamily): Step =>
  step(`Regenerate the boot configuration (${name})`, regenerate, ['true'], patience);

export const verified = ({ add, remove }: ArgumentsChange, verify: string[]): Step =>
  step(
    'Verify the boot configuration',
    ['boot_configuration_has', add.join(' '), remove.join(' '), ...verify],
    ['true'],
  );

/** A file that differs from what was read was changed by someone else. */
export const unchanged = (edits: FileChange[]): Precondition[] =>
  edits.map(({ path, before }) => ({
    otherwise: `${path} was changed in the meantime; refresh and try again.`,
    check: before === null ? ['file_is_absent', path] : ['file_says', path, before],
  }));

/** Its own tool makes the change and reverts it. */
function byTool(change: ArgumentsChange, family: BootFamily, tool: NonNullable<BootFamily['tool']>): Change {
  const apply = tool(change);
  const back = tool({ add: change.remove, remove: change.add });
  return {
    files: [],
    steps: [
      step(`Change the kernel's arguments (${family.name})`, apply, back, patience),
      verified(change, family.verify),
    ],
    preconditions: [],
    notes: notes(change, family),
    applied: { ...change, regenerate: null, tool: { apply, back }, verify: family.verify, files: [] },
  };
}

/** Whether the running kernel or a file has an argument to remove. */
const isSet = ({ cmdline, files }: HostConfiguration, argument: string): boolean =>
  hasArgument(cmdline ?? '', argument) || mentions(files, argument);

const notes = (change: ArgumentsChange, { note }: BootFamily): string[] => [
  ...explained(change),
  ...(note ? [note] : []),
  'It takes effect at the next boot; the host is not rebooted.',
];

/** The file already has it: only regenerating the configuration, or a reboot, is missing. */
function nothingToEdit(
  host: HostConfiguration,
  change: ArgumentsChange,
  family: BootFamily,
  regenerate: Argv | null,
): Change | Refusal {
  const running = host.cmdline ?? '';
  const stays = change.remove.filter((argument) => hasArgument(running, argument));
  const lacks = change.add.filter((argument) => !hasArgument(running, argument));
  if (stays.length === 0 && lacks.length === 0)
    return refuse('nothing-to-do', 'The running kernel and the boot configuration already have it.');
  if (regenerate === null || host.fixes.some((fix) => !fix.undone && sameChange(fix, change)))
    return refuse(
      'nothing-to-do',
      `The configuration of ${family.name} already has it; it takes effect when this host is rebooted${stays.length > 0 ? `, unless ${stays.join(' ')} is set elsewhere` : ''}.`,
    );
  return {
    files: [],
    steps: [remake(regenerate, family), verified(change, family.verify)],
    preconditions: [],
    notes: [
      'The file already has it; the boot configuration is regenerated from it.',
      ...notes(change, family),
    ],
    applied: { ...change, regenerate, tool: null, verify: family.verify, files: [] },
  };
}

const sameChange = (fix: ArgumentsChange, change: ArgumentsChange): boolean =>
  change.add.every((argument) => fix.add.includes(argument)) &&
  change.remove.every((argument) => fix.remove.includes(argument));

function noFamily({ cmdline }: HostConfiguration, { add, remove }: ArgumentsChange): string {
  const what = [
    ...(add.length > 0 ? [`add ${add.join(' ')}`] : []),
    ...(remove.length > 0 ? [`remove ${remove.join(' ')}`] : []),
  ].join(' and ');
  const how = /BOOT_IMAGE=/.test(cmdline ?? '')
    ? 'no known boot loader configuration was found'
    : 'the kernel was not loaded by a boot loader on this host (it may have been a hypervisor, network boot or a firmware entry)';
  return `The kernel's arguments can't be changed from here: ${how}. Where they are set, ${what}, and check /proc/cmdline after the reboot.`;
}
