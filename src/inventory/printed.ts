/**
 * Every section that the programs of this room print, declared once, with the arguments that follow its name. Readers take names
 * from here; a test holds the declarations and the `.sh` files together.
 */

const alone = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, ''>;

/** What ends an answer that arrived whole. */
export const last = { end: '' } as const;

/** Of probe.sh: what no change of ours changes. */
export const systemSections = {
  ...alone('login', 'groups', 'ssh', 'uname', 'os-release', 'virtualization', 'boot-id', 'dhcp-client'),
  ...alone('netns-self', 'ip-version'),
} as const;

/** Of probe.sh: lines that begin with the folder of a PF. */
export const linesOfFunctions = alone('sysfs', 'links', 'virtio');

/** Of probe.sh: what a change of one PF's VFs changes of no adapter. */
export const unchanging = alone('udev', 'eswitch');

/** Of probe.sh; what the engines add is declared in engines/. */
export const probeSections = {
  ...systemSections,
  ...linesOfFunctions,
  ...unchanging,
  ...alone('asker', 'ports', 'host-devices', 'host-devices-failed', 'named-namespaces', 'process-namespaces'),
  namespace: 'INODE PATH',
  'namespace-ended': 'INODE',
  'namespace-failed': 'INODE',
  ...alone('state-unsafe', 'record', 'record-of-another'),
  change: 'ID running|stopped',
  progress: 'ID',
  plan: 'ID',
  finished: 'ID',
  ...last,
} as const;

/** Of events.sh, none with a body. */
export const eventSections = {
  ...alone('began', 'beat', 'network', 'device', 'namespaces', 'journal'),
  engine: 'ENGINE',
  hears: 'SOURCE',
  deaf: 'SOURCE',
} as const;

/** Of evidence.sh. */
export const evidenceSections = {
  ...alone('user', 'uname', 'virtualization', 'container', 'cmdline', 'machine', 'cpu', 'other-functions'),
  ...alone('iommu-units', 'iommu-groups', 'acpi', 'lockdown', 'boot-configuration', 'dmi', 'fixes'),
  ...alone('blacklist', 'managers', 'host-facts', 'pfs', 'sysfs', 'links', 'vf-modules', 'log'),
  engine: 'ENGINE',
  pinned: 'ENGINE',
  ...last,
} as const;

/** Of configuration.sh. */
export const configurationSections = {
  ...alone('cmdline', 'kernel', 'container', 'os', 'loader', 'tools', 'generated', 'modules', 'fix'),
  file: 'BYTES PATH',
  ...last,
} as const;
