import type { PhysicalFunction } from '../../model/functions';
import { late } from '../../model/lasting/late';
import { bootUnit, vfsText, type MadeIntent, type MadeVf } from '../../model/lasting/made';
import { isRefusal, refuse, type Argv, type Plan, type Refusal, type Step } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { pagesText } from '../../model/userspace/hugePages';
import { askableKeys, wantedOf, type Asked } from '../../model/vfAttributes/table';
import { configurationLock } from '../fixes/planFix';
import { keptOf } from '../kept/keptFor';
import { resolvePf, resolveVf, vfLabel } from '../resolve';
import { step } from '../steps';
import { driverFor, planPrepare } from '../userspace/planPrepare';
import { planAutoprobe } from '../vfs/planAutoprobe';
import { planConfigure } from '../vfs/planConfigure';
import { planSetVfs } from '../vfs/planSetVfs';
import { madePlans } from './madePlans';
import { notOurs } from './makers';

export type MadeRequest = Extract<
  ChangeRequest,
  { kind: 'set-vfs' | 'configure' | 'set-autoprobe' | 'prepare' }
>;

/** Plans a number of VFs, or settings of one, that come again after each boot: the change now, and what makes it then. */
export function planMade(snapshot: HostSnapshot, request: MadeRequest): Plan | Refusal {
  const pf = 'pf' in request ? resolvePf(snapshot, request.pf) : pfOfVf(snapshot, vfsOf(request)[0] ?? '');
  if (isRefusal(pf)) return pf;
  const before = snapshot.made.find(({ intent }) => intent.pf === pf.pci);
  if (request.kind === 'set-vfs' && request.count === 0)
    return refuse(
      'invalid',
      'An adapter has no VFs after a boot unless something creates them, so there is no 0 to keep.',
      ...(before ? [{ do: 'stop-keeping', id: before.intent.id } as const] : []),
    );
  const now = planNow(snapshot, request);
  if (isRefusal(now) && now.code !== 'nothing-to-do') return now;
  const intent = wanted(snapshot, pf, request, before?.intent);
  if (isRefusal(intent)) return intent;
  const unable = notOurs(snapshot, pf, intent);
  if (unable) return unable;
  const later = madePlans(snapshot, pf, intent);
  if (isRefusal(later)) return later;
  if (isRefusal(now) && before?.enabled && isSameIntent(before.intent, intent))
    return refuse(
      'nothing-to-do',
      `${labelOf(pf)} already has that, now and after each boot (${intent.id}).`,
    );
  const change = isRefusal(now) ? undefined : now;
  return {
    kind: 'keep',
    title: `Create ${vfsText(intent.count)} of ${labelOf(pf)} after each boot${settingsText(intent)}`,
    host: snapshot.host.id,
    notes: [...(change?.notes ?? []), ...notesOf(pf, intent, later.make)],
    advice: [...(change?.advice ?? []), { do: 'stop-keeping', id: intent.id }],
    ...(change?.doubts ? { doubts: change.doubts } : {}),
    losses: change?.losses ?? [],
    verb: change && change.losses.length > 0 ? change.verb : 'Keep',
    locks: [...(change?.locks ?? []), configurationLock],
    namespace: change?.namespace ?? null,
    preconditions: [
      {
        otherwise: `${snapshot.host.id} does not run systemd, so nothing could create them after a boot.`,
        check: ['has_systemd'],
      },
      ...(change?.preconditions ?? []),
    ],
    steps: [
      ...(change?.steps ?? []).map(ofThisBoot),
      install(intent),
      enable(intent, before?.enabled === true),
    ],
    promises: [...(change?.promises ?? []), { kind: 'kept', id: intent.id, there: true }],
    makes: { intent, ...later },
    lasting: true,
  };
}

const vfsOf = (request: MadeRequest): string[] =>
  request.kind === 'prepare' ? request.vfs : request.kind === 'configure' ? [request.vf] : [];

function pfOfVf(snapshot: HostSnapshot, given: string): PhysicalFunction | Refusal {
  const found = resolveVf(snapshot, given);
  if (isRefusal(found)) return found;
  const kept = keptOf(snapshot, found.vf.pci);
  return kept
    ? refuse(
        'in-use',
        `${vfLabel(found.pf, found.vf)} is kept for a container, with the settings that it had at that time; remove ${kept.intent.id} first, and keep it again afterwards.`,
        { do: 'stop-keeping', id: kept.intent.id },
      )
    : found.pf;
}

function planNow(snapshot: HostSnapshot, request: MadeRequest): Plan | Refusal {
  if (request.kind === 'set-vfs') return planSetVfs({ ...snapshot, made: [] }, request);
  if (request.kind === 'prepare') return planPrepare(snapshot, request);
  return request.kind === 'configure' ? planConfigure(snapshot, request) : planAutoprobe(snapshot, request);
}

