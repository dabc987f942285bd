import type { Declared } from '../../../../src/model/declared/declared';
import { isForPrograms } from '../../../../src/model/programDrivers';
import { factsOf } from '../../../../src/model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../../../src/model/functions';
import type { PlanPromise } from '../../../../src/model/plan';
import { vfAt, type HostSnapshot } from '../../../../src/model/snapshot';
import type { ChangeRequest } from '../../../../src/model/request';
import { asLeft } from '../../../../src/planning/declared/asLeft';
import { planDeclared } from '../../../../src/planning/declared/planDeclared';
import { linksOf, onHost, vf } from '../../hosts/host';
import { afterPlan } from '../afterPlan';
import { planned } from '../planning';

/** The host after one change, by what its plan promises. */
export function changed(now: HostSnapshot, request: ChangeRequest): HostSnapshot {
  if (request.kind === 'apply') {
    const attachments = request.declared.attachments?.map(({ lasting: _, ...one }) => one);
    return applied(now, { ...request.declared, ...(attachments ? { attachments } : {}) }).after;
  }
  const plan = planned(now, request);
  const then = plan.promises.reduce((after, one) => vlanKept(now, after, one), afterPlan(now, plan));
  const [promise] = plan.promises;
  switch (promise?.kind) {
    case 'vf-count': {
      const pfs = then.pfs.map((pf) =>
        pf.pci === promise.pf ? { ...pf, vfs: newVfs(pf, promise.count) } : pf,
      );
      return { ...then, pfs, links: linksOf(pfs) };
    }
    case 'vf-settings': {
      const { driver, vf: pci } = promise;
      if (driver === null) return withMtu(then, pci, promise.mtu);
      const kind = driver === 'none' ? 'none' : isForPrograms(driver) ? 'vfio' : 'host';
      const as = { driver: driver === 'none' ? null : driver, holder: { ...onHost, kind } } as const;
      const pfs = then.pfs.map((pf) => ({
        ...pf,
        vfs: pf.vfs.map((one) =>
          one.pci === pci ? { ...one, ...deviceOf(one.index, kind === 'host'), ...as } : one,
        ),
      }));
      return { ...then, pfs, links: linksOf(pfs) };
    }
    case 'vf-inside':
    case 'vf-on-host':
      return withWhole(then, promise);
    case 'macvlan':
      return { ...asLeft(now, plan), lastChange: then.lastChange };
    case 'kept': {
      const { id, there } = promise;
      const intent = plan.keeps?.intent;
      const kept = there && intent ? [{ intent, result: null, watched: true }] : [];
      return { ...then, kept: [...then.kept.filter((one) => one.intent.id !== id), ...kept] };
    }
    default:
      return then;
  }
}

/** As its driver makes them. */
export const newVfs = ({ driver }: PhysicalFunction, count: number): VirtualFunction[] =>
  Array.from({ length: count }, (_, index) => vf(index, { driver: factsOf(driver)?.vfDriver ?? 'igbvf' }));

/** Where a whole adapter is. */
function withWhole(now: HostSnapshot, promise: PlanPromise & { vf: string; name: string }): HostSnapshot {
  const container = now.containers.find(
    ({ netnsInode }) => 'netnsInode' in promise && netnsInode === promise.netnsInode,
  );
  const holder = container
    ? { kind: 'container' as const, containerId: container.id, netnsInode: container.netnsInode, name: container.name }
    : onHost;
  const pfs = now.pfs.map((pf) => (pf.pci === promise.vf ? { ...pf, name: promise.name, holder } : pf));
  return pfs.some(({ pci }) => pci === promise.vf) ? { ...now, pfs, links: linksOf(pfs) } : now;
} // prettier-ignore

/** The network device that its driver makes. */
function deviceOf(index: number, there: boolean): Partial<VirtualFunction> {
  const { name, mac, mtu } = vf(index);
  return there ? { name, mac, mtu } : { name: null, mac: null, mtu: null };
}

/** The MTU of a VF in a container is its interface's. */
const withMtu = (now: HostSnapshot, pci: string, mtu: number | null): HostSnapshot => ({
  ...now,
  containers: now.containers.map((one) => ({
    ...one,
    interfaces: one.interfaces.map((device) =>
      device.vf === pci && mtu !== null ? { ...device, mtu } : device,
    ),
  })),
});

/** Attaching leaves the VLAN as it was, unless one was asked for. */
function vlanKept(before: HostSnapshot, after: HostSnapshot, promise: PlanPromise): HostSnapshot {
  if (promise.kind !== 'vf-inside' || promise.vlan !== null) return after;
  const vlan = vfAt(before, promise.vf)?.vf.vlan ?? null;
  const kept = (one: VirtualFunction) => (one.pci === promise.vf ? { ...one, vlan } : one);
  return { ...after, pfs: after.pfs.map((pf) => ({ ...pf, vfs: pf.vfs.map(kept) })) };
}

/** What applying a file does, change by change; throws where it doesn't come to an end. */
export function applied(
  host: HostSnapshot,
  declared: Declared,
): { after: HostSnapshot; requests: ChangeRequest[] } {
  const requests: ChangeRequest[] = [];
  let after = host;
  for (;;) {
    const { parts, blocks } = planDeclared(after, declared);
    if (blocks.length > 0) throw new Error(blocks.join('\n'));
    const [next] = parts;
    if (!next) return { after, requests };
    if (requests.length > 60) throw new Error(`no end: ${next.title}`);
    requests.push(next.request);
    after = changed(after, next.request);
  }
}
