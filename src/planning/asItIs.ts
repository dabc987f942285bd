import type { VirtualFunction } from '../model/functions';
import type { PlanPromise } from '../model/plan';
import { functionAt, type HostSnapshot } from '../model/snapshot';
import { fieldKeys } from '../model/vfAttributes/table';
import { pagesNow } from './verify';

/** What a promise is about, as it is now. */
export function asItIs(promise: PlanPromise, snapshot: HostSnapshot): PlanPromise | undefined {
  if (promise.kind === 'vf-count') {
    const count = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.numVfs;
    return count === null || count === undefined ? undefined : { ...promise, count };
  }
  if (promise.kind === 'macvlan' || promise.kind === 'kept') return { ...promise, there: !promise.there };
  if (promise.kind === 'autoprobe') {
    const on = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.driversAutoprobe;
    return on === null || on === undefined ? undefined : { ...promise, on };
  }
  if (promise.kind === 'huge-pages') {
    const count = pagesNow(snapshot, promise)?.total;
    return count === undefined ? undefined : { ...promise, count };
  }
  const vf = functionAt(snapshot, promise.vf);
  if (vf && promise.kind === 'vf-settings') return settingsNow(promise, vf);
  if (!vf || vf.name === null) return undefined;
  const { pci, name, mac, mtu, addresses, holder } = vf;
  if (holder.kind === 'host') return { kind: 'vf-on-host', vf: pci, name, mac, mtu, up: vf.up ?? false };
  if (holder.netnsInode === null) return undefined;
  const { netnsInode } = holder;
  return { kind: 'vf-inside', vf: pci, netnsInode, name, addresses, mac, mtu, vlan: vf.vlan?.id ?? null };
}

function settingsNow(promise: PlanPromise & { kind: 'vf-settings' }, vf: VirtualFunction): PlanPromise {
  const keys = fieldKeys.filter((key) => key in promise.settings);
  return {
    ...promise,
    settings: Object.fromEntries(keys.map((key) => [key, vf[key]])),
    mtu: promise.mtu === null ? null : vf.mtu,
    driver: promise.driver === null ? null : (vf.driver ?? 'none'),
  };
}
