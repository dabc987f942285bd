import { l10n } from 'vscode';
import type { SeriesKey } from '../../model/counters/reading';
import { whyUncounted } from '../../model/counters/uncounted';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import { lines } from '../hostText';
import type { CurrentHost } from '../hosts/currentHost';
import { hostName } from '../hosts/viewState';
import { functionTitle, isAway } from '../tree/vfState';
import { whereText } from '../tree/vfRow';
import type { Counting } from './counting';
import type { Chosen, CountersState } from './messages';

/** All that the page shows beside the samples. What a host calls its things is text in it. */
export function stateOf(
  host: Pick<CurrentHost, 'snapshot' | 'connection' | 'id'>,
  counting: Pick<Counting, 'tracker' | 'why' | 'interval'>,
  keys: readonly SeriesKey[],
  chosen: Chosen,
): CountersState {
  const { snapshot } = host;
  const title = (key: SeriesKey) => lines(snapshot ? functionTitle(snapshot, pciIn(key)) : pciIn(key));
  return {
    ...chosen,
    series: keys.map((key) => ({ title: title(key), where: snapshot ? lines(whereOf(snapshot, key)) : '' })),
    pause: chosen.isPaused ? l10n.t('Continue') : l10n.t('Pause'),
    status: lines(statusOf(host, counting, keys, chosen)),
    hints: keys.flatMap((key) =>
      (counting.tracker?.hints(key) ?? []).map(({ counter, grown, means, advice }) => ({
        title: l10n.t('{0}: {1} grew by {2} in the last minute', title(key), counter, grown),
        text: [means, advice].map(translated).join(' '),
      })),
    ),
  };
}

/** A sentence of the core that has a translation. */
// eslint-disable-next-line no-restricted-syntax -- The whole of it is in hints.ts.
const translated = (sentence: string): string => l10n.t(sentence);

const pciIn = (key: SeriesKey): string => key.split(' ')[1] ?? '';

/** Where it is counted, and why it isn't where that is so. */
export function whereOf(snapshot: HostSnapshot, key: SeriesKey): string {
  const one = allFunctions(snapshot).find(({ pci }) => pci === pciIn(key));
  if (!one) return l10n.t('gone');
  if (key.startsWith('pf ')) return l10n.t('as its adapter counts');
  const place = isAway(one) ? whereText(snapshot, one) : (one.name ?? '');
  switch (whyUncounted(snapshot, one.pci)) {
    case 'needs-root':
      return l10n.t('{0}: needs administrative access', place);
    case 'no-device':
      return l10n.t('no network device to count');
    default:
      return place;
  }
}

function statusOf(
  { snapshot, connection, id }: Pick<CurrentHost, 'snapshot' | 'connection' | 'id'>,
  { why, interval, tracker }: Pick<Counting, 'tracker' | 'why' | 'interval'>,
  keys: readonly SeriesKey[],
  { isPaused }: Chosen,
): string {
  if (id === undefined) return l10n.t('No host is connected.');
  const name = hostName(id, snapshot);
  if (connection.state !== 'admin' && connection.state !== 'limited')
    return l10n.t('Not connected to {0}.', name);
  if (keys.length === 0) return l10n.t('Pick the functions to show.');
  if (isPaused) return l10n.t('{0}: paused.', name);
  if (why !== undefined) return l10n.t('{0}: can’t be read now: {1}', name, why);
  if (tracker?.time === undefined) return l10n.t('{0}: waiting for the first sample…', name);
  return interval === 1
    ? l10n.t('{0}: read every second.', name)
    : l10n.t('{0}: read every {1} s.', name, interval);
}
