import type { Container } from '../../model/container';
import type { Plan, PlanPromise } from '../../model/plan';
import { functionAt, type HostSnapshot } from '../../model/snapshot';

/** The host with a macvlan that a plan makes, or without the one that it removes. `before`: where its record still is. */
export function withMacvlan(
  now: HostSnapshot,
  plan: Plan,
  { key, there, addresses }: PlanPromise & { kind: 'macvlan' },
  before: HostSnapshot,
): HostSnapshot {
  const record = (there ? now : before).macvlans.find((one) => one.key === key);
  if (!record) return now;
  const { inside: name, mac, container: of } = record;
  const mtu = mtuIn(plan, name) ?? functionAt(now, record.on)?.mtu ?? null;
  const edit = (one: Container): Container => {
    const others = one.interfaces.filter((device) => device.mac !== mac || device.vf !== null);
    const gone = one.interfaces.find((device) => !others.includes(device));
    const device = { name, mac, mtu, addresses, up: true, altnames: [], vf: null };
    return there
      ? { ...one, interfaces: [...others, device] }
      : { ...one, interfaces: others, routes: one.routes.filter((route) => route.device !== gone?.name) };
  };
  return {
    ...now,
    containers: now.containers.map((one) =>
      one.id === of.id && one.netnsInode === of.netnsInode ? edit(one) : one,
    ),
  };
}

/** That it is given there: `in_ns ip link set dev NAME mtu BYTES`. */
function mtuIn({ steps }: Plan, name: string): number | undefined {
  const given = steps.find(({ apply }) => apply.at(-2) === 'mtu' && apply.at(-3) === name);
  return given && Number(given.apply.at(-1));
}
