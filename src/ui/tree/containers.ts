import { l10n } from 'vscode';
import { isRunning, type Container, type EngineName } from '../../model/container';
import { engineNamed, engines as known } from '../../model/engines';
import type { Kept } from '../../model/lasting/kept';
import type { EngineStatus, HostSnapshot } from '../../model/snapshot';
import { plain, type Arrangement } from '../arranging/arrangement';
import { found, isFiltering } from '../arranging/filter';
import { inContainerOrder, inOrder } from '../arranging/order';
import { oneLine } from '../hostText';
import { containerRow } from './containerRow';
import { grouped, type Tooltip } from './facts';
import { absentRows } from './keptRow';
import { withoutContainer } from './keptState';
import { once } from './once';
import type { Icon, Row } from './row';

export const engines: { engine: EngineName; title: string; icon: string }[] = [
  ...known.map(({ name: engine, title }) => ({ engine, title, icon: 'package' })),
  { engine: 'netns', title: l10n.t('Network Namespaces'), icon: 'type-hierarchy' },
];

/** Compose project or other group, then engine → container → attached VFs. Empty when there is no container at all, and none is waited for: the view then says why. */
export function containerRows(snapshot: HostSnapshot, arrangement: Arrangement = plain): Row[] {
  const { filter, containers: order, grouping } = arrangement;
  const waitedFor = withoutContainer(snapshot);
  if (snapshot.containers.length + waitedFor.length === 0) return [];
  const through = found(snapshot, filter);
  const absent = waitedFor.filter((one) => through.kept.has(one));
  const shown = inContainerOrder(snapshot.containers, order).filter((one) => through.containers.has(one));
  const groups = groupsOf(shown, grouping);
  const others = shown.filter((one) => groups.every(({ own }) => !own.includes(one)));
  return [
    ...groups.map((group) => groupRow(snapshot, group)),
    ...engines.flatMap(({ engine, title, icon }) => {
      const own = others.filter((container) => container.engine === engine);
      const trouble = isFiltering(filter) ? undefined : troubleOf(snapshot, engine);
      const theirs = absent.filter(({ intent }) => intent.engine === engine);
      if (own.length + theirs.length === 0 && !trouble) return [];
      return [engineRow(snapshot, { engine, title, icon }, { own, absent: theirs, trouble })];
    }),
  ];
}

interface Trouble {
  says: string;
  detail: string;
}

function troubleOf({ engines: all }: HostSnapshot, engine: EngineName): Trouble | undefined {
  const status = all.find((one) => one.engine === engine);
  return status && status.status !== 'ok' && status.status !== 'absent'
    ? { says: troubles[status.status], detail: status.detail }
    : undefined;
}

const troubles: Record<Exclude<EngineStatus['status'], 'ok' | 'absent'>, string> = {
  denied: l10n.t('permission denied'),
  'not-running': l10n.t('not running'),
  error: l10n.t('no answer'),
};

interface Group {
  kind: 'project' | 'group';
  name: string;
  own: Container[];
}

/** Those that say to which group they belong. Two engines may have a project of the same name. */
function groupsOf(shown: readonly Container[], grouping: Arrangement['grouping']): Group[] {
  if (grouping === 'engine') return [];
  const groups = new Map<string, Group>();
  for (const one of shown) {
    const name = grouping === 'project' ? one.composeProject : one.group;
    if (name === undefined) continue;
    const key = grouping === 'project' ? JSON.stringify([one.engine, one.rootlessOf, name]) : name;
    const group = groups.get(key) ?? { kind: grouping, name, own: [] };
    group.own.push(one);
    groups.set(key, group);
  }
  const sorted = [...groups].sort(
    ([key, one], [otherKey, other]) =>
      inOrder.compare(one.name, other.name) || inOrder.compare(key, otherKey),
  );
  return sorted.map(([, group]) => group);
}

function groupRow(snapshot: HostSnapshot, { kind, name, own }: Group): Row {
  const [first] = own;
  const running = runningOf(own);
  const engine = (first && engineNamed(first.engine)?.title) ?? '';
  const words = kind === 'project' ? [running, engine] : [running];
  const spoken = kind === 'project' ? l10n.t('Compose project {0}', name) : l10n.t('Group {0}', name);
  return topRow(snapshot, {
    ...{
      id:
        kind === 'project' ? `project/${first?.engine}/${first?.rootlessOf ?? ''}/${name}` : `group/${name}`,
    },
    ...{ label: name, words, icon: { id: kind === 'project' ? 'layers' : 'tag' }, context: `;${kind};` },
    spoken: [spoken, ...words].join(', '),
    tooltip: grouped([
      [kind === 'project' ? l10n.t('Compose project') : l10n.t('Group'), name],
      [l10n.t('Engine'), kind === 'project' ? engine : null],
      [l10n.t('Containers'), own.length],
      [
        l10n.t('Services'),
        [...new Set(own.flatMap(({ composeService }) => composeService ?? []))].join(', '),
      ],
    ]),
    own,
  });
}

function engineRow(
  snapshot: HostSnapshot,
  { engine, title, icon }: (typeof engines)[number],
  { own, absent, trouble }: { own: Container[]; absent: Kept[]; trouble: Trouble | undefined },
): Row {
  const said = trouble ? trouble.says : engine === 'netns' ? `${own.length}` : runningOf(own);
  return topRow(snapshot, {
    ...{ id: `engine/${engine}`, label: title, words: [said], context: `;engine;${engine};` },
    icon: trouble ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : { id: icon },
    spoken: `${title}, ${said}`,
    tooltip: trouble ? grouped([[l10n.t('Output'), trouble.detail]]) : [],
    ...{ own, absent },
  });
}

const runningOf = (own: Container[]): string => l10n.t('{0} running', own.filter(isRunning).length);

interface Top {
  id: string;
  label: string;
  words: string[];
  icon: Icon;
  context: string;
  spoken: string;
  tooltip: Tooltip;
  own: Container[];
  /** What is kept for containers that aren't there. */
  absent?: Kept[];
}

const topRow = (
  snapshot: HostSnapshot,
  { id, label, words, icon, context, spoken, tooltip, own, absent = [] }: Top,
): Row => ({
  ...{ id: `${snapshot.host.id}/${id}`, label: oneLine(label), description: oneLine(words.join(' · ')) },
  ...{ icon, context, spoken: oneLine(spoken), tooltip, subject: { kind: 'other' as const }, expanded: true },
  children: [...own.map((container) => rowOf(snapshot, container)), ...absentRows(snapshot, absent)],
});

const rowOf = once(containerRow);
