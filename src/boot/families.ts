import type { HostConfiguration } from '../model/configuration';
import type { Plain } from '../model/plain';
import type { Argv } from '../model/plan';
import type { ArgumentsChange } from './arguments';
import { editFiles, type Edits } from './edits';
import { bootFiles, filesOf, type BootFileKind } from './files';

/** How the kernel command line of a family of hosts is changed for good. The first row that fits a host is its own. */
export interface BootFamily {
  name: string;
  is: (host: HostConfiguration) => boolean;
  /** Files that hold the setting. */
  edit?: (host: HostConfiguration, change: ArgumentsChange) => Edits;
  /** Regenerates what the boot loader reads from them. */
  regenerate?: (host: HostConfiguration) => Argv;
  /** The family's own tool, which edits files by itself. */
  tool?: (change: ArgumentsChange) => Argv;
  /** Path patterns of the files that the boot loader reads; the kernel's arguments must be in them afterwards. */
  verify: string[];
  note?: string;
  /** What to do if we don't change it: the sentence of the refusal. */
  byHand?: (change: ArgumentsChange) => string;
  byText?: ByText;
}

/** For a host known only from a log or pasted text: how to recognize its family, and the commands to copy. */
export interface ByText {
  /** The name of the family here, if different. */
  name?: string;
  /** In any line. */
  mentioned: RegExp;
  /** In the running kernel's arguments or release. */
  kernel: RegExp;
  /** Adds whole arguments, as they stand on a command line. */
  add: (args: Plain) => string[];
  /** Removes an argument by its name. */
  remove: (name: Plain) => string[];
}

const entries = [...bootFiles.entries.paths];
const editGrub = (regenerate: string): Pick<ByText, 'add' | 'remove'> => ({
  add: ({ text }) => [`sed -i 's/^GRUB_CMDLINE_LINUX_DEFAULT="/&${text} /' /etc/default/grub`, regenerate],
  remove: ({ text }) => [
    `sed -i -E '/^GRUB_CMDLINE_LINUX/ s/${text}(=[^ "]*)? ?//g' /etc/default/grub`,
    regenerate,
  ],
});

