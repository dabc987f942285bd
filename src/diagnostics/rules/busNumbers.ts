import { command } from '../command';
import { failedWith, driversGaveUp, hitOf, vfsNow } from './attempts';
import { always, fix, hit, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';
import { shortages } from '../../model/vfCapacity';

const otherRoom = [
  fix('bios', 'Switch on ARI (PCIe ARI support / ARI forwarding), or put the adapter into another slot'),
  fix('kernel-args', 'Let Linux number all buses itself: pci=assign-busses', {
    risk: 'It has made a board unbootable. Keep the old entry in the boot menu and a way to the console.',
    change: { kind: 'kernel-args', add: ['pci=assign-busses'], remove: [] },
  }),
];

/** Adapters of a live host whose bridge lacks bus numbers for all the VFs they offer. */
const predicted = (view: View): Hit[] =>
  (view.live?.pfs ?? []).flatMap(({ pci, room, totalVfs, numVfs }) =>
    shortages(pci, room, totalVfs ?? 0)
      .filter((shortage) => shortage.of === 'buses' && shortage.room >= (numVfs ?? 0))
      .map((shortage) =>
        hit(pci, shortage.evidence, {
          severity: always(shortage.room === 0 ? 'error' : 'warning'),
          says: `${shortage.room} of ${totalVfs}`,
        }),
      ),
  );

export const busNumbers: Family = {
  id: 'adapter.bus-numbers',
  cause: 'bus-out-of-range',
  fine: 'The bridge has bus numbers for all VFs',
  looked: (view) =>
    (view.live?.pfs ?? []).flatMap(({ pci, room: { offset, stride, lastBus } }) =>
      offset === null || lastBus === null ? [] : [`${pci}: sriov_offset ${offset}, sriov_stride ${stride}`],
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
        fix('command', 'Look at the last lines of the kernel log', {
          commands: [command`dmesg | tail -n 20`],
        }),
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
