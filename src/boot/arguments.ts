import { hasArgument, kernelTokens, nameAndValue } from './commandLine';

export interface ArgumentsChange {
  add: string[];
  remove: string[];
}

interface Argument {
  does: string;
  risk?: string;
  /** The code of the editor's warning, for arguments that nobody should have unless they need them. */
  warn?: string;
}

/** The effect of an argument that we add, and what may go wrong. Sources: kernel-parameters.txt, and reports of users. */
const known: Record<string, Argument> = {
  'intel_iommu=on': {
    does: 'enables Intel VT-d DMA remapping, which vfio, DPDK and virtual machines need',
    risk: 'On a board whose firmware misdescribes its IOMMU, devices may disappear; you can remove the argument for one boot in the boot menu.',
  },
  'intel_iommu=off': { does: 'disables Intel VT-d DMA remapping' },
  'amd_iommu=off': { does: "disables AMD's IOMMU" },
  'iommu=off': { does: 'disables every IOMMU' },
  'iommu=pt': { does: "lets the host's own devices bypass the IOMMU, for speed" },
  'pci=realloc': {
    does: 'lets Linux reassign PCI windows that the firmware made too small, including those for VFs',
    risk: 'Devices that the firmware or a console still uses may stop working; some boards lost their disk controller. Try the firmware setup first ("Above 4G Decoding", "MMIO High").',
    warn: 'boot.realloc',
  },
  'pci=realloc=off': {
    does: 'keeps PCI windows as the firmware set them',
    risk: 'VFs may then get no address space at all.',
  },
  'pci=assign-busses': {
    does: 'makes Linux renumber all PCI buses, so that VFs get the bus numbers they need',
    risk: 'One board is known not to boot with it, and another lost its network: have a console at hand to remove it in the boot menu.',
    warn: 'boot.assign-busses',
  },
  'pci=nommconf': { does: 'hides the extended PCI configuration space, where the SR-IOV capability is' },
  'vfio_iommu_type1.allow_unsafe_interrupts=1': {
    does: 'lets vfio work without interrupt remapping',
    risk: 'A guest that controls a device can inject interrupts into the host.',
  },
};

/** Opposite values: adding one removes the other. */
const opposites: Record<string, string[]> = {
  'intel_iommu=on': ['intel_iommu=off'],
  'iommu=pt': ['iommu=off', 'iommu=nopt', 'iommu.passthrough=0'],
  'pci=realloc': ['pci=realloc=off', 'pci=realloc=on'],
  'pci=realloc=off': ['pci=realloc', 'pci=realloc=on'],
};

/** The change, which also removes the opposites of what it adds. */
export const complete = ({ add, remove }: ArgumentsChange): ArgumentsChange => ({
  add,
  remove: [...new Set([...remove, ...add.flatMap((argument) => opposites[argument] ?? [])])],
});

/** A command line with the change made; untouched if there is nothing to change. */
export function changed(cmdline: string, { add, remove }: ArgumentsChange): string {
  const kept = kernelTokens(cmdline).flatMap((token) => without(token, remove));
  const missing = add.filter((argument) => !hasArgument(kept.join(' '), argument));
  const result = [...kept, ...missing].join(' ');
  return result === kernelTokens(cmdline).join(' ') ? cmdline : result;
}

function without(token: string, remove: string[]): string[] {
  const [name, list] = nameAndValue(token);
  // A bare name removes every argument of that name.
  if (remove.some((other) => other === token || (nameAndValue(other)[0] === other && other === name)))
    return [];
  if (list === undefined) return [token];
  const gone = remove
    .map(nameAndValue)
    .filter(([other]) => other === name)
    .map(([, value]) => value);
  const left = list.split(',').filter((value) => !gone.includes(value));
  if (left.length === list.split(',').length) return [token];
  return left.length === 0 ? [] : [`${token.slice(0, token.indexOf('='))}=${left.join(',')}`];
}

/** The editor's warning about a risky argument; undefined for all others. */
export function risky(argument: string): { code: string; message: string } | undefined {
  const [name, values = ''] = nameAndValue(argument);
  for (const value of values.split(',')) {
    const same = value.replace(/^realloc=on$/, 'realloc');
    const { does, risk, warn } = known[`${name}=${same}`] ?? {};
    if (warn) return { code: warn, message: `${name}=${value} ${does}. Risk: ${risk}` };
  }
  return undefined;
}

/** One sentence per argument: what it does, or did, and its risk. */
export const explained = ({ add, remove }: ArgumentsChange): string[] => [
  ...add.map((argument) => {
    const { does = 'is added', risk } = known[argument] ?? {};
    return `${argument} ${does}.${risk ? ` Risk: ${risk}` : ''}`;
  }),
  ...remove.map((argument) => {
    const [name, value] = nameAndValue(argument);
    if (/blacklist$/.test(name)) return `Without ${argument}, the module ${value} may be loaded again.`;
    const { does } = known[argument] ?? {};
    return does ? `${argument} ${does}; it is removed.` : `${argument} is removed.`;
  }),
];

/** What needs no quoting in a boot configuration. */
export const isPlainArgument = (argument: string): boolean => /^[A-Za-z0-9_][\w.,:=/-]*$/.test(argument);
