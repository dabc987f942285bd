import { meantText, watcherUnit, type Kept } from '../../model/lasting/kept';
import { bootUnit, vfsText, type Made } from '../../model/lasting/made';
import { refuse, type Plan, type Refusal } from '../../model/plan';
import { triggers, type StopKeepingRequest, type Trigger } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { configurationLock } from '../fixes/planFix';
import { step } from '../steps';
import { callers, removeLink } from './callers';

/** Plans the end of what lasts. Nothing is detached: what is attached now stays so until its container stops, and VFs until the next boot. */
export function planStopKeeping(
  snapshot: HostSnapshot,
  { ids, thenDetach }: StopKeepingRequest,
): Plan | Refusal {
  const all = [...snapshot.kept, ...snapshot.made].map(({ intent }) => intent.id);
  const unknown = ids?.find((id) => !all.includes(id));
  if (unknown !== undefined)
    return refuse('unknown-function', `Nothing that lasts has the id "${unknown}". What lasts: ${all.join(', ') || 'nothing'}.`); // prettier-ignore
  const meant = ({ intent }: Kept | Made) => ids?.includes(intent.id) ?? true;
  const ending = snapshot.kept.filter(meant);
  const made = snapshot.made.filter(meant);
  const titles = [
    ...ending.map((one) => `Stop keeping ${whatIs(snapshot, one)}`),
    ...made.map(
      ({ intent }) => `No longer create ${vfsText(intent.count)} of ${intent.pfName} after each boot`,
    ),
  ];
  if (titles.length === 0)
    return refuse(
      'nothing-to-do',
      `On ${snapshot.host.id} no VF is kept for a container, and none is created after a boot, so there is nothing to remove.`,
    );
  const called = (by: Trigger, among: Kept[]) =>
    among.map(({ intent }) => intent).filter(({ trigger }) => trigger === by);
  const removals = triggers.flatMap((by) => {
    const those = called(by, ending);
    return those.length === 0 ? [] : [callers[by].removal(those)];
  });
  const engines = [...new Set(called('watcher', ending).map(({ engine }) => engine))];
  const stays = (engine: string) =>
    called(
      'watcher',
      snapshot.kept.filter((one) => !ending.includes(one)),
    ).some((one) => one.engine === engine);
  return {
    kind: 'stop-keeping',
    title: titles.length === 1 ? titles[0]! : `Remove ${titles.length} things that last`,
    host: snapshot.host.id,
    notes: [
      ...(titles.length > 1 ? titles.map((title) => `${title}.`) : []),
      ...(ending.length > 0 && !thenDetach
        ? [
            'A VF that is attached now stays attached until its container stops, then comes back under its name inside.',
          ]
        : []),
      ...(made.length > 0 ? ['The VFs stay until the next boot.'] : []),
      ...engines.flatMap((engine) => (stays(engine) ? [`${watcherUnit(engine)} stays for the others.`] : [])),
      ...removals.flatMap(({ notes }) => notes),
    ],
    advice: thenDetach ? [] : ending.map(({ intent }) => ({ do: 'give-name-back', name: intent.hostName })),
    losses: [],
    verb: 'Stop Keeping',
    locks: [configurationLock],
    namespace: null,
    preconditions: [],
    steps: [
      ...ending.map(({ intent }) =>
        step(
          `Remove ${intent.id}: the VF ${intent.vf} for ${meantText(intent.container)}`,
          ['remove_kept', intent.id],
          ['restore_kept', intent.id],
          30,
        ),
      ),
      ...ending.flatMap(({ intent }) => (intent.link ? [removeLink(intent)] : [])),
      ...removals.flatMap(({ steps }) => steps),
      ...made.map(({ intent: { id, pf } }) =>
        step(`Remove ${id}: the VFs of ${pf}`, ['remove_made', id], ['restore_made', id], 30),
      ),
      ...made.map(({ intent: { id }, enabled }) =>
        step(
          `Disable ${bootUnit(id)}, and remove it with the last one`,
          ['disable_made', id],
          enabled ? ['enable_made', id] : ['true'],
          60,
        ),
      ),
    ],
    promises: [...ending, ...made].map(({ intent: { id } }) => ({ kind: 'kept', id, there: false })),
    ends: ending.map(({ intent }) => intent),
    lasting: true,
  };
}

const whatIs = (snapshot: HostSnapshot, { intent }: Kept): string => {
  const name = snapshot.pfs.find(({ pci }) => pci === intent.pf)?.name ?? intent.pf;
  return `VF ${intent.index} of ${name} for ${meantText(intent.container)}`;
};
