import type { PciAddress } from '../functions';
import type { Counts } from './counter';

/** Who counted: the function's own network device, or, for a VF, its adapter. Both see the same packets, so they are never added up. */
export type Side = 'own' | 'pf';

/** The counters of one function, from one device. */
export interface Reading {
  pci: PciAddress;
  side: Side;
  /** Milliseconds since the host was booted: setting its clock doesn't change them. */
  at: number;
  /** Which device it was, and where. Another one counts from zero. */
  device: string;
  counts: Counts;
}

/** All that was read at about one moment. */
export interface Frame {
  readings: Reading[];
}

/** The key of the readings of one side of a function. */
export type SeriesKey = `${Side} ${PciAddress}`;
export const seriesKey = ({ side, pci }: Pick<Reading, 'side' | 'pci'>): SeriesKey => `${side} ${pci}`;
