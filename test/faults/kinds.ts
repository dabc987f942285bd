import type { Plan } from '../../src/model/plan';
import type { ChangeRequest } from '../../src/model/request';
import type { HostSnapshot } from '../../src/model/snapshot';
import { planChange, planRestores } from '../../src/operations/plan';
import { planned, type World } from './world';

/** A kind of plan in the campaign: how the world gets to where it can be planned, and back there from its end. */
export interface Kind {
  name: string;
  /** The containers that the plan is about. */
  containers: string[];
  prepare(world: World, now: HostSnapshot): Promise<HostSnapshot>;
  plan(now: HostSnapshot): Plan;
  /** From the finished plan back to what `prepare` left. */
  back(world: World, now: HostSnapshot): Promise<HostSnapshot>;
  /** Which part of all injections is into this kind: less of what takes long, more of what has many steps. */
  share: number;
  /** What it makes has random MACs. */
  otherMacs?: true;
  /** It needs nothing that a boot takes away, so it can be made anew after one. */
  outlivesBoot?: true;
}

/** Has every kind of step that attaching has: a VF that is up with an address, a default route that is taken. */
const attach = {
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'web', name: 'net1', vlan: 42, mtu: 1400 },
  ...{ mac: '02:00:00:00:00:77', addresses: ['10.99.0.1/24', 'fd00::1/64'], gateway: '10.99.0.254' },
} satisfies ChangeRequest;
const detach = { kind: 'detach', vf: 'enp1s0:0' } satisfies ChangeRequest;
/** A part of that, for what begins with a VF attached. */
const attachFew = {
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'web', name: 'net1', vlan: 42, mtu: 1400 },
  ...{ addresses: ['10.99.0.1/24'], gateway: '10.99.0.254' },
} satisfies ChangeRequest;
const move = { ...attachFew, container: 'fw', gateway: undefined, move: true } satisfies ChangeRequest;
const macvlan = {
  ...{ kind: 'attach', mode: 'macvlan', vf: 'enp1s0:1', container: 'fw', name: 'mv1', mtu: 1400 },
  ...{ addresses: ['10.99.1.1/24', 'fd01::1/64'], routes: [{ destination: '10.98.0.0/16' }] },
} satisfies ChangeRequest;
const dropMacvlan = { kind: 'detach', vf: 'enp1s0:1', container: 'fw' } satisfies ChangeRequest;

const changes =
  (...requests: ChangeRequest[]): Kind['prepare'] =>
  (world, now) =>
    world.change(now, requests);

const asked = (
  name: string,
  share: number,
  containers: string[],
  request: ChangeRequest,
  { before, back }: { before: ChangeRequest[]; back: ChangeRequest },
): Kind => ({
  ...{ name, share, containers },
  prepare: changes(...before),
  plan: (now) => planned(planChange(now, request)),
  back: changes(back),
});

const undo = { kind: 'undo' } satisfies ChangeRequest;

/** Attached, and the container dies and is started again: the VF is on the host by itself. */
async function comeBack(world: World, now: HostSnapshot): Promise<HostSnapshot> {
  await world.change(now, [attachFew]);
  await world.sh(`docker kill web >/dev/null && docker start web >/dev/null
    until [ -n "$(ls /sys/bus/pci/devices/0000:01:10.0/net)" ]; do sleep 0.1; done`);
  return world.lookUntil((later) => planRestores(later).length === 1);
}

export const kinds: Kind[] = [
  asked('attach', 46, ['web'], attach, { before: [], back: detach }),
  asked('detach', 40, ['web'], detach, { before: [attach], back: attach }),
  asked('move', 30, ['web', 'fw'], move, { before: [attachFew], back: { ...attachFew, move: true } }),
  asked('macvlan', 50, ['fw'], macvlan, { before: [], back: dropMacvlan }),
  asked('macvlan away', 38, ['fw'], dropMacvlan, { before: [macvlan], back: macvlan }),
  {
    name: 'restore',
    containers: [],
    share: 24,
    prepare: comeBack,
    plan: (now) => planned(planRestores(now)[0]!),
    back: comeBack,
  },
  asked(
    'configure',
    46,
    [],
    {
      ...{ kind: 'configure', vf: 'enp1s0:0', mac: '02:00:00:00:00:42', mtu: 1400, maxTxRate: 100 },
      ...{ vlan: { id: 43, qos: 3, proto: '802.1Q' }, trust: true, spoofchk: false },
    },
    { before: [], back: undo },
  ),
  asked(
    'driver',
    36,
    [],
    { kind: 'configure', vf: 'enp1s0:0', driver: 'vfio-pci' },
    { before: [], back: undo },
  ),
  {
    name: 'set-vfs',
    containers: [],
    share: 14,
    prepare: (_, now) => Promise.resolve(now),
    // The kernel takes a new number only when there is none: all VFs go, the one in use by the host, too.
    plan: (now) => planned(planChange(now, { kind: 'set-vfs', pf: 'enp1s0', count: 3 })),
    back: (world) => world.makeVfs(),
    otherMacs: true,
    outlivesBoot: true,
  },
];
