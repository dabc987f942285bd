import { plainCounts } from '../../model/counters/growth';
import { seriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import { whyUncounted } from '../../model/counters/uncounted';
import type { PciAddress } from '../../model/functions';
import { allFunctions, pfOf, type HostSnapshot } from '../../model/snapshot';
import { sidesOf } from './sides';

/** What `counters --json` prints of a sample. `docs/cli.md` has its shape. */
export function countersDocument(
  tracker: Tracker,
  snapshot: HostSnapshot,
  functions: readonly PciAddress[],
): object {
  const all = allFunctions(snapshot).filter(({ pci }) => functions.length === 0 || functions.includes(pci));
  const counted = all.flatMap((one) =>
    sidesOf(tracker, one.pci).map((side) => {
      const key = seriesKey({ side, pci: one.pci });
      const { counts = {}, growth, rates } = tracker.now(key) ?? {};
      const { pci, name, holder } = one;
      return {
        ...{ pci, pf: pfOf(snapshot, one)?.pci ?? pci, index: one.index < 0 ? null : one.index },
        ...{ name, holder, side, seconds: growth?.seconds ?? null },
        ...{ counters: plainCounts(counts), rates: rates ?? null, hints: tracker.hints(key) },
      };
    }),
  );
  const uncounted = all.flatMap(({ pci }) => {
    const why = whyUncounted(snapshot, pci);
    return why ? [{ pci, why }] : [];
  });
  return { at: new Date(tracker.time ?? 0).toISOString(), functions: counted, uncounted };
}
