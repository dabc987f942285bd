import { failedWith, driversGaveUp, hitOf, vfsNow } from './attempts';
import { always, fix, hit, said, type Family, type Hit } from './rule';
import type { View } from './view/view';

const otherRoom = [
  fix('bios', 'Switch on ARI (PCIe ARI support / ARI forwarding), or put the adapter into another slot'),
  fix('kernel-args', 'Let Linux number all buses itself: pci=assign-busses', {
    risk: 'It has made a board unbootable. Keep the old entry in the boot menu and a way to the console.',
  }),
];

const fact = (view: View, pci: string, file: string): number | null => {
  const found = view.facts.find(({ key }) => key.includes(pci) && key.endsWith(file));
  return found && /^\d+$/.test(found.value.trim()) ? Number(found.value) : null;
};

/** How many VFs the bridge has bus numbers for, from `sriov_offset`, `sriov_stride` and its last bus. */
export function vfsWithinBuses(pci: string, offset: number, stride: number, lastBus: number): number {
  const [, bus = '0', slot = '0', fn = '0'] = /:([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i.exec(pci) ?? [];
  const rid = (parseInt(bus, 16) << 8) | (parseInt(slot, 16) << 3) | Number(fn);
  const last = (lastBus << 8) | 0xff;
  if (rid + offset > last) return 0;
  return stride === 0 ? 1 : Math.floor((last - rid - offset) / stride) + 1;
}

/** Adapters of a live host whose bridge lacks bus numbers for all the VFs they offer. */
const predicted = (view: View): Hit[] =>
  (view.live?.pfs ?? []).flatMap(({ pci, totalVfs, numVfs }) => {
    const offset = fact(view, pci, 'sriov_offset');
    const stride = fact(view, pci, 'sriov_stride');
    const lastBus = fact(view, pci, 'subordinate_bus_number');
    if (offset === null || stride === null || lastBus === null || totalVfs === null || offset === 0)
      return [];
    const room = vfsWithinBuses(pci, offset, stride, lastBus);
    if (room >= totalVfs || room < (numVfs ?? 0)) return [];
    const quoted = [
      `sriov_offset ${offset}, sriov_stride ${stride}, last bus of the bridge ${lastBus.toString(16)}`,
    ];
    return [
      hit(pci, quoted, {
        severity: always(room === 0 ? 'error' : 'warning'),
        says: `${room} of ${totalVfs}`,
      }),
    ];
  });

export const busNumbers: Family = {
  id: 'adapter.bus-numbers',
  cause: 'bus-out-of-range',
  fine: 'The bridge has bus numbers for all VFs',
  looked: (view) =>
    (view.live?.pfs ?? []).flatMap(({ pci }) =>
      fact(view, pci, 'sriov_offset') !== null && fact(view, pci, 'subordinate_bus_number') !== null
        ? [
            `${pci}: sriov_offset ${fact(view, pci, 'sriov_offset')}, sriov_stride ${fact(view, pci, 'sriov_stride')}`,
          ]
        : [],
    ),
  rules: [
    {
      id: 'bus.out-of-range',
      cause: 'bus-out-of-range',
      severity: always('error'),
      when: said(/can't enable \d+ VFs \(bus|bus number out of range/i),
      title: 'The VFs need a bus number that the bridge does not have',
      explain:
        "A VF's address is counted from its PF's, and this many VFs reach beyond the last bus behind the bridge. The firmware gave this slot too few bus numbers, or ARI is off above it.",
      fixes: otherRoom,
      past: 'until-vfs',
    },
    {
      id: 'bus.perhaps-out-of-range',
      cause: 'bus-out-of-range',
      severity: always('warning'),
      when: (view) =>
        [...failedWith(view, 'ENOMEM').map((f) => hitOf(f)), ...driversGaveUp(view, 'ENOMEM')].slice(0, 1),
      title: 'Perhaps bus numbers, not memory, ran out',
      explain:
        'The same error stands for both; the line the kernel logged at that moment tells which ("bus … out of range").',
      fixes: [
        fix('command', 'Look at the last lines of the kernel log', { commands: ['dmesg | tail -n 20'] }),
      ],
      yieldsTo: ['bus-out-of-range'],
    },
    {
      id: 'bus.predicted',
      cause: 'bus-out-of-range',
      severity: always('warning'),
      when: predicted,
      title: ({ says }) => `The bridge has bus numbers for ${says ?? 'fewer'} VFs`,
      explain: 'Asking for more will answer "Cannot allocate memory".',
      fixes: otherRoom,
    },
    {
      id: 'bus.ari-missing',
      cause: 'ari-missing',
      severity: always('error'),
      when: (view) => [
        ...said(/\[[0-9a-f]{4}:[0-9a-f]{4}\] type 7f class|unknown header type 7f, ignoring/i)(view),
        ...(failedWith(view, 'EIO').length > 0 && view.find(/MSI-?X/i).length === 0
          ? [...failedWith(view, 'EIO').map((f) => hitOf(f)), ...driversGaveUp(view, 'EIO')]
          : []),
      ],
      title: 'The VFs cannot be reached: no ARI above the adapter',
      explain:
        'The configuration space of a new VF reads as all ones. Without Alternative Routing-ID Interpretation on the port above, functions beyond the eighth do not exist for it.',
      fixes: [
        fix(
          'bios',
          'Switch on "ARI Support" / "ARI Forwarding" in the BIOS setup, update the BIOS, or use another slot',
        ),
      ],
      past: 'until-vfs',
    },
    {
      id: 'bus.lspci-unreachable',
      cause: 'ari-missing',
      severity: always('warning'),
      when: (view) =>
        (vfsNow(view) ?? 0) > 0
          ? view.evidence.lspci
              .filter((line) => /!!! Unknown header type 7f/.test(line))
              .slice(0, 1)
              .map((line) => hit('host', [line]))
          : [],
      title: 'A function answers with all ones',
      explain:
        'lspci sees a function that does not answer: it is not routed to, or it fell asleep and cannot be woken.',
      yieldsTo: ['ari-missing'],
    },
  ],
};
