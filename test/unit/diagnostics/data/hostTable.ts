import { purposes, type Purpose } from '../../../../src/model/finding';

/** Who looks at a machine: root, a user without sudo, or a program inside a container of it. */
export type Who = 'root' | 'user' | 'container';
type Row = Record<Purpose, string[]>;

const same = (...ids: string[]): Row => ({ netdev: ids, vfio: ids, vm: ids });
/** The same fact is an error where a function leaves the kernel, and nothing to worry about elsewhere. */
const passedOn = (...ids: string[]): Row => ({ netdev: [], vfio: ids, vm: ids });
const netdevOnly = (...ids: string[]): Row => ({ netdev: ids, vfio: [], vm: [] });
const both = (a: Row, b: Row): Row =>
  Object.fromEntries(purposes.map((purpose) => [purpose, [...a[purpose], ...b[purpose]]])) as Row;

/** Twice: Docker and Podman. */
const engines = same('unknown engine.denied-here', 'unknown engine.denied-here');
const log = same('unknown privileges.log-unreadable');
const modules = netdevOnly('unknown vf-driver.lookup-impossible');

const asUser = both(engines, log);
const inContainer = both(asUser, modules);

/** What each machine of the lab is told beside passes and notes: variant → who looks → purpose → findings. */
export const hostTable: Record<string, Partial<Record<Who, Row>>> = {
  default: { root: same(), user: asUser, container: inContainer },
  'no-flag': { root: same(), user: asUser, container: inContainer },
  'iommu-off': { root: passedOn('error iommu.disabled-by-flag') },
  'no-iommu': { root: passedOn('error guest.no-viommu') },
  'no-vf-driver': { root: netdevOnly('error vf-driver.missing') },
  bare: { root: netdevOnly('error engine.unreachable') },
};

/** Rows that so far only the running machines are held against, in test/lab/variants.test.ts. */
export const notCaptured = ['iommu-off-root', 'no-iommu-root', 'no-vf-driver-root', 'bare-root'];

/** Errors and warnings alone. */
export const complaintsOf = (variant: string, who: Who, purpose: Purpose): string[] =>
  (hostTable[variant]?.[who]?.[purpose] ?? ['?']).filter((line) => /^(?:error|warning)/.test(line)).sort();
