import { enableAri, moreBuses } from '../causes/remedies';
import { vfsNow } from './attempts';
import { always, hit, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';
import { shortages } from '../../model/vfCapacity';

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
      title: 'The VFs need bus numbers that the bridge does not have',
      explain:
        'The address of a VF is an offset from its PF, and with this many VFs it exceeds the last bus behind the bridge. The firmware assigned too few bus numbers to this slot, or ARI is off upstream.',
      fixes: moreBuses,
      past: 'until-vfs',
    },
    {
      id: 'bus.predicted',
      cause: 'bus-out-of-range',
      severity: always('warning'),
      when: predicted,
      title: ({ says }) => `The bridge has bus numbers for ${says ?? 'fewer'} VFs`,
      explain: 'Setting a higher number fails with "Cannot allocate memory".',
      fixes: moreBuses,
    },
    {
      id: 'bus.ari-missing',
      cause: 'ari-missing',
      severity: always('error'),
      when: said(/\[[0-9a-f]{4}:[0-9a-f]{4}\] type 7f class|unknown header type 7f, ignoring/i),
      title: 'The VFs are not accessible: no ARI upstream of the adapter',
      explain:
        'The configuration space of a new VF reads as all ones. Without Alternative Routing-ID Interpretation, the upstream port only routes to the first eight functions.',
      fixes: enableAri,
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
      title: 'A function reads as all ones',
      explain:
        'lspci lists a function that does not respond: it is not reachable, or it does not wake up from its sleep state.',
      yieldsTo: ['ari-missing'],
    },
  ],
};
