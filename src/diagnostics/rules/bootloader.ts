import { familyByText, type ByText } from '../../boot/families';
import { Plain } from '../../model/plain';
import type { Command } from '../command';
import { fix, type Remedy } from '../rule';
import type { View } from '../view/view';

const elsewhere =
  'Add it to the kernel command line in the configuration of your boot loader, and check /proc/cmdline after the reboot.';

/** The boot loader, by what the evidence says of it. */
const bootloaderOf = (view: View): (ByText & { name: string }) | undefined =>
  familyByText(
    [...(view.args ? [view.args.raw] : []), ...(view.live?.kernel ? [view.live.kernel] : [])],
    view.said.map(({ text }) => text),
  );

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
function made(commands: ByText['add'] | undefined, text: string): Command[] {
  const plain = Plain.of(text);
  return plain && commands ? commands(plain).map((one) => ({ text: [one], gaps: [] })) : [];
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
