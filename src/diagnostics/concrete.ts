import type { LivePf } from '../model/evidence';
import type { Cause, Fix, FixChange } from '../model/finding';
import { commandsFor } from './rules/bootloader';
import { wellFormed, written, type Values } from './command';
import { firmwareMenus } from './firmwareMenus';
import type { Remedy, Hit } from './rule';
import { about } from './view/adapters';
import { failed } from './view/answers';
import { once } from './view/once';
import type { View } from './view/view';

/**
 * The fixes as they are for this host: their values stand for what the finding is about. A change of which a value isn't
 * known is left out; in a command its name stays, for the reader to fill in.
 */
export function concrete(all: readonly Remedy[], hit: Hit, view: View, cause: Cause): Fix[] {
  const open = all.some(({ commands, change }) => change || commands.some(({ gaps }) => gaps.length > 0));
  const values = open ? valuesFor(hit, view) : {};
  const fixes = all.map((remedy) => fixOf(remedy, values, view, cause));
  const untried = fixes.filter((fix) => !wasTried(fix, view));
  return untried.length > 0 ? untried : fixes;
}

/** All its commands were typed before without an error, or the kernel has its arguments: it didn't help. */
function wasTried({ commands, change }: Fix, view: View): boolean {
  if (view.live) return false;
  if (change?.kind === 'kernel-args')
    return change.add.length > 0 && change.add.every((one) => view.args?.tokens.includes(one));
  return commands.length > 0 && commands.every((one) => wentWell(view).has(plainly(one)));
}
const wentWell = once(
  ({ evidence }: View) =>
    new Set(evidence.commands.flatMap(({ command, error }) => (failed(error) ? [] : [plainly(command)]))),
);
const plainly = (command: string): string =>
  command
    .replace(/\bsudo\b|["']/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function fixOf(remedy: Remedy, values: Values, view: View, cause: Cause): Fix {
  const menus = remedy.kind === 'bios' ? firmwareMenus(cause, view) : [];
  const change = remedy.change && filled(remedy.change, values);
  const commands =
    remedy.commands.length === 0 && change?.kind === 'kernel-args'
      ? commandsFor(view, change)
      : remedy.commands;
  return {
    ...remedy,
    summary: menus.length > 0 ? `${remedy.summary}. Here: ${menus.join('; ')}` : remedy.summary,
    commands: commands.map((command) => written(command, values)),
    change,
  };
}

function valuesFor(hit: Hit, view: View): Values {
  const { adapter, vf } = about(view, hit.subject);
  const pf = view.live?.pfs.find(({ pci }) => pci === adapter?.pci);
  return wellFormed({
    VF_DRIVER: pf?.vfModule ?? onlyVfModule(view),
    PCI: adapter?.pci,
    PF: adapter?.name,
    DEVICE: firmwareDevice(view) ?? adapter?.pci,
    VF: vf ?? withoutDriver(pf),
    INDEX: indexIn(hit.evidence),
    ...hit.values,
  });
}

/** The VF that the quoted lines speak of, where it is only one. */
function indexIn(lines: readonly string[]): string | undefined {
  const [index, ...others] = new Set(
    lines.flatMap((line) => /\bvf (\d{1,3})\b/i.exec(line.replace(/^.{0,80}\b\d+ VFs?\b/, ''))?.[1] ?? []),
  );
  return others.length === 0 ? index : undefined;
}

/** What is true of all adapters, for a finding about the host. */
function onlyVfModule({ live }: View): string | null {
  const [module, ...others] = new Set(live?.pfs.map(({ vfModule }) => vfModule));
  return module && others.length === 0 ? module : null;
}

const withoutDriver = (pf: LivePf | undefined): string | undefined =>
  pf?.vfs.find(({ driver }) => driver === null)?.pci;

/** `Device: /dev/mst/mt4119_pciconf0` of `mlxconfig query`, when it asked one adapter. */
function firmwareDevice(view: View): string | undefined {
  const named = view.find(/^(?:PCI )?device:\s/i).map(({ text }) => /:\s+(\S+)$/.exec(text)?.[1]);
  const [device, ...others] = new Set(named);
  return others.length === 0 ? device : undefined;
}

/** A change with what its placeholders (`$PCI`) stand for. Undefined when one is still open. */
function filled(change: FixChange, values: Values): FixChange | undefined {
  const fields = Object.entries(change).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' && value.startsWith('$') ? values[value.slice(1) as keyof Values] : value,
  ]);
  return fields.some(([, value]) => value === undefined)
    ? undefined
    : (Object.fromEntries(fields) as FixChange);
}
