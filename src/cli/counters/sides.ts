import { seriesKey, type Side } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';

/** By whom a function was counted in the last sample. */
export const sidesOf = (tracker: Tracker, pci: PciAddress): Side[] =>
  (['own', 'pf'] as const).filter((side) => tracker.now(seriesKey({ side, pci })) !== undefined);
