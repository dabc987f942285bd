import type { LivePf } from '../model/evidence';
import type { Cause, Fix, FixChange } from '../model/finding';
import { commandsFor } from './rules/bootloader';
import { wellFormed, written, type Values } from './command';
import { firmwareMenus } from './firmwareMenus';
import type { Remedy, Hit } from './rule';
import { about } from './view/adapters';
import type { View } from './view/view';

/**
 * The fixes as they are for this host: their values stand for what the finding is about. A change of which a value isn't
 * known is left out; in a command its name stays, for the reader to fill in.
 */
export function concrete(all: readonly Remedy[], hit: Hit, view: View, cause: Cause): Fix[] {
  const open = all.some(({ commands, change }) => change || commands.some(({ gaps }) => gaps.length > 0));
  const values = open ? valuesFor(hit, view) : {};
  return all.map((remedy) => fixOf(remedy, values, view, cause));
}

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
    ...hit.values,
  });
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
