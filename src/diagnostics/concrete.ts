import type { LivePf } from '../model/evidence';
import type { Cause, Fix, FixChange } from '../model/finding';
import { commandsFor } from './bootloader';
import { firmwareMenus } from './firmwareMenus';
import type { Hit } from './rule';
import type { View } from './view/view';

/**
 * A fix as it is for this host: `$PF`, `$VF` and `$VF_DRIVER` stand in the rules for the adapter that the finding is
 * about. A change whose adapter isn't known is left out, and the words are kept for the reader to fill in.
 */
export function concrete(fix: Fix, hit: Hit, view: View, cause: Cause): Fix {
  const menus = fix.kind === 'bios' ? firmwareMenus(cause, view) : [];
  const words = { ...wordsOfAll(view), ...wordsOf(adapterOf(hit, view)) };
  const filled = (text: string) =>
    text.replace(/\$(PCI|PF|VF|VF_DRIVER)\b/g, (whole, name: string) => words[name] ?? whole);
  const change = fix.change && fill(fix.change, filled);
  const commands =
    fix.commands.length === 0 && change?.kind === 'kernel-args' ? commandsFor(view, change) : fix.commands;
  return {
    ...fix,
    summary: menus.length > 0 ? `${fix.summary}. Here: ${menus.join('; ')}` : fix.summary,
    // sysfs knows functions by their address, everything else by the name of the interface.
    commands: commands.map((command) =>
      filled(command.replace(/(\/sys\/bus\/pci\/devices\/|echo |lspci .*-s )\$PF\b/g, '$1$PCI')),
    ),
    change,
  };
}

/** The adapter a finding is about: the one it names, one of its VFs, or the only one there is. */
function adapterOf({ subject }: Hit, { live }: View): LivePf | undefined {
  const pfs = live?.pfs ?? [];
  return (
    pfs.find(
      ({ pci, name, vfs }) => pci === subject || name === subject || vfs.some((vf) => vf.pci === subject),
    ) ?? (subject === 'host' && pfs.length === 1 ? pfs[0] : undefined)
  );
}

/** What is true of all adapters, for a finding about the host. */
function wordsOfAll({ live }: View): Record<string, string | undefined> {
  const [module, ...others] = new Set(live?.pfs.map(({ vfModule }) => vfModule));
  return module && others.length === 0 ? { VF_DRIVER: module } : {};
}

const wordsOf = (pf: LivePf | undefined): Record<string, string | undefined> =>
  pf
    ? {
        PCI: pf.pci,
        PF: pf.name ?? pf.pci,
        VF: pf.vfs.find(({ driver }) => driver === null)?.pci,
        ...(pf.vfModule === null ? {} : { VF_DRIVER: pf.vfModule }),
      }
    : {};

/** Undefined when a word is still open. */
function fill(change: FixChange, filled: (text: string) => string): FixChange | undefined {
  const text = filled(JSON.stringify(change).replaceAll('"$PF"', '"$PCI"'));
  return /"\$[A-Z_]+"/.test(text) ? undefined : (JSON.parse(text) as FixChange);
}
