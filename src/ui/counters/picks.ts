import { l10n } from 'vscode';
import { seriesKey, type SeriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';
import { allVfs, type HostSnapshot } from '../../model/snapshot';
import type { Choice, PickManyQuestion } from '../dialogs/dialogs';
import { functionTitle, isAway } from '../tree/vfState';
import { mostSeries } from './messages';
import { whereOf } from './state';

export const pciOf = (key: SeriesKey): PciAddress => key.split(' ')[1] ?? '';

/** What is shown until somebody picks something: what containers have, else the adapters. */
export function usualPicks(snapshot: HostSnapshot): SeriesKey[] {
  const away = [...allVfs(snapshot), ...snapshot.pfs].filter(isAway);
  const shown = away.length > 0 ? away : snapshot.pfs;
  return shown.slice(0, 4).map(({ pci }) => seriesKey({ side: 'own', pci }));
}

/** All functions, by adapter; what adapters count for their VFs where they do. */
export function pickQuestion(
  snapshot: HostSnapshot,
  tracker: Tracker | undefined,
  picked: readonly SeriesKey[],
): PickManyQuestion<SeriesKey> {
  const choiceOf = (key: SeriesKey): Choice<SeriesKey> => ({
    label: functionTitle(snapshot, pciOf(key)),
    description: snapshot.pfs.some(({ name }) => name === whereOf(snapshot, key))
      ? ''
      : whereOf(snapshot, key),
    value: key,
  });
  const keysOf = (pci: PciAddress): SeriesKey[] => {
    const [own, pf] = (['own', 'pf'] as const).map((side) => seriesKey({ side, pci }));
    return [...(own ? [own] : []), ...(pf && (tracker?.now(pf) ?? picked.includes(pf)) ? [pf] : [])];
  };
  return {
    title: l10n.t('Show Counters'),
    placeholder: l10n.t('Pick the functions to show'),
    choices: snapshot.pfs.flatMap((pf) => [
      pf.name ?? pf.pci,
      ...[pf, ...pf.vfs].flatMap(({ pci }) => keysOf(pci).map(choiceOf)),
    ]),
    picked,
    problem: (all) =>
      all.length > mostSeries ? l10n.t('at most {0} can be told apart', mostSeries) : undefined,
  };
}