export const families: BootFamily[] = [
  {
    name: 'Proxmox VE with systemd-boot',
    is: (host) => has(host, 'proxmox-boot-tool') && runs(host, /initrd=\\EFI\\proxmox/i),
    edit: (host, change) => edit(host, 'kernelCmdline', change),
    regenerate: () => ['proxmox-boot-tool', 'refresh'],
    verify: ['/etc/kernel/cmdline'],
    note: 'Only proxmox-boot-tool mounts the boot partitions, so /etc/kernel/cmdline and the success of the tool are verified instead.',
    byText: {
      mentioned: /proxmox-boot-tool/,
      kernel: /initrd=\\EFI\\proxmox/,
      add: ({ text }) => [`sed -i '1s/$/ ${text}/' /etc/kernel/cmdline`, 'proxmox-boot-tool refresh'],
      remove: ({ text }) => [
        `sed -i -E 's/ ?${text}(=[^ ]*)?//g' /etc/kernel/cmdline`,
        'proxmox-boot-tool refresh',
      ],
    },
  },
  {
    name: 'rpm-ostree',
    is: (host) => has(host, 'rpm-ostree') && runs(host, /(?:^|\s)ostree=/),
    tool: ({ add, remove }) => [
      'rpm-ostree',
      'kargs',
      ...remove.map((argument) => `--delete-if-present=${argument}`),
      ...add.map((argument) => `--append-if-missing=${argument}`),
    ],
    verify: ['/boot/loader/entries/*.conf'],
    note: 'rpm-ostree creates a new deployment; the running one stays as it is.',
    byText: {
      mentioned: /rpm-ostree|RHCOS|CoreOS/,
      kernel: /\bostree=/,
      add: ({ text }) => [`rpm-ostree kargs ${text.replace(/\S+/g, '--append-if-missing=$&')}`],
      remove: ({ text }) => [`rpm-ostree kargs --delete-if-present=${text}`],
    },
  },
  {
    name: 'NixOS',
    is: ({ os }) => os.includes('nixos'),
    verify: [],
    byHand: ({ add, remove }) =>
      `NixOS is configured in /etc/nixos: ${[
        ...(add.length > 0 ? [`add ${quoted(add)} to boot.kernelParams`] : []),
        ...(remove.length > 0 ? [`remove ${quoted(remove)} from boot.kernelParams`] : []),
      ].join(', ')}, then run "nixos-rebuild boot"`,
  },
  {
    name: 'Ubuntu Core',
    is: (host) => runs(host, /(?:^|\s)snapd_recovery_mode=/),
    verify: [],
    byHand: ({ add }) =>
      `Ubuntu Core takes kernel arguments from its model: run "snap set system system.kernel.dangerous-cmdline-append='${add.join(' ')}'"`,
  },
  {
    name: 'an immutable system',
    is: ({ os }) => os.some((id) => ['talos', 'flatcar', 'harvester'].includes(id)),
    verify: [],
    byHand: () => "its image is immutable: use the vendor's machine configuration",
  },
  {
    name: 'XCP-ng',
    is: (host) => has(host, '/opt/xensource/libexec/xen-cmdline'),
    verify: [],
    byHand: ({ add, remove }) =>
      `kernel arguments of dom0 are set with "/opt/xensource/libexec/xen-cmdline": ${[
        ...add.map((argument) => `--set-dom0 ${argument}`),
        ...remove.map((argument) => `--delete-dom0 ${argument.split('=')[0] ?? ''}`),
      ].join(' ')}`,
  },
  {
    name: 'Pop!_OS with kernelstub',
    is: (host) => has(host, 'kernelstub') && !host.cmdline?.includes('BOOT_IMAGE='),
    tool: ({ add, remove }) => ['change_by_kernelstub', add.join(' '), remove.join(' ')],
    verify: ['/boot/efi/loader/entries/*.conf'],
  },
  {
    name: 'sdbootutil',
    is: (host) => has(host, 'sdbootutil') && keeps(host, 'kernelCmdline'),
    edit: (host, change) => edit(host, 'kernelCmdline', change),
    regenerate: () => ['sdbootutil', 'update-all-entries'],
    verify: ['/boot/efi/loader/entries/*.conf', '/boot/loader/entries/*.conf', '/efi/loader/entries/*.conf'],
  },
  {
    name: 'systemd-boot with kernel-install',
    is: (host) => bySystemdBoot(host) && has(host, 'kernel-install') && keeps(host, 'kernelCmdline'),
    edit: (host, change) => edit(host, 'kernelCmdline', change),
    regenerate: () => ['reinstall_kernels'],
    verify: entries,
  },
  {
    name: 'systemd-boot with its entries',
    is: (host) => bySystemdBoot(host) && keeps(host, 'entries'),
    edit: (host, change) => edit(host, 'entries', change),
    verify: entries,
    note: 'An entry that a package regenerates loses it; set it in /etc/kernel/cmdline in that case.',
  },
  {
    name: 'BLS entries with grubby',
    is: (host) => has(host, 'grubby') && keeps(host, 'entries'),
    tool: ({ add, remove }) => [
      'grubby',
      '--update-kernel=ALL',
      ...(remove.length > 0 ? [`--remove-args=${remove.join(' ')}`] : []),
      ...(add.length > 0 ? [`--args=${add.join(' ')}`] : []),
    ],
    verify: entries,
    byText: {
      name: 'grubby',
      mentioned: /grubby/,
      kernel: /\.(?:el[789]|el10|fc\d\d)[._]/,
      add: ({ text }) => [`grubby --update-kernel=ALL --args="${text}"`],
      remove: ({ text }) => [`grubby --update-kernel=ALL --remove-args="${text}"`],
    },
  },
  {
    name: 'GRUB',
    is: (host) => byGrub(host) && has(host, 'update-grub'),
    edit: (host, change) => edit(host, 'grub', change),
    regenerate: () => ['update-grub'],
    verify: ['/boot/grub/grub.cfg'],
    byText: {
      mentioned: /update-grub|Debian|Ubuntu/,
      kernel: /-pve\b|-generic\b|-amd64\b/,
      ...editGrub('update-grub'),
    },
  },
  {
    name: 'GRUB',
    is: (host) => byGrub(host) && has(host, 'grub2-mkconfig'),
    edit: (host, change) => edit(host, 'grub', change),
    // CentOS 7 on UEFI reads its own copy on the EFI partition.
    regenerate: (host) => [
      'make_grub_configurations',
      'grub2-mkconfig',
      ...grubTargets(host, '/boot/grub2/grub.cfg'),
    ],
    verify: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'GRUB',
    is: (host) => byGrub(host) && has(host, 'grub-mkconfig'),
    edit: (host, change) => edit(host, 'grub', change),
    regenerate: (host) => [
      'make_grub_configurations',
      'grub-mkconfig',
      ...grubTargets(host, '/boot/grub/grub.cfg'),
    ],
    verify: ['/boot/grub/grub.cfg'],
    byText: {
      mentioned: /grub-mkconfig/,
      kernel: /BOOT_IMAGE=.*linux-(?:arch|lts|zen)/,
      ...editGrub('grub-mkconfig -o /boot/grub/grub.cfg'),
    },
  },
  {
    name: 'extlinux of u-boot-menu',
    is: (host) => has(host, 'u-boot-update') && host.generated.includes('/boot/extlinux/extlinux.conf'),
    edit: (host, change) => edit(host, 'uBootMenu', change),
    regenerate: () => ['u-boot-update'],
    verify: ['/boot/extlinux/extlinux.conf'],
  },
  {
    name: 'extlinux of Alpine',
    is: (host) => has(host, 'update-extlinux') && keeps(host, 'extlinuxOfAlpine'),
    edit: (host, change) => edit(host, 'extlinuxOfAlpine', change),
    regenerate: () => ['update-extlinux'],
    verify: ['/boot/extlinux.conf'],
  },
  {
    name: 'extlinux.conf',
    is: (host) => keeps(host, 'extlinux'),
    edit: (host, change) => edit(host, 'extlinux', change),
    verify: [...bootFiles.extlinux.paths],
  },
  {
    name: 'cmdline.txt of the Raspberry Pi',
    is: (host) => keeps(host, 'raspberryPi'),
    edit: (host, change) => edit(host, 'raspberryPi', change),
    verify: [...bootFiles.raspberryPi.paths],
  },
];

