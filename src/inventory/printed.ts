/**
 * Every section that the programs of this room print, declared once, with the arguments that follow its name. Readers take names
 * from here; a test holds the declarations and the `.sh` files together.
 */

const alone = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, ''>;

/** The end of a complete answer. */
export const last = { end: '' } as const;

/** Of probe/: what none of our changes affects. */
export const systemSections = {
  ...alone('login', 'groups', 'ssh', 'uname', 'os-release', 'virtualization', 'boot-id', 'dhcp-client'),
  ...alone('netns-self', 'ip-version'),
  maker: 'PATH',
} as const;

/** Of probe/: lines that begin with the folder of a PF. */
export const linesOfFunctions = alone('sysfs', 'links', 'virtio', 'uverbs');

/** Of probe/: what a change of one PF's VFs affects on no adapter. */
export const unchanging = alone('udev', 'eswitch');

/** Of probe/; what the engines add is declared in engines/. */
export const probeSections = {
  ...systemSections,
  ...linesOfFunctions,
  ...unchanging,
  ...alone('asker', 'ports', 'host-devices', 'host-devices-failed', 'named-namespaces', 'process-namespaces'),
  ...alone('huge-pages', 'node-cpus', 'group-files', 'vfio-users'),
  namespace: 'INODE PATH',
  'namespace-ended': 'INODE',
  'namespace-failed': 'INODE',
  ...alone('state-unsafe', 'record', 'record-of-another'),
  change: 'ID running|stopped',
  progress: 'ID',
  plan: 'ID',
  finished: 'ID',
  intent: '',
  'kept-result': 'ID',
  'kept-program-gone': 'ID',
  ...alone('kept-watchers', 'kept-devices'),
  made: 'enabled|disabled',
  ...last,
} as const;

/** Of events.sh, none with a body. */
export const eventSections = {
  ...alone('began', 'beat', 'network', 'device', 'namespaces', 'journal'),
  engine: 'ENGINE',
  hears: 'SOURCE',
  deaf: 'SOURCE',
} as const;

/** Of counters.sh; where devices are comes with the moment, in hundredths of a second since the host was booted. */
export const counterSections = {
  host: 'MOMENT',
  namespace: 'INODE MOMENT',
  ...alone('frame', 'beat'),
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

/** Of triggers.sh. */
export const triggerSections = { ...alone('systemd', 'docker', 'daemon-json', 'podman'), ...last } as const;

/** Of configuration.sh. */
export const configurationSections = {
  ...alone('cmdline', 'kernel', 'container', 'os', 'loader', 'tools', 'generated', 'modules', 'fix'),
  file: 'BYTES PATH',
  ...last,
} as const;
