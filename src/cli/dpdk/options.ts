import { configureOptions } from '../configure';
import type { OptionName } from '../options';

/** What `sriov dpdk prepare` takes: what only a PF can set comes before the driver, which is `vfio-pci` then. */
export const preparingOptions = [
  ...configureOptions.filter((option) => !['mtu', 'driver', 'autoprobe'].includes(option)),
  ...(['hugepages', 'owner', 'lasting'] as const),
] satisfies OptionName[];

/** What `sriov dpdk run-line` takes. */
export const runLineOptions = ['image', 'engine', 'in-memory'] as const satisfies OptionName[];
