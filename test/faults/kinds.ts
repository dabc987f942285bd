import type { Plan } from '../../src/model/plan';
import type { AttachRequest, ChangeRequest } from '../../src/model/request';
import type { HostSnapshot } from '../../src/model/snapshot';
import { loadDeclared } from '../../src/planning/declared/load';
import { planChange, planRestores } from '../../src/planning/plan';
import { keptKinds } from './kept';
import { attachFew, functionRows, routeRows, type Row } from './requests';
import type { Seen } from './see';
import { planned, type World } from './world';

await loadDeclared();

/** A kind of plan in the campaign: how the world gets to where it can be planned, and back there from its end. */
export interface Kind {
  name: string;
  /** The container that gets something, or that something is taken from. */
  container?: string;
  /** The one that it comes from. */
  source?: string;
  setUp(world: World, now: Seen): Promise<Seen>;
  /** After that: what the plan takes back, so that it has to end as `setUp` did. */
  make?(world: World, now: Seen): Promise<Seen>;
  plan(now: HostSnapshot): Plan;
  /** From the finished plan back to where it can be made. */
  back(world: World, now: Seen): Promise<Seen>;
  share: number;
  /** Made from what the journal kept, so it works in the namespaces that there were then. */
  ofJournal?: boolean;
  /** It leases addresses of the DHCP server on the wire. */
  leases?: boolean;
  /** What it makes has random MACs. */
  otherMacs?: true;
  /** It needs nothing that a boot takes away, so it can be repeated after one. */
  outlivesBoot?: true;
}

/** To where a kind of plan can be made, from where the campaign begins. */
export async function prepare({ setUp, make }: Kind, world: World, home: Seen): Promise<Seen> {
  const there = await setUp(world, home);
  return make ? make(world, there) : there;
}

function fromRow({ name, share, setup = [], takesBack, asked, back = takesBack }: Row): Kind {
  const attaching = [...setup, takesBack, asked].filter(
    (one): one is AttachRequest => one?.kind === 'attach',
  );
  const [target, before] = attaching.reverse();
  const leases = attaching.some(({ dhcp }) => dhcp);
  const change =
    (...requests: (ChangeRequest | undefined)[]) =>
    (world: World, now: Seen) =>
      world.change(
        now,
        requests.filter((request) => request !== undefined),
      );
  return {
    ...{ name, share, leases, container: target?.container, ofJournal: asked.kind === 'undo' },
    ...(target?.move ? { source: before?.container } : {}),
    async setUp(world, now) {
      if (leases) await world.serveDhcp();
      return change(...setup)(world, now);
    },
    ...(takesBack ? { make: change(takesBack) } : {}),
    plan: (now) => planned(planChange(now, asked)),
    back: change(back),
  };
}

/** Attached, and the container dies and is started again: the VF is on the host by itself. */
async function comeBack(world: World, now: Seen): Promise<Seen> {
  await world.change(now, [attachFew]);
  await world.sh(`docker kill web >/dev/null && docker start web >/dev/null
    until [ -n "$(ls /sys/bus/pci/devices/0000:01:10.0/net)" ]; do sleep 0.1; done`);
  return world.lookUntil((later) => planRestores(later).length === 1);
}

const restore: Kind = {
  ...{ name: 'restore', share: 24 },
  setUp: comeBack,
  plan: (now) => planned(planRestores(now)[0]!),
  back: comeBack,
};

const setVfs: Kind = {
  ...{ name: 'set-vfs', share: 14 },
  setUp: (_, now) => Promise.resolve(now),
  // The kernel takes a new number only when there is none: all VFs go, the one in use by the host, too.
  plan: (now) => planned(planChange(now, { kind: 'set-vfs', pf: 'enp1s0', count: 3 })),
  back: (world) => world.makeVfs(),
  otherMacs: true,
  outlivesBoot: true,
};

export const functionKinds: Kind[] = [...functionRows.map(fromRow), restore, setVfs, ...keptKinds];
export const routeKinds: Kind[] = routeRows.map(fromRow);
export const kinds: Kind[] = [...functionKinds, ...routeKinds];