/** The earlier request, merged with the new one. */
function wanted(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  request: MadeRequest,
  before: MadeIntent | undefined,
): MadeIntent | Refusal {
  const count = request.kind === 'set-vfs' ? request.count : (before?.count ?? pf.numVfs ?? 0);
  if (count === 0)
    return refuse('unknown-function', `${labelOf(pf)} has no VFs yet.`, {
      do: 'create-vfs',
      pf: labelOf(pf),
    });
  const probes = request.kind === 'set-autoprobe' ? request.on : (before?.autoprobe ?? pf.driversAutoprobe);
  return {
    ...{ version: 1, id: before?.id ?? idFor(snapshot, pf), pf: pf.pci, pfMac: pf.permanentMac ?? pf.mac },
    ...{ pfName: pf.name ?? pf.pci, count },
    ...(probes === false ? { autoprobe: false as const } : {}),
    vfs: vfsOf(request)
      .reduce((vfs, given) => withSettings(snapshot, vfs, request, given), before?.vfs ?? [])
      .filter(({ index }) => index < count),
    madeAt: snapshot.takenAt,
  };
}

function withSettings(
  snapshot: HostSnapshot,
  before: MadeVf[],
  request: MadeRequest,
  given: string,
): MadeVf[] {
  const found = resolveVf(snapshot, given);
  if (isRefusal(found)) return before;
  const { pci, index } = found.vf;
  const all: Asked = request.kind === 'prepare' ? { ...request, ...driverFor(found.pf) } : (request as Asked);
  const asked = Object.fromEntries(
    askableKeys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])),
  ) as Asked;
  const one = before.find((other) => other.vf === pci);
  const { owner, hugePages } = request.kind === 'prepare' ? request : {};
  const more = { ...(owner === undefined ? {} : { owner }), ...(hugePages ? { hugePages } : {}) };
  return [
    ...before.filter((other) => other !== one),
    { ...one, index, vf: pci, settings: { ...one?.settings, ...asked }, ...more },
  ].sort((a, b) => a.index - b.index);
}

/** Ids share one namespace with the attachments that last. */
function idFor({ kept, made }: HostSnapshot, pf: PhysicalFunction): string {
  const taken = [...kept, ...made].map(({ intent }) => intent.id);
  const base = `vfs-${labelOf(pf)}`.replace(/[^\w.-]+/g, '-');
  return taken.includes(base) ? `vfs-${pf.pci.replaceAll(':', '-')}` : base;
}

const labelOf = ({ name, pci }: PhysicalFunction): string => name ?? pci;

const isSameIntent = (a: MadeIntent, b: MadeIntent): boolean =>
  JSON.stringify({ ...a, madeAt: '' }) === JSON.stringify({ ...b, madeAt: '' });

/** After a boot there is nothing of it to undo; files are undone even then. */
const ofThisBoot = (one: Step): Step => ({
  ...one,
  undo: one.undo === 'none' ? one.undo : (['this_boot', ...one.undo] satisfies Argv),
});

const install = (intent: MadeIntent): Step =>
  step(
    `Write /etc/sriov-workbench/adapters.d/${intent.id}.json and the program beside it`,
    ['install_made', intent.id, JSON.stringify(intent)],
    ['restore_made', intent.id],
  );

const enable = ({ id }: MadeIntent, already: boolean): Step =>
  step(`Run it at boot: ${bootUnit(id)}`, ['enable_made', id], already ? ['true'] : ['disable_made', id], 60);

function notesOf(pf: PhysicalFunction, { vfs, count, id }: MadeIntent, make: Plan): string[] {
  const pinned = vfs.filter(({ settings }) => settings.mac !== undefined).length;
  return [
    `This installs, in /etc/sriov-workbench and as the unit ${bootUnit(id)}, a shell program that runs once at each boot, before networks are configured and containers start: ${titles(make, labelOf(pf))}.`,
    ...vfs.map(
      ({ index, settings, owner, hugePages }) =>
        `VF ${index} then gets: ${[
          ...(hugePages ? [pagesText(hugePages.count, hugePages.kb)] : []),
          ...askableKeys
            .filter((key) => settings[key] !== undefined)
            .map((key) => wantedOf(key, settings[key])),
          ...(owner === undefined ? [] : [`the owner ${owner}`]),
        ].join(', ')}.`,
    ),
    ...(pinned < count ? ['A VF with no MAC in its settings may get a different one at each boot.'] : []),
  ];
}

const titles = ({ steps }: Plan, pf: string): string =>
  steps.map(({ title }) => title.replaceAll(late('pf_name'), pf)).join('; ');

const settingsText = ({ vfs }: MadeIntent): string =>
  vfs.length === 0 ? '' : `, and configure ${vfs.map(({ index }) => `VF ${index}`).join(', ')}`;
