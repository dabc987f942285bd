import type { Fix } from '../model/finding';
import { fix } from './rule';
import type { View } from './view/view';

interface Bootloader {
  is: RegExp;
  name: string;
  add: (args: string) => string[];
  remove: (name: string) => string[];
}

const grub = (regenerate: string) => ({
  add: (args: string) => [
    `sed -i 's/^GRUB_CMDLINE_LINUX_DEFAULT="/&${args} /' /etc/default/grub`,
    regenerate,
  ],
  remove: (name: string) => [
    `sed -i -E '/^GRUB_CMDLINE_LINUX/ s/${name}(=[^ "]*)? ?//g' /etc/default/grub`,
    regenerate,
  ],
});

/** How the command line is changed for good, by what the evidence says of the boot loader; the first that fits. */
const bootloaders: Bootloader[] = [
  {
    is: /initrd=\\EFI\\proxmox|proxmox-boot-tool/,
    name: 'Proxmox VE with systemd-boot',
    add: (args) => [`sed -i '1s/$/ ${args}/' /etc/kernel/cmdline`, 'proxmox-boot-tool refresh'],
    remove: (name) => [
      `sed -i -E 's/ ?${name}(=[^ ]*)?//g' /etc/kernel/cmdline`,
      'proxmox-boot-tool refresh',
    ],
  },
  {
    is: /\bostree=|rpm-ostree|RHCOS|CoreOS/,
    name: 'rpm-ostree',
    add: (args) => [
      `rpm-ostree kargs ${args
        .split(' ')
        .map((arg) => `--append-if-missing=${arg}`)
        .join(' ')}`,
    ],
    remove: (name) => [`rpm-ostree kargs --delete-if-present=${name}`],
  },
  {
    is: /\.(?:el[789]|el10|fc\d\d)[._]|grubby/,
    name: 'grubby',
    add: (args) => [`grubby --update-kernel=ALL --args="${args}"`],
    remove: (name) => [`grubby --update-kernel=ALL --remove-args="${name}"`],
  },
  {
    is: /-pve\b|-generic\b|-amd64\b|-cloud-amd64\b|update-grub|Debian|Ubuntu/,
    name: 'GRUB',
    ...grub('update-grub'),
  },
  {
    is: /BOOT_IMAGE=.*linux-(?:arch|lts|zen)|grub-mkconfig/,
    name: 'GRUB',
    ...grub('grub-mkconfig -o /boot/grub/grub.cfg'),
  },
];
const elsewhere =
  'Add it where your boot loader keeps the command line, and check /proc/cmdline after the reboot.';

const bootloaderOf = (view: View): Bootloader | undefined => {
  const known = [
    ...(view.args ? [view.args.raw] : []),
    ...(view.live?.kernel ? [view.live.kernel] : []),
    ...view
      .find(
        /proxmox-boot-tool|rpm-ostree|RHCOS|CoreOS|grubby|update-grub|grub-mkconfig|Debian|Ubuntu|Linux version/,
      )
      .map((l) => l.text),
  ].join('\n');
  return bootloaders.find(({ is }) => is.test(known));
};

/** The commands that make a change of the kernel's arguments, as far as what is known tells. */
export function commandsFor(view: View, { add, remove }: { add: string[]; remove: string[] }): string[] {
  const loader = bootloaderOf(view);
  if (!loader) return [];
  const all = [
    ...(add.length > 0 ? loader.add(add.join(' ')) : []),
    ...remove.flatMap((argument) => loader.remove(argument.split('=')[0] ?? argument)),
  ];
  return all.filter((command, index) => all.lastIndexOf(command) === index);
}

/** The fix that adds kernel arguments on this host. */
export function addArgs(view: View, args: string, risk: string | null = null): Fix {
  const loader = bootloaderOf(view);
  return fix('kernel-args', `Boot with ${args}${loader ? ` (${loader.name})` : `. ${elsewhere}`}`, {
    ...{ commands: loader?.add(args) ?? [], risk },
    change: { kind: 'kernel-args', add: args.split(' '), remove: [] },
  });
}

/** The fix that takes a kernel argument away, by its name or, better, whole: `intel_iommu=off`. */
export function removeArg(view: View, argument: string, risk: string | null = null): Fix {
  const name = argument.split('=')[0] ?? argument;
  const loader = bootloaderOf(view);
  return fix(
    'kernel-args',
    `Remove ${argument} from the kernel command line${loader ? ` (${loader.name})` : ''}`,
    {
      ...{ commands: loader?.remove(name) ?? [], risk },
      change: { kind: 'kernel-args', add: [], remove: [argument] },
    },
  );
}
