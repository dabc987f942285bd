import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRunning, type Container } from '../../model/container';
import { isLate, late } from '../../model/lasting/late';
import { intentName, meantText, type Intent, type KeepingEngine, type Meant } from '../../model/lasting/kept';
import { isRefusal, refuse, type Plan, type Refusal } from '../../model/plan';
import type { KeepRequest, Trigger } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { interfaceNameProblem, isCountedName } from '../../model/values';
import { namesIn } from '../altnames';
import { settingsPutBack } from '../attachments/putBack';
import { configurationLock } from '../fixes/planFix';
import { namespaceOf } from '../namespaceOf';
import { resolveVf, vfLabel } from '../resolve';
import { callers } from './callers';
import { isKept, isMeant, keptOf } from './keptFor';
import { laterPlans } from './laterPlans';
import { targetOf, type Target } from './target';
import { unableTo } from './unableTo';

/** Plans an attachment that lasts: what is written on the host, what calls it, and its first run. */
export function planKeep(
  snapshot: HostSnapshot,
  request: KeepRequest & { forceInterface?: string },
): Plan | Refusal {
  const { via = 'watcher' } = request;
  const unable = notForKeeping(request);
  if (unable) return unable;
  const found = resolveVf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const target = targetOf(snapshot, request);
  if (isRefusal(target)) return target;
  const { pf } = found;
  const { engine, meant, container } = target;
  const cant = cantBy(snapshot, target, via, request.able);
  if (cant) return cant;
  const already = keptOf(snapshot, found.vf.pci);
  if (already) return isKept(pf, found.vf, already);
  const vf = atHome(snapshot, found.vf, container);
  const label = vfLabel(pf, vf);
  const inside = request.name ?? vf.name ?? '';
  const problem = interfaceNameProblem(inside) ?? (isLate(`${inside}${vf.name}`) ? `"${inside}" can't be kept.` : undefined); // prettier-ignore
  if (problem) return refuse('invalid', problem);
  const used =
    usedByHost(label, vf) ??
    (container && via === 'watcher' ? notNow(container, found.vf, inside) : undefined);
  if (used) return used;
  const intent = intentOf(snapshot, { pf, vf, engine, meant, inside, request });
  const later = laterPlans(snapshot, { pf, vf, container, intent });
  if (isRefusal(later)) return later;
  const who = meantText(meant);
  const caller = callers[via];
  const now = via === 'watcher' && container && isRunning(container) ? namespaceOf(container) : undefined;
  const attachesNow = now !== undefined && !has(container, found.vf);
  return {
    kind: 'keep',
    title: `Keep ${label} for ${who} as ${inside}`,
    host: snapshot.host.id,
    notes: [
      `Whenever ${who} starts, ${label} is moved into it; when it stops, ${label} is ${vf.name} on the host again. ${afterBoot(snapshot, found)}`,
      caller.installs(intent, container !== undefined),
      `At each start: ${titles(later.attach)}. At each end: ${titles(later.giveBack)}.`,
      ...later.attach.notes.filter((note) => !/ comes back to the host as /.test(note)),
    ],
    advice: [{ do: 'stop-keeping', id: intent.id }],
    doubts: later.attach.doubts,
    losses: [],
    verb: 'Keep',
    locks: [configurationLock],
    namespace: now ?? null,
    preconditions: caller.preconditions(snapshot.host.id),
    steps: caller.steps(intent, attachesNow ? 'attaches' : now ? 'has it' : 'not there'),
    promises: [
      { kind: 'kept', id: intent.id, there: true },
      ...(now ? later.attach.promises.map((one) => ({ ...one, ...here(vf, now.inode, intent) })) : []),
    ],
    keeps: { intent, ...later, attachesNow },
    lasting: true,
  };
}

/** VFs end with the boot. */
function afterBoot(
  { made }: HostSnapshot,
  { pf, vf }: { pf: PhysicalFunction; vf: VirtualFunction },
): string {
  const again = made.find(({ intent }) => intent.pf === pf.pci && intent.count > vf.index);
  return again
    ? `The next boot creates its VFs again (${again.intent.id}).`
    : 'The VFs themselves are gone after the next reboot, unless something creates them again.';
}

/** What its program does, in words; what is not known yet is left open. */
const titles = ({ steps }: Plan): string =>
  steps
    .map(({ title }) =>
      title.replaceAll(late('container_name'), 'the container').replaceAll(late('device'), 'it'),
    )
    .map((title) => title.replaceAll(late('mac'), 'its own'))
    .join('; ');

/** What the late words of a promise are now. */
const here = ({ mac }: VirtualFunction, netnsInode: number, { settings }: Intent) => ({
  netnsInode,
  mac: settings.mac ?? mac,
});

