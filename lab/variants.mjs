/**
 * `igb`: an Intel 82576 with 7 VFs. `virtio`: virtio-net with 4, which takes no setting for them and does not switch between them.
 *
 * @typedef {"igb" | "virtio"} Card
 */

/**
 * The machines the lab can be: one row each.
 *
 * @typedef {object} Variant
 * @property {string} about what this machine is for
 * @property {import("./systems.mjs").SystemName} system what it runs
 * @property {Card[]} cards the SR-IOV cards that are plugged in, all on one wire
 * @property {boolean} nvme whether a drive with SR-IOV stands beside them, which is no network adapter
 * @property {"intel" | "amd" | "none"} iommu the IOMMU that QEMU emulates
 * @property {string} kernelArgs what the machine's administrator would have put on the kernel command line
 * @property {"few" | "ten" | "none"} engines how many Docker containers run; "none": there is no engine at all
 * @property {"kernel" | "grub"} boots by QEMU, which loads the kernel; or by itself, from its own disk, through GRUB
 * @property {number} limit seconds after which `up` gives up
 */

/** @type {Variant} */
const usual = {
  about: '',
  system: 'debian13',
  cards: ['igb', 'igb'],
  nvme: false,
  iommu: 'intel',
  kernelArgs: 'intel_iommu=on iommu=pt',
  engines: 'few',
  boots: 'kernel',
  limit: 300,
};

/** @type {Record<string, Variant>} */
export const variants = {
  default: { ...usual, about: 'two cards, IOMMU on, as it should be', nvme: true },
  debian12: { ...usual, about: 'the release before', system: 'debian12' },
  '63vfs': {
    ...usual,
    about: 'nine cards, as many VFs as a large NIC, ten containers',
    cards: Array.from({ length: 9 }, () => 'igb'),
    engines: 'ten',
    limit: 420,
  },
  'no-iommu': {
    ...usual,
    about: 'the firmware has no IOMMU, the flag is set anyway',
    iommu: 'none',
    kernelArgs: 'intel_iommu=on',
  },
  'iommu-off': { ...usual, about: 'IOMMU there, turned off by the flag', kernelArgs: 'intel_iommu=off' },
  'no-flag': { ...usual, about: "IOMMU on by the kernel's own default", kernelArgs: '' },
  amd: { ...usual, about: "AMD's IOMMU", iommu: 'amd', kernelArgs: 'iommu=pt', limit: 420 },
  'no-vf-driver': {
    ...usual,
    about: 'VFs get no driver',
    kernelArgs: 'intel_iommu=on iommu=pt modprobe.blacklist=igbvf',
  },
  'no-nic': { ...usual, about: 'no card with SR-IOV', cards: [] },
  virtio: {
    ...usual,
    about: 'a virtio card with VFs, which has no settings for them, beside the usual one',
    // QEMU 11.1 crashes when it makes an igb after a virtio card with VFs.
    cards: ['igb', 'virtio'],
  },
  grub: {
    ...usual,
    about: 'boots from its own disk through GRUB; IOMMU and VF driver turned off there, no engine',
    boots: 'grub',
    kernelArgs: 'intel_iommu=off modprobe.blacklist=igbvf',
    engines: 'none',
  },
  bare: { ...usual, about: 'neither Docker nor Podman', engines: 'none' },
};

/**
 * @param {string} name
 * @returns {Variant}
 */
export function variantNamed(name) {
  const variant = Object.hasOwn(variants, name) ? variants[name] : undefined;
  if (!variant)
    throw new Error(`There is no variant "${name}". There are: ${Object.keys(variants).join(', ')}.`);
  return variant;
}
