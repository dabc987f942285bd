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
/** A container hides the tables of the firmware and what the IOMMU's driver made of them. */
const iommuHidden = passedOn('unknown iommu.unreadable');

const iommuOff = passedOn('error iommu.disabled-by-flag');
const noViommu = passedOn('error guest.no-viommu');
const noNic = same('error capability.none');
const noEngine = netdevOnly('error engine.unreachable');
/** Of both adapters. */
const noVfDriver = netdevOnly('error vf-driver.missing', 'error vf-driver.missing');

/** What is found on each machine of the lab beside passes and notes: variant → who looks → purpose → findings. */
export const hostTable: Record<string, Partial<Record<Who, Row>>> = {
  default: { root: same(), user: asUser, container: inContainer },
  'no-flag': { root: same(), user: asUser, container: inContainer },
  amd: { root: same(), user: asUser, container: inContainer },
  'iommu-off': {
    root: iommuOff,
    user: both(asUser, iommuOff),
    container: both(both(inContainer, iommuHidden), iommuOff),
  },
  'no-iommu': { root: noViommu, user: both(asUser, noViommu), container: both(inContainer, iommuHidden) },
  'no-vf-driver': { root: noVfDriver, user: both(asUser, noVfDriver), container: inContainer },
  'no-nic': { root: noNic, user: both(asUser, noNic), container: both(asUser, noNic) },
  // Without an engine there is no container to look from.
  bare: { root: noEngine, user: both(log, noEngine) },
};

/** Errors and warnings alone, each once however many adapters it befalls. */
export const complaintsOf = (variant: string, who: Who, purpose: Purpose): string[] =>
  [...new Set(hostTable[variant]?.[who]?.[purpose] ?? ['?'])]
    .filter((line) => /^(?:error|warning)/.test(line))
    .sort();
