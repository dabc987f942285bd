import { isLate } from '../model/lasting/late';
import type { PlanPromise } from '../model/plan';
import { functionAt, type HostSnapshot } from '../model/snapshot';
import { nodeText, pagesText, type HugePages } from '../model/userspace/hugePages';
import { fieldKeys, fields } from '../model/vfAttributes/table';

/** Where the host isn't as the plan promised (invariant 5): one sentence each, empty when all is well. What is late only the host knows. */
export const differences = (promises: PlanPromise[], now: HostSnapshot): string[] =>
  promises.filter((promise) => !isLate(JSON.stringify(promise))).flatMap((promise) => check(promise, now));

function check(promise: PlanPromise, now: HostSnapshot): string[] {
  if (promise.kind === 'vf-count') return checkCount(promise, now);
  if (promise.kind === 'macvlan') {
    const { key, there } = promise;
    if (now.macvlans.some((macvlan) => macvlan.key === key) === there) return [];
    return [there ? `The macvlan ${key} does not exist.` : `The macvlan ${key} still exists.`];
  }
  if (promise.kind === 'kept') {
    const { id, there } = promise;
    if ([...now.kept, ...now.made].some(({ intent }) => intent.id === id) === there) return [];
    return [`${id} is ${there ? 'missing from' : 'still in'} the list of what lasts.`];
  }
  if (promise.kind === 'autoprobe') return checkAutoprobe(promise, now);
  if (promise.kind === 'huge-pages') return checkHugePages(promise, now);
  const vf = functionAt(now, promise.vf);
  if (!vf) return [`The VF ${promise.vf} is gone.`];
  type Value = string | number | boolean | null;
  const differs = (what: string, wanted: Value, found: Value) =>
    wanted === null || wanted === found
      ? []
      : [`The ${what} of VF ${vf.pci} is ${String(found)}, not ${String(wanted)}.`];
  if (promise.kind === 'vf-settings')
    return [
      ...fieldKeys.flatMap((key) =>
        promise.settings[key] === undefined || same(promise.settings[key], vf[key])
          ? []
          : [
              `The ${fields[key].name} of VF ${vf.pci} is ${JSON.stringify(vf[key])}, not ${JSON.stringify(promise.settings[key])}.`,
            ],
      ),
      ...differs('MTU', promise.mtu, vf.mtu),
      ...differs('driver', promise.driver, vf.driver ?? 'none'),
    ];
  const common = [
    ...differs('name', promise.name, vf.name),
    ...differs('MAC', promise.mac, vf.mac),
    ...differs('MTU', promise.mtu, vf.mtu),
  ];
  if (promise.kind === 'vf-on-host')
    return [
      ...differs('location', 'host', vf.holder.kind),
      ...common,
      ...differs('up state', promise.up, vf.up),
    ];
  const missing = promise.addresses.filter((address) => !vf.addresses.includes(normal(address)));
  return [
    ...differs('namespace', promise.netnsInode, vf.holder.netnsInode),
    ...common,
    ...differs('up state', true, vf.up),
    ...(promise.vlan === null ? [] : differs('VLAN', promise.vlan, vf.vlan?.id ?? null)),
    ...missing.map((address) => `VF ${vf.pci} does not have the address ${address}.`),
  ];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function checkAutoprobe({ pf: pci, on }: PlanPromise & { kind: 'autoprobe' }, now: HostSnapshot): string[] {
  const pf = now.pfs.find((other) => other.pci === pci);
  return pf?.driversAutoprobe === on
    ? []
    : [`sriov_drivers_autoprobe of ${pf?.name ?? pci} is not ${on ? 'on' : 'off'}.`];
}

function checkHugePages(promise: PlanPromise & { kind: 'huge-pages' }, now: HostSnapshot): string[] {
  const { node, kb, count } = promise;
  const found = pagesNow(now, promise);
  if (found?.total === count) return [];
  return [`There are ${pagesText(found?.total ?? 0, kb)}${nodeText(node)}, not ${count}.`];
}

/** The huge pages that a promise is about. */
export const pagesNow = (
  { hugePages }: HostSnapshot,
  { node, kb }: PlanPromise & { kind: 'huge-pages' },
): HugePages | undefined => hugePages?.find((one) => one.node === node && one.kb === kb);

function checkCount({ pf: pci, count }: PlanPromise & { kind: 'vf-count' }, now: HostSnapshot): string[] {
  const pf = now.pfs.find((other) => other.pci === pci);
  if (!pf) return [`The adapter ${pci} is gone.`];
  const label = pf.name ?? pci;
  if (pf.numVfs !== count) return [`${label} has ${pf.numVfs} VFs, not ${count}.`];
  if (pf.driversAutoprobe === false) return [];
  return pf.vfs
    .filter((vf) => vf.name === null && vf.holder.kind === 'none')
    .map((vf) =>
      vf.driver === null
        ? `VF ${vf.index} of ${label} (${vf.pci}) has no network device: no driver is bound to it.`
        : `VF ${vf.index} of ${label} (${vf.pci}) has no network device, although ${vf.driver} is bound to it.`,
    );
}

/** As `ip` prints it: IPv6 in lower case and shortened. */
const normal = (cidr: string): string => {
  const [address = '', prefix] = cidr.split('/');
  return address.includes(':') ? `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${prefix}` : cidr;
};
