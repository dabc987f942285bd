import type { PlanPromise } from '../model/plan';
import { allFunctions, type HostSnapshot } from '../model/snapshot';
import { fieldKeys, fields } from '../model/vfAttributes/table';

/** Where the host isn't as the plan promised (invariant 5): one sentence each, empty when all is well. */
export const differences = (promises: PlanPromise[], now: HostSnapshot): string[] =>
  promises.flatMap((promise) => check(promise, now));

function check(promise: PlanPromise, now: HostSnapshot): string[] {
  if (promise.kind === 'vf-count') return checkCount(promise, now);
  if (promise.kind === 'macvlan') {
    const { key, there } = promise;
    if (now.macvlans.some((macvlan) => macvlan.key === key) === there) return [];
    return [there ? `The macvlan ${key} does not exist.` : `The macvlan ${key} still exists.`];
  }
  if (promise.kind === 'autoprobe') return checkAutoprobe(promise, now);
  const vf = allFunctions(now).find((other) => other.pci === promise.vf);
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