/** The family of a host known only from texts, with the name used for those. */
export function familyByText(kernel: string[], lines: string[]): (ByText & { name: string }) | undefined {
  const rows = families.flatMap(({ name, byText }) => (byText ? [{ name, ...byText }] : []));
  const telling = lines.filter(
    (line) => /Linux version/.test(line) || rows.some(({ mentioned }) => mentioned.test(line)),
  );
  const clues = [...kernel, ...telling].join('\n');
  return rows.find((row) => row.mentioned.test(clues) || row.kernel.test(clues));
}

const has = ({ tools }: HostConfiguration, tool: string): boolean => tools.includes(tool);
const runs = ({ cmdline }: HostConfiguration, pattern: RegExp): boolean => pattern.test(cmdline ?? '');
const keeps = ({ files }: HostConfiguration, kind: BootFileKind): boolean => filesOf(files, kind).length > 0;

/** The Raspberry Pi reads the first of two places that exists. A new setting gets its own file. */
function edit({ files }: HostConfiguration, kind: BootFileKind, change: ArgumentsChange): Edits {
  const found = filesOf(files, kind);
  const { paths } = bootFiles[kind];
  const missing = !found.some(({ path }) => path === paths[0]);
  if (kind === 'raspberryPi') return editFiles(found.slice(0, 1), bootFiles[kind], change);
  if (kind === 'uBootMenu' && missing)
    return editFiles([{ path: paths[0], text: '' }, ...found], bootFiles[kind], change);
  if (kind === 'kernelCmdline' && missing) return `${paths[0]} does not exist`;
  return editFiles(found, bootFiles[kind], change);
}

/** systemd-boot names itself in an EFI variable, and hands the initrd over by a path with backslashes. */
const bySystemdBoot = (host: HostConfiguration): boolean =>
  host.loaderInfo === null ? runs(host, /(?:^|\s)initrd=\\/) : /^systemd-boot/.test(host.loaderInfo);
/** GRUB tells the kernel which file it was loaded from; systemd-boot doesn't. */
const byGrub = (host: HostConfiguration): boolean =>
  runs(host, /(?:^|\s)BOOT_IMAGE=/) && host.files.some(({ path }) => path === bootFiles.grub.paths[0]);

const grubTargets = ({ generated }: HostConfiguration, usual: string): string[] => {
  const found = generated.filter(
    (path) => /\/grub\.cfg$/.test(path) && (path === usual || path.includes('/EFI/')),
  );
  return found.length > 0 ? found : [usual];
};

const quoted = (all: string[]): string => all.map((one) => `"${one}"`).join(' ');