function notForKeeping({ mode = 'vf', move }: KeepRequest): Refusal | undefined {
  if (mode !== 'vf')
    return refuse('limit', `Only a VF can be kept for a container; a ${mode} can only be attached.`);
  return move
    ? refuse('invalid', 'A VF is kept for one container: detach it from the other one first.')
    : undefined;
}

/** What the watcher needs its plan checks. Two triggers know nothing of each other, so a container has one. */
function cantBy(
  { kept }: HostSnapshot,
  { engine, meant, container }: Target,
  via: Trigger,
  able: KeepRequest['able'],
): Refusal | undefined {
  if (via !== 'watcher' && able !== 'as before') {
    const reason = able
      ? unableTo(via, engine, able)
      : 'What the engines of the host support has not been read yet.';
    if (reason !== undefined) return refuse(able ? 'limit' : 'unknown-state', reason);
  }
  const other = kept.find(
    ({ intent }) =>
      intent.trigger !== via &&
      intent.engine === engine &&
      (JSON.stringify(intent.container) === JSON.stringify(meant) ||
        (container && isMeant(intent, container))),
  );
  return (
    other &&
    refuse(
      'limit',
      `${meantText(meant)} gets ${other.intent.inside} by ${other.intent.trigger}, and all VFs of a container must come the same way.`,
      { do: 'stop-keeping', id: other.intent.id },
    )
  );
}

/** The VF as it is while nobody has it: one that is in its container already, as detaching would put it back. */
function atHome(
  snapshot: HostSnapshot,
  vf: VirtualFunction,
  container: Container | undefined,
): VirtualFunction {
  const attachment = snapshot.attachments.find((one) => one.vf === vf.pci && one.status === 'live');
  if (!attachment || attachment.containerId !== container?.id) return vf;
  const { before } = attachment.record;
  const { name, altnames, mac, mtu, up, addresses } = before;
  return {
    ...vf,
    ...settingsPutBack(attachment.record),
    ...{
      name,
      altnames,
      mac: mac ?? vf.mac,
      mtu: mtu ?? vf.mtu,
      up,
      addresses,
      master: before.master ?? null,
    },
    holder: { kind: 'host', containerId: null, netnsInode: null, name: null },
  };
}

/** The host would lose what it uses at every start, unasked. */
const usedByHost = (label: string, vf: VirtualFunction): Refusal | undefined =>
  vf.addresses.length === 0 && vf.master === null
    ? undefined
    : refuse(
        'in-use',
        `${label} is used by the host (${[...vf.addresses, ...(vf.master === null ? [] : [`port of ${vf.master}`])].join(', ')}); remove that from ${vf.name} first.`,
      );

/** Why the container can't have it as it runs now. */
function notNow(container: Container, vf: VirtualFunction, inside: string): Refusal | undefined {
  if (container.networkMode === 'host')
    return refuse(
      'host-network',
      `Container ${container.name} uses the host's own network, so it already sees the VF.`,
    );
  const held = has(container, vf);
  if (held && held.name !== inside)
    return refuse('in-use', `${container.name} has it as ${held.name}, not as ${inside}; detach it first.`);
  return !held && namesIn(container).includes(inside)
    ? refuse('name-taken', `Container ${container.name} already has an interface ${inside}.`, {
        do: 'choose-name',
      })
    : undefined;
}

/** What the VF is inside, where it is there already. */
const has = (container: Container | undefined, { pci }: VirtualFunction) =>
  container?.interfaces.find(({ vf }) => vf === pci);

interface Wanted {
  pf: PhysicalFunction;
  vf: VirtualFunction;
  engine: KeepingEngine;
  meant: Meant;
  inside: string;
  request: KeepRequest;
}

function intentOf(snapshot: HostSnapshot, { pf, vf, engine, meant, inside, request }: Wanted): Intent {
  const { addresses, dhcp, gateway, routes, mac, vlan, trust, clear, mtu, via = 'watcher' } = request;
  const base = intentName(meant, inside);
  const taken = snapshot.kept.map(({ intent }) => intent.id);
  const id =
    [base, `${engine}-${base}`].find((one) => !taken.includes(one)) ??
    `${base}-${vf.pci.replaceAll(':', '-')}`;
  return {
    version: 1,
    ...{ id, engine, container: meant, pf: pf.pci, pfMac: pf.mac, vf: vf.pci, index: vf.index },
    ...{ hostName: vf.name ?? '', ...(isLinked(snapshot, vf) ? { link: true } : {}), inside },
    settings: { addresses, dhcp, gateway, routes, mac, vlan, trust, clear, mtu },
    ...{ trigger: via, madeAt: snapshot.takenAt },
  };
}

/** A counted name may be another device's when the VF comes back. */
const isLinked = ({ host }: HostSnapshot, { name }: VirtualFunction): boolean =>
  host.linkFiles === true && name !== null && !isCountedName(name);
