/** Drivers and modules of this field, as the kernel spells them. */
export const knownDrivers = [
  ...['vfio-pci', 'uio_pci_generic', 'igb_uio', 'pci-stub', 'vfio', 'vfio_iommu_type1', 'iavf', 'i40evf'],
  ...[
    'igbvf',
    'ixgbevf',
    'fm10k',
    'igb',
    'ixgbe',
    'i40e',
    'ice',
    'idpf',
    'mlx4_core',
    'mlx4_en',
    'mlx5_core',
  ],
  ...['mlx5_ib', 'bnxt_en', 'cxgb4', 'cxgb4vf', 'sfc', 'nfp', 'qede', 'hns3', 'hclgevf', 'hinic', 'ionic'],
  ...['ena', 'enic', 'virtio_net', 'netdevsim', 'octeon_ep', 'liquidio', 'bnx2x', 'be2net', 'atlantic'],
] as const;

const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** Letters that are to be changed, added or left out to make one of the other; two neighbours that changed places count as one. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Math.max(i, j);
  for (let i = 0; i <= a.length; i++)
    for (let j = i === 0 ? 0 : 1; j <= b.length; j++) {
      const row = rows[i] ?? [];
      if (i === 0) {
        row[j] = j;
        continue;
      }
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        ...[at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same],
        ...(swapped ? [at(i - 2, j - 2) + 1] : []),
      );
    }
  return at(a.length, b.length);
}

/** Names that this one may have been meant to be: spelt otherwise, longer by a suffix, or one or two letters off. */
export function near(name: string, among: readonly string[]): string[] {
  const wanted = plain(name);
  const off = wanted.length >= 8 ? 2 : wanted.length >= 5 ? 1 : 0;
  return [...new Set(among)].filter((other) => {
    if (other === name) return false;
    const candidate = plain(other);
    return (
      candidate === wanted ||
      (wanted.length >= 4 && candidate.replace(/np\d+$/, '') === wanted.replace(/np\d+$/, '')) ||
      (Math.abs(candidate.length - wanted.length) <= off && distance(candidate, wanted) <= off)
    );
  });
}
