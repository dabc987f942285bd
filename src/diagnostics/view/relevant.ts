/**
 * Words without which no rule looks at a line of a log. A log of hundreds of thousands of lines is cut down by it
 * before anything else is tried; a new rule whose lines have none of these words adds its own.
 */
const words = [
  'sr-?iov',
  'vfs?\\b',
  'virtual function',
  'iommu',
  'dmar',
  'amd-vi',
  'ivrs',
  'iort',
  'smmu',
  'vfio',
  'remap',
  'bar ?\\d',
  'acs\\b',
  'rmrr',
  'ivmd',
  'mmio',
  'mmconfig',
  'command line',
  'cmdline',
  'hypervisor',
  'paravirtualized',
  'dmi:',
  'type 7f',
  'link is',
  'carrier',
  'power state',
  'bandwidth',
  'lockdown',
  'locked down',
  'unsigned module',
  'key was rejected',
  'required key',
  'msi-?x',
  'mlx\\d',
  'eswitch',
  'switchdev',
  'devlink',
  'mac address',
  'trusted',
  'spoof',
  'promisc',
  'reset',
  'nvme',
  'guc\\b',
  'safe mode',
  'setup-(?:bus|res)',
  'modprobe',
  'module',
  'docker',
  'podman',
  'networkmanager',
  'nm_unmanaged',
  'netns',
  'namespace',
  'answers',
  'write error',
  'file exists',
  'rename',
  'altname',
  'permission denied',
  'not permitted',
  'memlock',
  'tx rate',
  'tx_rate',
  'grub_cmdline',
  'boot_image',
  'options ',
  'action==',
  'drivers/',
  'tx driver issue',
  'netdev watchdog',
  'hv_netvsc',
  'smbios',
  'totalvfs',
  'virtualizationmode',
  'num_of_vfs',
  'not viable',
  'kernel null',
  'kernel bug',
  'bug: ',
  'protection fault',
  'cannot add more',
  'blacklist',
];
const relevant = new RegExp(words.join('|'));
const matters = (line: string): boolean =>
  relevant.test((line.length > longest ? line.slice(0, longest) : line).toLowerCase());
/** Below this many lines everything is looked at. */
const few = 2000;
/** Of lines that differ only in numbers, and are about the same device, so many at the beginning and at the end stay. */
const ofOneKind = 20;
const longest = 2000;

/** What a flood leaves of a log: the lines that may matter, without the thousandth repetition of one. */
export function relevantLines(lines: readonly string[]): readonly string[] {
  if (lines.length <= few) return lines;
  const kept = lines.filter(matters);
  if (kept.length <= few) return kept;
  const kinds = kept.map(kindOf);
  const left = new Map<string, number>();
  for (const kind of kinds) left.set(kind, (left.get(kind) ?? 0) + 1);
  const seen = new Map<string, number>();
  return kept.filter((_, at) => {
    const kind = kinds[at] ?? '';
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return before < ofOneKind || before >= (left.get(kind) ?? 0) - ofOneKind;
  });
}

const bdf = /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/i;
const kindOf = (line: string): string =>
  `${bdf.exec(line)?.[0] ?? ''} ${line.slice(0, 300).replace(/[0-9a-f]*\d[0-9a-f.:]*/gi, '#')}`;
