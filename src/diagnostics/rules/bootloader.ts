import { command, Plain, type Command } from '../command';
import { fix, type Remedy } from '../rule';
import type { View } from '../view/view';

interface Bootloader {
  is: RegExp;
  name: string;
  /** Whole arguments, as they stand on a command line. */
  add: (args: Plain) => Command[];
  remove: (name: Plain) => Command[];
}

const grub = (regenerate: Command): Pick<Bootloader, 'add' | 'remove'> => ({
  add: (args) => [command`sed -i 's/^GRUB_CMDLINE_LINUX_DEFAULT="/&${args} /' /etc/default/grub`, regenerate],
  remove: (name) => [
    command`sed -i -E '/^GRUB_CMDLINE_LINUX/ s/${name}(=[^ "]*)? ?//g' /etc/default/grub`,
    regenerate,
  ],
});
const proxmox = command`proxmox-boot-tool refresh`;

/** How the command line is changed for good, by what the evidence says of the boot loader; the first that fits. */
const bootloaders: Bootloader[] = [
  {
    is: /initrd=\\EFI\\proxmox|proxmox-boot-tool/,
    name: 'Proxmox VE with systemd-boot',
    add: (args) => [command`sed -i '1s/$/ ${args}/' /etc/kernel/cmdline`, proxmox],
    remove: (name) => [command`sed -i -E 's/ ?${name}(=[^ ]*)?//g' /etc/kernel/cmdline`, proxmox],
  },
  {
    is: /\bostree=|rpm-ostree|RHCOS|CoreOS/,
    name: 'rpm-ostree',
    add: (args) => [command`rpm-ostree kargs ${args.each('--append-if-missing=')}`],
    remove: (name) => [command`rpm-ostree kargs --delete-if-present=${name}`],
  },
  {
    is: /\.(?:el[789]|el10|fc\d\d)[._]|grubby/,
    name: 'grubby',
    add: (args) => [command`grubby --update-kernel=ALL --args="${args}"`],
    remove: (name) => [command`grubby --update-kernel=ALL --remove-args="${name}"`],
  },
  {
    is: /-pve\b|-generic\b|-amd64\b|-cloud-amd64\b|update-grub|Debian|Ubuntu/,
    name: 'GRUB',
    ...grub(command`update-grub`),
  },
  {
    is: /BOOT_IMAGE=.*linux-(?:arch|lts|zen)|grub-mkconfig/,
    name: 'GRUB',
    ...grub(command`grub-mkconfig -o /boot/grub/grub.cfg`),
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
export function commandsFor(view: View, { add, remove }: { add: string[]; remove: string[] }): Command[] {
  const loader = bootloaderOf(view);
  const all = [
    ...(add.length > 0 ? made(loader?.add, add.join(' ')) : []),
    ...[...new Set(remove.map(nameOf))].flatMap((name) => made(loader?.remove, name)),
  ];
  return all.filter((one, index) => all.lastIndexOf(one) === index);
}

const nameOf = (argument: string): string => argument.split('=')[0] ?? argument;

/** None for text that a shell or sed would take for something else: it comes from a command line. */
function made(commands: Bootloader['add'] | undefined, text: string): Command[] {
  const plain = Plain.of(text);
  return plain && commands ? commands(plain) : [];
}

/** The fix that adds kernel arguments on this host. */
export function addArgs(view: View, args: string, risk: string | null = null): Remedy {
  const loader = bootloaderOf(view);
  return fix('kernel-args', `Boot with ${args}${loader ? ` (${loader.name})` : `. ${elsewhere}`}`, {
    ...{ commands: made(loader?.add, args), risk },
    change: { kind: 'kernel-args', add: args.split(' '), remove: [] },
  });
}

/** The fix that takes a kernel argument away, by its name or, better, whole: `intel_iommu=off`. */
export function removeArg(view: View, argument: string, risk: string | null = null): Remedy {
  const loader = bootloaderOf(view);
  return fix(
    'kernel-args',
    `Remove ${argument} from the kernel command line${loader ? ` (${loader.name})` : ''}`,
    {
      ...{ commands: made(loader?.remove, nameOf(argument)), risk },
      change: { kind: 'kernel-args', add: [], remove: [argument] },
    },
  );
}
