/** Who may open the device file of a VFIO group. */
export interface GroupFile {
  group: number;
  /** `USER:GROUP`. */
  owner: string;
  /** Octal: `600`. */
  mode: string;
}

/** A process that has a function open through VFIO. */
export interface FunctionUser {
  pid: number;
  command: string;
  /** Full id and name of the container that it runs in; `null` for a process of the host. */
  container: { id: string; name: string } | null;
}

/** Another function in a VF's IOMMU group; a program gets all of them or none. */
export interface GroupMate {
  pci: string;
  driver: string | null;
}

/** A user, perhaps with a group, by names or numbers, as `chown` takes them. */
export const ownerProblem = (owner: string): string | undefined =>
  /^[A-Za-z0-9_][\w.-]{0,63}(:[A-Za-z0-9_][\w.-]{0,63})?$/.test(owner)
    ? undefined
    : `An owner is USER or USER:GROUP, not "${owner}".`;

/**
 * Drivers beside which DPDK works: the kernel keeps the network device, and the program gets its queues through
 * /dev/infiniband/uverbsN.
 */
export const isBifurcated = (driver: string | null): boolean =>
  driver !== null && ['mlx4_core', 'mlx5_core', 'mana'].includes(driver);
