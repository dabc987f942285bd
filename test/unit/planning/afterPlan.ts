import type { AttachmentRecord } from '../../../src/model/attachment';
import type { ContainerInterface } from '../../../src/model/container';
import type { VirtualFunction } from '../../../src/model/functions';
import type { MacvlanRecord } from '../../../src/model/macvlan';
import type { Argv, Plan, PlanPromise } from '../../../src/model/plan';
import type { HostLink, HostSnapshot } from '../../../src/model/snapshot';
import type { HugePages } from '../../../src/model/userspace/hugePages';
import { unwrap } from '../../../src/model/verbs';
import { afterStep as afterStepOfVfs } from '../../../src/planning/declared/asLeft';
import { settingsPutBack } from '../../../src/planning/attachments/putBack';
import { link, onHost } from '../hosts/host';

/** A made-up host after a plan, by its promises, records and routes; good enough to plan the next change. */
export function afterPlan(now: HostSnapshot, plan: Plan): HostSnapshot {
  const then = plan.steps.reduce((host, { apply }) => afterStep(host, plan, apply), now);
  return {
    ...plan.promises.reduce((host, promise) => afterPromise(host, promise, now), then),
    lastChange: { id: 'c1', title: plan.title, at: 'then', by: 'ann', beforeBoot: false, plan },
  };
}

/** As the product has it, and with macvlans. */
function afterStep(now: HostSnapshot, plan: Plan, argv: Argv): HostSnapshot {
  const then = afterStepOfVfs(now, plan, argv);
  const { verb, args } = unwrap(argv);
  const [key = '', json = ''] = args;
  if (verb !== 'save_record' && verb !== 'drop_record') return then;
  const macvlans = then.macvlans.filter((record) => record.key !== key);
  const record = verb === 'save_record' ? (JSON.parse(json) as AttachmentRecord | MacvlanRecord) : undefined;
  return { ...then, macvlans: record && 'kind' in record ? [...macvlans, record] : macvlans };
}

function afterPromise(now: HostSnapshot, promise: PlanPromise, before: HostSnapshot): HostSnapshot {
  switch (promise.kind) {
    case 'vf-inside': {
      const { name, mac, mtu, addresses, netnsInode } = promise;
      const container = now.containers.find((one) => one.netnsInode === netnsInode);
      const holder = { kind: 'container' as const, containerId: container?.id ?? null, netnsInode, name: container?.name ?? null }; // prettier-ignore
      const vlan = { id: promise.vlan ?? 0, qos: 0, proto: '802.1Q' as const };
      const moved = withVf(now, promise.vf, {
        name,
        mac,
        mtu,
        addresses,
        holder,
        vlan,
        up: true,
        altnames: [],
      });
      const device = { name, mac, mtu, addresses, up: true, altnames: [], vf: promise.vf };
      return withDevice(withLink(moved, promise.vf), promise.vf, netnsInode, device);
    }
    case 'vf-on-host': {
      const { name, mac, mtu, up } = promise;
      const record = before.attachments.find(({ vf }) => vf === promise.vf)?.record;
      const settings = record ? settingsPutBack(record) : {};
      const back = withVf(now, promise.vf, { name, mac, mtu, up, holder: onHost, ...settings });
      return withDevice(withLink(back, promise.vf, { name, mac, mtu, up }), promise.vf, null);
    }
    case 'vf-settings': {
      const { settings, mtu, driver } = promise;
      return withVf(now, promise.vf, {
        ...settings,
        ...(mtu === null ? {} : { mtu }),
        ...(driver === null ? {} : { driver, name: null, holder: { ...onHost, kind: 'vfio' } }),
      });
    }
    case 'macvlan': {
      const record = now.macvlans.find(({ key }) => key === promise.key);
      if (!record) return now;
      const { inside: name, mac, container } = record;
      const device = { name, mac, mtu: 1400, addresses: promise.addresses, up: true, altnames: [], vf: null };
      return withDevice(now, promise.key, container.netnsInode, device);
    }
    case 'vf-count':
      return withPf(now, promise.pf, { numVfs: promise.count, vfs: [], up: true });
    case 'autoprobe':
      return withPf(now, promise.pf, { driversAutoprobe: promise.on });
    case 'huge-pages': {
      const { node, kb, count } = promise;
      const is = (one: HugePages) => one.node === node && one.kb === kb;
      return { ...now, hugePages: now.hugePages?.map((one) => (is(one) ? { ...one, total: count, free: count } : one)) }; // prettier-ignore
    }
    case 'kept':
      return now;
  }
}

const withPf = (now: HostSnapshot, pci: string, more: Partial<HostSnapshot['pfs'][0]>): HostSnapshot => ({
  ...now,
  pfs: now.pfs.map((pf) => (pf.pci === pci ? { ...pf, ...more } : pf)),
});

const withVf = (now: HostSnapshot, pci: string, more: Partial<VirtualFunction>): HostSnapshot => ({
  ...now,
  pfs: now.pfs.map((pf) => ({ ...pf, vfs: pf.vfs.map((vf) => (vf.pci === pci ? { ...vf, ...more } : vf)) })),
});

/** What the host has of a function, or that it has nothing. */
const withLink = (
  now: HostSnapshot,
  pci: string,
  here?: Pick<HostLink, 'name' | 'mac' | 'mtu' | 'up'>,
): HostSnapshot => ({
  ...now,
  links: [
    ...now.links.filter((other) => other.pci !== pci),
    ...(here ? [link(here.name, { ...here, pci })] : []),
  ],
});

/** The device is in this namespace and in no other. */
const withDevice = (
  now: HostSnapshot,
  vf: string,
  inode: number | null,
  device?: ContainerInterface,
): HostSnapshot => ({
  // prettier-ignore
  ...now,
  containers: now.containers.map((container) => ({
    ...container,
    interfaces: [
      ...container.interfaces.filter((one) => one.vf !== vf),
      ...(device && container.netnsInode === inode ? [device] : []),
    ],
    routes: container.routes.filter(
      ({ device: name }) => name !== container.interfaces.find((one) => one.vf === vf)?.name || container.netnsInode === inode, // prettier-ignore
    ),
  })),
});
