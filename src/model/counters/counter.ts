/** The counters of a network device, named as in `/sys/class/net/X/statistics`, with a direction in front: `rx_multicast`. */
export const counterNames = [
  ...(['rx_bytes', 'rx_packets', 'rx_multicast', 'rx_broadcast', 'rx_errors', 'rx_dropped'] as const),
  ...(['rx_missed_errors', 'rx_over_errors', 'rx_fifo_errors', 'rx_length_errors', 'rx_crc_errors'] as const),
  ...(['rx_frame_errors', 'rx_nohandler', 'rx_otherhost_dropped'] as const),
  ...(['tx_bytes', 'tx_packets', 'tx_errors', 'tx_dropped', 'tx_carrier_errors', 'tx_collisions'] as const),
  ...(['tx_aborted_errors', 'tx_fifo_errors', 'tx_window_errors', 'tx_heartbeat_errors'] as const),
] as const;

export type CounterName = (typeof counterNames)[number];
/** Those that the device has. */
export type Counts = Partial<Record<CounterName, bigint>>;

export type Direction = 'rx' | 'tx';
export const directions: readonly Direction[] = ['rx', 'tx'];

/** The rates that are shown, and the counters that each is the sum of. */
export const measures = {
  bits: { rx: ['rx_bytes'], tx: ['tx_bytes'], times: 8 },
  packets: { rx: ['rx_packets'], tx: ['tx_packets'], times: 1 },
  drops: { rx: ['rx_dropped', 'rx_missed_errors'], tx: ['tx_dropped'], times: 1 },
  errors: { rx: ['rx_errors'], tx: ['tx_errors'], times: 1 },
  multicast: { rx: ['rx_multicast'], tx: [], times: 1 },
} as const satisfies Record<string, Record<Direction, readonly CounterName[]> & { times: number }>;

export type Measure = keyof typeof measures;
export const measureNames = Object.keys(measures) as Measure[];

/** Per second; `null` where the device doesn't count it. */
export type Rates = Record<Measure, Record<Direction, number | null>>;
