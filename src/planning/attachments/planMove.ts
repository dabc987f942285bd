import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Argv, type Plan, type Refusal } from '../../model/plan';
import type { AttachRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { atSource } from '../../model/verbs';
import { stepAtSource } from './atSource';
import { planAttach } from './planAttach';
import { isHostUse } from '../hostSteps';
import { planDetach } from './planDetach';
import { settingsPutBack } from './putBack';
import { resolveVf, vfLabel } from '../resolve';

/**
 * Plans moving a VF from one container to another, as one change: taken back as its record says, then attached; a failure
 * anywhere puts it back where it was. A VF that nobody holds is just attached.
 */
export function planMove(
  snapshot: HostSnapshot,
  request: AttachRequest & { forceInterface?: string },
): Plan | Refusal {
  const found = resolveVf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  if (vf.holder.kind !== 'container' && vf.holder.kind !== 'netns') return planAttach(snapshot, request);
  const away = planDetach(snapshot, { vf: vf.pci });
  if (isRefusal(away)) return away;
  const to = planAttach(between(snapshot, pf, vf, away), { ...request, vf: vf.pci });
  if (isRefusal(to)) return to;
  if (away.namespace?.inode === to.namespace?.inode)
    return refuse('nothing-to-do', `${vfLabel(pf, vf)} is already in ${vf.holder.name ?? 'that namespace'}.`);
  // Attaching needs the PF up again, and a VF that is up while its PF goes down makes igbvf wait for it.
  const taking = away.steps.filter((one) => !isDown(one.apply, pf.name) && !isHostUse(one));
  return {
    ...to,
    title: `Move ${vfLabel(pf, vf)} from ${vf.holder.name ?? 'a namespace'}${to.title.slice(`Attach ${vfLabel(pf, vf)}`.length)}`,
    notes: [...away.notes, ...to.notes],
    advice: to.advice,
    losses: [...away.losses, ...to.losses],
    verb: 'Move',
    from: away.namespace,
    preconditions: [
      ...away.preconditions.map((one) => ({ ...one, check: atSource(one.check) })),
      ...to.preconditions.filter(({ check }) => check[0] !== 'is_named'),
    ],
    steps: [...taking.map(stepAtSource), ...to.steps],
  };
}

const isDown = (argv: Argv, name: string | null): boolean =>
  argv.join(' ') === `ip link set dev ${name} down`;

/** The host in the middle of the move: the VF is back as detaching promises it. */
function between(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  { promises }: Plan,
): HostSnapshot {
  const record = snapshot.attachments.find((attachment) => attachment.vf === vf.pci)?.record;
  const back = promises.find((promise) => promise.kind === 'vf-on-host');
  const free: VirtualFunction = {
    ...vf,
    ...(record ? settingsPutBack(record) : {}),
    ...{
      name: back?.name ?? vf.name,
      mac: back?.mac ?? vf.mac,
      mtu: back?.mtu ?? vf.mtu,
      up: back?.up ?? false,
    },
    altnames: record?.before.altnames ?? [],
    addresses: record?.before.addresses ?? [],
    holder: { kind: 'host', containerId: null, netnsInode: null, name: null },
  };
  return {
    ...snapshot,
    pfs: snapshot.pfs.map((other) =>
      other.pci === pf.pci ? { ...pf, vfs: pf.vfs.map((one) => (one.pci === vf.pci ? free : one)) } : other,
    ),
  };
}
