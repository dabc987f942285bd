import { l10n } from 'vscode';
import { rateText, sparkline } from '../../model/counters/amount';
import type { Direction, Measure, Rates } from '../../model/counters/counter';
import { decimated } from '../../model/counters/decimate';
import { windowOf } from '../../model/counters/history';
import { seriesKey, type SeriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';
import { grouped, type Tooltip } from '../tree/facts';
import type { RateText } from './rowRates';

/** Milliseconds that the small picture in a tooltip shows, and its characters. */
const shownFor = 60_000;
const characters = 24;

/** What the device of a function counts; its adapter's counters for a VF that has none, as when a driver for programs has it. */
const keyOf = (tracker: Tracker, pci: PciAddress): SeriesKey | undefined =>
  (['own', 'pf'] as const)
    .map((side) => seriesKey({ side, pci }))
    .find((key) => tracker.now(key) !== undefined);

/** `↓ 1.25 Mb/s ↑ 34.0 kb/s`; undefined where nothing flows. */
export function rowRate(tracker: Tracker, pci: PciAddress): RateText | undefined {
  const key = keyOf(tracker, pci);
  const bits = key && tracker.now(key)?.rates?.bits;
  if (!bits || !((bits.rx ?? 0) > 0 || (bits.tx ?? 0) > 0)) return undefined;
  const [rx, tx] = [rateText(bits.rx, 'bits'), rateText(bits.tx, 'bits')];
  return { shown: `↓ ${rx} ↑ ${tx}`, spoken: l10n.t('receiving {0}, sending {1}', rx, tx) };
}

/** The lines of a tooltip: how it was in the last minute. */
export function rateFacts(tracker: Tracker, pci: PciAddress): Tooltip {
  const key = keyOf(tracker, pci);
  const rates = key && tracker.now(key)?.rates;
  if (!rates) return [];
  return grouped([
    l10n.t('In the Last Minute'),
    [l10n.t('Receiving'), picture(tracker, key, rates, 'rx')],
    [l10n.t('Sending'), picture(tracker, key, rates, 'tx')],
    ...(['drops', 'errors'] as const).map((measure): [string, string | null] => [
      names[measure],
      bad(rates, measure),
    ]),
    ...tracker.hints(key).map(({ counter, grown }): [string, string] => [counter, l10n.t('{0} more', grown)]),
  ]);
}

const names = { drops: l10n.t('Drops'), errors: l10n.t('Errors') };

function picture(tracker: Tracker, key: SeriesKey, rates: Rates, direction: Direction): string {
  const line = { measure: 'bits', direction } as const;
  const window = windowOf(tracker.history, [key], line, (tracker.time ?? 0) - shownFor);
  const [values = []] = decimated(window, characters).values;
  return [sparkline(values), rateText(rates.bits[direction], 'bits')].join(' ');
}

function bad(rates: Rates, measure: Measure): string | null {
  const sum = (rates[measure].rx ?? 0) + (rates[measure].tx ?? 0);
  return sum > 0 ? rateText(sum, measure) : null;
}
