import { l10n } from 'vscode';
import {
  meantBy,
  meantName,
  type Kept,
  type Intent,
  type KeptResult,
  type Meant,
} from '../../model/lasting/kept';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { isMeant, keptOf } from '../../planning/kept/keptFor';
import { problemOf, stateOf } from '../../planning/kept/stateOf';
import type { Fact } from './facts';
import type { Icon } from './row';

/** How an attachment that lasts stands, as a row says it. */
export interface Pin {
  kept: Kept;
  words: string;
  icon: Icon;
}

/** That of a VF, if it is kept for a container. */
export function pinOf(snapshot: HostSnapshot, pci: string): Pin | undefined {
  const kept = keptOf(snapshot, pci);
  return kept && pin(snapshot, kept);
}

export function pin(snapshot: HostSnapshot, kept: Kept): Pin {
  const whose = whoText(kept.intent.container);
  const { state, why } = stateOf(snapshot, kept);
  if (state === 'attached' && why === '')
    return { kept, words: l10n.t('kept'), icon: { id: 'pinned', color: 'charts.green' } };
  if (state === 'waiting') return { kept, words: l10n.t('kept, waiting for {0}', whose), icon: unpinned };
  if (isOnItsWay(snapshot, kept))
    return { kept, words: l10n.t('kept for {0}, which runs without it', whose), icon: unpinned };
  if (state === 'taken')
    return {
      kept,
      words: l10n.t('kept for {0}, taken by {1}', whose, holder(snapshot, kept)),
      icon: warning,
    };
  const words =
    state === 'attached'
      ? l10n.t('kept for {0}, but {1}', whose, why)
      : l10n.t('kept for {0}, failed: {1}', whose, why);
  return { kept, words, icon: warning };
}

const unpinned: Icon = { id: 'pin' };
const warning: Icon = { id: 'warning', color: 'problemsWarningIcon.foreground' };

/** Why one can't have its VF, or would not get it again; undefined while it may just not be there yet. */
export function failureOf(snapshot: HostSnapshot, kept: Kept): string | undefined {
  const { state, why } = stateOf(snapshot, kept);
  if (state === 'waiting' || why === '' || isOnItsWay(snapshot, kept)) return undefined;
  return state === 'taken' ? l10n.t('taken by {0}', holder(snapshot, kept)) : why;
}

/** The container has just started, and nothing went wrong yet. */
const isOnItsWay = (snapshot: HostSnapshot, kept: Kept): boolean =>
  stateOf(snapshot, kept).state === 'failed' &&
  kept.result?.state !== 'failed' &&
  problemOf(snapshot, kept) === undefined;

function holder(snapshot: HostSnapshot, { intent }: Kept): string {
  const held = vfAt(snapshot, intent.vf)?.vf.holder;
  return held?.name ?? l10n.t('namespace {0}', held?.netnsInode ?? '?');
}

/** `container fw`, `compose service shop/web`, `containers with the label app=fw`. */
export const whoText = (meant: Meant): string => who[meantBy(meant)](meantName(meant));

const who: Record<ReturnType<typeof meantBy>, (name: string) => string> = {
  name: (name) => l10n.t('container {0}', name),
  service: (name) => l10n.t('compose service {0}', name),
  label: (name) => l10n.t('containers with the label {0}', name),
};

/** `VF 3 of enp1s0`, also where that VF isn't there now. */
export const keptLabel = ({ pfs }: HostSnapshot, { pf, index }: Intent): string =>
  l10n.t('VF {0} of {1}', index, pfs.find(({ pci }) => pci === pf)?.name ?? pf);

/** Those whose container isn't there now: nothing else of the host shows them beside it. */
export const withoutContainer = (snapshot: HostSnapshot): Kept[] =>
  snapshot.kept.filter(
    (kept) =>
      !snapshot.containers.some((container) => isMeant(kept.intent, container)) &&
      stateOf(snapshot, kept).state !== 'attached',
  );

const ends: Record<KeptResult['state'], string> = {
  attached: l10n.t('attached'),
  waiting: l10n.t('waiting'),
  failed: l10n.t('failed'),
};

/** What a tooltip says of it. */
export const pinFacts = (one: Pin | undefined): (Fact | string)[] => {
  if (!one) return [];
  const { intent, result } = one.kept;
  return [
    l10n.t('Kept Attached'),
    [l10n.t('For'), `${whoText(intent.container)} (${intent.engine})`],
    [l10n.t('As'), intent.inside],
    [l10n.t('State'), one.words],
    [l10n.t('Attached by'), intent.trigger],
    [
      l10n.t('Last run'),
      result && [`${result.at}, ${ends[result.state]}`, result.why].filter(Boolean).join(': '),
    ],
  ];
};
