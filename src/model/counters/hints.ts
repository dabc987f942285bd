import type { CounterName } from './counter';
import type { Side } from './reading';

interface Meaning {
  counter: CounterName;
  side: Side;
  /** Why it grows. */
  means: string;
  /** What can be done. */
  advice: string;
}

/** What it means when a counter of errors or drops grows. Counters that sum up others come last, for when no other tells why. */
const meanings: readonly Meaning[] = [
  {
    ...{ counter: 'rx_missed_errors', side: 'own' },
    means: 'The adapter ran out of buffers: packets arrive faster than they are processed.',
    advice:
      'Give it more buffers (ethtool -G DEVICE rx 4096) or queues (ethtool -L), and keep its interrupts on its own NUMA node.',
  },
  {
    ...{ counter: 'rx_over_errors', side: 'own' },
    means: 'The receive ring was full.',
    advice: 'Make it larger: ethtool -G DEVICE rx 4096.',
  },
  {
    ...{ counter: 'rx_fifo_errors', side: 'own' },
    means:
      "The adapter's own memory overflowed: the PCIe link or the host's memory was too slow for the traffic.",
    advice: 'Check the width and speed of its PCIe link, flow control (ethtool -a), and for a busy CPU.',
  },
  {
    ...{ counter: 'rx_crc_errors', side: 'own' },
    means: 'Damaged frames arrive.',
    advice: 'Check the cable, the transceiver and the port of the switch; swap them one at a time.',
  },
  {
    ...{ counter: 'rx_frame_errors', side: 'own' },
    means: 'Misaligned frames arrive: usually a bad cable, or a duplex mismatch.',
    advice: 'Check the cable, and speed and duplex of both ends (ethtool DEVICE).',
  },
  {
    ...{ counter: 'rx_length_errors', side: 'own' },
    means: 'Frames arrive that are longer than the device accepts, or shorter than Ethernet allows.',
    advice: 'Set the same MTU at both ends; the MTU of a VF can be no larger than that of its adapter.',
  },
  {
    ...{ counter: 'rx_nohandler', side: 'own' },
    means: 'Packets arrive at a port that is inactive, such as the backup of a bond.',
    advice: 'This is expected in an active-backup bond; otherwise check which device should receive them.',
  },
  {
    ...{ counter: 'rx_otherhost_dropped', side: 'own' },
    means: 'Packets arrive for other MAC addresses.',
    advice:
      'Check whether the device is promiscuous, and whether the switch floods addresses that it should know.',
  },
  {
    ...{ counter: 'tx_carrier_errors', side: 'own' },
    means: 'It transmits without a link.',
    advice: 'Check the link of the adapter, and the link state of the VF: ip link set PF vf N state auto.',
  },
  {
    ...{ counter: 'tx_fifo_errors', side: 'own' },
    means: 'The adapter could not fetch packets to send fast enough.',
    advice: 'Check its PCIe link and the load of the host.',
  },
  {
    ...{ counter: 'tx_dropped', side: 'pf' },
    means:
      'The adapter dropped what the VF sent: spoof check (a source MAC or VLAN that the VF may not use), or a VLAN filter.',
    advice:
      'Send with the MAC address of the VF and without a VLAN tag of its own, or turn the spoof check off and trust on.',
  },
  {
    ...{ counter: 'rx_dropped', side: 'pf' },
    means: 'The adapter could not deliver packets to the VF: the VF is out of buffers, or down.',
    advice: 'Bring the device of the VF up, give it more buffers, and check that its program keeps up.',
  },
  {
    ...{ counter: 'rx_dropped', side: 'own' },
    means:
      'Packets arrived that nothing accepts: a VLAN tag that no device here has (VLAN filter), a protocol that nothing listens to, or a full kernel queue.',
    advice:
      'Compare VLANs with tcpdump -e -n vlan; a few per minute from neighbours (LLDP, STP) are harmless.',
  },
  {
    ...{ counter: 'tx_dropped', side: 'own' },
    means: 'The kernel or the driver dropped outgoing packets: the queue was full, or the device was down.',
    advice:
      'Check whether the link is saturated or a rate limit applies, and the queue: tc -s qdisc show dev DEVICE.',
  },
  {
    ...{ counter: 'rx_errors', side: 'own' },
    means: 'Received packets could not be used; the driver gives no details.',
    advice: "Look at the driver's own counters: ethtool -S DEVICE.",
  },
  {
    ...{ counter: 'tx_errors', side: 'own' },
    means: 'Packets could not be sent; the driver gives no details.',
    advice: "Look at the kernel's log, and at the driver's own counters: ethtool -S DEVICE.",
  },
];

/** The counters that should not grow. */
export const hinted: readonly CounterName[] = [...new Set(meanings.map(({ counter }) => counter))];

export interface Hint extends Meaning {
  /** By how much it grew in the time considered. */
  grown: number;
}

/** Hints for the counters of a series that grew. A sum is left out if one of its parts says more. */
export function hintsFor(side: Side, grown: Partial<Record<CounterName, number>>): Hint[] {
  const all = meanings.flatMap((one) => {
    const by = grown[one.counter] ?? 0;
    return one.side === side && by > 0 ? [{ ...one, grown: by }] : [];
  });
  return all.filter(
    ({ counter }) =>
      !/^[rt]x_errors$/.test(counter) ||
      all.every(
        ({ counter: other }) =>
          other === counter || !/_errors$/.test(other) || other.slice(0, 2) !== counter.slice(0, 2),
      ),
  );
}
