import type { AppliedFix, HostConfiguration } from '../../model/configuration';
import { hasArgument } from '../../boot/commandLine';
import type { FixChange } from '../../model/finding';
import {
  isRefusal,
  refuse,
  type Argv,
  type FileChange,
  type Plan,
  type Refusal,
  type Step,
} from '../../model/plan';
import type { FixRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { only, pfUp, vfDrivers } from './pciFixes';
import { editSteps, kernelArguments, unchanged, type Change } from './planKernelArguments';
import { step } from '../steps';

/** One lock for everything that a host keeps in files; no PCI function has that name. */
export const configurationLock = { pci: 'configuration', mode: 'exclusive' } as const;

/** Plans a fix of a finding, from what the host's files say. */
export function planFix(snapshot: HostSnapshot, request: FixRequest): Plan | Refusal {
  const { finding, title, configuration } = request;
  if (!configuration)
    return refuse(
      'unknown-state',
      `The configuration of ${snapshot.host.id} has not been read yet; run the readiness checks first.`,
    );
  const change = changeOf(snapshot, configuration, request.change);
  if (isRefusal(change)) return change;
  const record: AppliedFix = {
    ...{ version: 1, finding, title, at: snapshot.takenAt, undone: false },
    ...change.applied,
  };
  return {
    kind: 'fix',
    title: `Fix: ${title}`,
    host: snapshot.host.id,
    notes: change.notes,
    losses: change.losses ?? [],
    verb: 'Apply Fix',
    locks: change.locks ?? [configurationLock],
    namespace: null,
    preconditions: change.preconditions,
    promises: [],
    files: change.files,
    // Anything that is in no file is gone with the next boot, so there is nothing to keep.
    ...(change.applied.files.length > 0 || change.applied.verify.length > 0
      ? { steps: [keep(record), ...change.steps], lasting: true }
      : { steps: change.steps }),
  };
}

const keep = (record: AppliedFix): Step =>
  step(
    'Record the change on the host, with copies of the files',
    ['keep_fix', record.finding, JSON.stringify(record), ...record.files.map(({ path }) => path)],
    ['take_fix_back', record.finding, JSON.stringify({ ...record, undone: true } satisfies AppliedFix)],
  );

function changeOf(
  snapshot: HostSnapshot,
  configuration: HostConfiguration,
  change: FixChange,
): Change | Refusal {
  switch (change.kind) {
    case 'kernel-args':
      return kernelArguments(configuration, change);
    case 'unblacklist':
      return unblacklist(configuration, change.module);
    case 'load-module':
      return configuration.modules.includes(change.module)
        ? refuse('nothing-to-do', `The module ${change.module} is already loaded.`)
        : only([loadModule(change.module)]);
    case 'pf-up':
      return pfUp(snapshot, change.pf);
    case 'vf-driver':
      return vfDrivers(snapshot, change);
    case 'unmanaged':
      return unmanaged(configuration, change.vfDriver);
  }
}

const loadModule = (module: string): Step =>
  step(`Load the module ${module}`, ['load_module', module], ['unload_module', module], 60);

const sameModule = (a: string, b: string): boolean => a.replaceAll('-', '_') === b.replaceAll('-', '_');

/** Removed from the kernel command line for good and from modprobe.d, and loaded if the running kernel allows it. */
function unblacklist(configuration: HostConfiguration, module: string): Change | Refusal {
  const listed = ['modprobe.blacklist', 'module_blacklist']
    .map((name) => `${name}=${module}`)
    .filter((argument) => hasArgument(configuration.cmdline ?? '', argument));
  const files = configuration.files
    .filter(({ path }) => path.startsWith('/etc/modprobe.d/'))
    .flatMap(({ path, text }): FileChange[] => {
      const after = text?.replace(
        /^[ \t]*(?:blacklist|install)[ \t]+(\S+)(?:$|[ \t].*$)/gm,
        (line, name: string) => (sameModule(name, module) ? `# ${line}` : line),
      );
      return text === null || after === undefined || after === text ? [] : [{ path, before: text, after }];
    });
  const loaded = configuration.modules.includes(module.replaceAll('-', '_'));
  const kernelRefuses = listed.some((argument) => argument.startsWith('module_blacklist='));
  const now = loaded || kernelRefuses ? [] : [loadModule(module)];
  if (listed.length === 0 && files.length === 0 && now.length === 0)
    return refuse(
      'nothing-to-do',
      `${module} is neither blacklisted nor missing; run the readiness checks again.`,
    );
  const args = listed.length === 0 ? null : kernelArguments(configuration, { add: [], remove: listed });
  if (args !== null && isRefusal(args)) return args;
  const none: Change = { ...only([]), notes: [] };
  const { applied, ...boot } = args ?? none;
  return {
    files: [...boot.files, ...files],
    steps: [...boot.steps, ...editSteps(files, null), ...now],
    preconditions: [...boot.preconditions, ...unchanged(files)],
    notes: [
      ...boot.notes,
      ...files.map(({ path }) => `The line in ${path} is commented out.`),
      ...(kernelRefuses
        ? [`The running kernel can't load ${module}: module_blacklist applies until the reboot.`]
        : []),
      ...(now.length > 0
        ? [`${module} is loaded immediately; VFs without a driver are bound to theirs.`]
        : []),
    ],
    applied: { ...applied, files: [...applied.files, ...files] },
  };
}

const unmanagedFile = '/etc/NetworkManager/conf.d/90-sriov-workbench.conf';

/** `driver:` is a device specification of NetworkManager.conf(5). */
function unmanaged({ files, tools }: HostConfiguration, vfDriver: string): Change | Refusal {
  if (!tools.includes('nmcli')) return refuse('invalid', 'NetworkManager is not installed on this host.');
  const before = files.find(({ path }) => path === unmanagedFile)?.text ?? null;
  const after = `# VFs belong to containers and are configured there.\n[keyfile]\nunmanaged-devices+=driver:${vfDriver}\n`;
  if (before === after) return refuse('nothing-to-do', `NetworkManager already ignores VFs of ${vfDriver}.`);
  const change = { path: unmanagedFile, before, after };
  const reload: Argv = ['nmcli', 'general', 'reload', 'conf'];
  return {
    files: [change],
    steps: [
      ...editSteps([change], reload),
      step('Reload the configuration of NetworkManager', reload, ['true']),
    ],
    preconditions: unchanged([change]),
    notes: [`NetworkManager ignores every device of the driver ${vfDriver}, including those on the host.`],
    applied: {
      ...{ add: [], remove: [], regenerate: reload, tool: null, verify: [], files: [change] },
    },
  };
}
