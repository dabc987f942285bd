import { explained, hitOf, mentions } from './attempts';
import { pciClass } from '../pciClass';
import { always, fix, hit, hitsBySubject, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

/** Files that the kernel shows only for an adapter with a usable SR-IOV capability. */
const absent = (view: View): Hit[] => {
  if (explained(view)) return [];
  const tried = view.vfCountFailures
    .filter(({ fileAbsent, text, iface }) => fileAbsent && /sriov_/.test(text) && !noSuchDevice(view, iface))
    .map((f) => hitOf(f));
  const facts = view
    .factsOf(/sriov_(?:totalvfs|numvfs)|totalvfs/)
    .filter(({ value }) =>
      /absent|missing|no such|not (?:present|there|found)|does ?n[o']t exist|^none$/i.test(value),
    )
    .map(({ line }) => hit(null, [line]));
  const messages = hitsBySubject(
    view.find(
      /\b(?:no|without|lacks?|missing)\b.{0,20}sriov_(?:totalvfs|numvfs)|sriov_(?:totalvfs|numvfs)\S*.{0,30}\b(?:absent|missing|not (?:there|present|found)|does ?n[o']t exist)|no maxVfs?\b|totalvfs['": ]+0\b|SR-?IOV is not supported|not SR-?IOV capable/i,
    ),
  );
  const zero = view
    .factsOf(/totalvfs/)
    .filter(({ value }) => value.trim() === '0')
    .map(({ line }) => hit(null, [line]));
  return [...tried, ...facts, ...messages, ...zero].slice(0, 3);
};
/** The interface itself isn't there: its name is wrong, and its adapter says nothing. */
const noSuchDevice = (view: View, iface: string | null): boolean =>
  iface !== null &&
  view.failures.some(
    ({ error }) => /Cannot find device|does not exist/.test(error) && error.includes(`"${iface}"`),
  );

type Kind = 'mellanox' | 'gpu' | 'other';
const kindOf = (view: View): Kind =>
  mentions.mellanox(view) ? 'mellanox' : mentions.gpu(view) ? 'gpu' : 'other';
/** Chelsio's fourth function drives the ports; SR-IOV is on the first ones. */
const absentFor =
  (...kinds: Kind[]) =>
  (view: View): Hit[] =>
    kinds.includes(kindOf(view)) && !mentions.chelsio(view) ? absent(view) : [];

const notThere =
  "sriov_totalvfs only exists if the adapter has an SR-IOV capability. It doesn't: SR-IOV is disabled in the firmware of the adapter or the system, or the adapter does not support it.";
const inAdapter = [
  fix(
    'firmware',
    'Enable SR-IOV in the adapter (Mellanox: mlxconfig set SRIOV_EN=1 NUM_OF_VFS=N; others on the page of the adapter in the BIOS setup)',
  ),
];
const inBios = [
  fix(
    'bios',
    'Enable "SR-IOV" / "SR-IOV Global Enable" in the BIOS setup, and SR-IOV on the page of the adapter there',
  ),
];

export const capability: Family = {
  id: 'adapter.capability',
  cause: 'nic-firmware-sriov-off',
  fine: 'The adapter supports SR-IOV',
  looked: (view) => [
    ...view
      .factsOf(/totalvfs/)
      .filter(({ value }) => /^[1-9]/.test(value))
      .map(({ line }) => line),
    ...(view.live?.pfs ?? [])
      .filter(({ totalVfs }) => (totalVfs ?? 0) > 0)
      .map(({ pci, totalVfs }) => `${pci} sriov_totalvfs ${totalVfs}`),
  ],
  rules: [
    {
      id: 'capability.absent-nic',
      cause: 'nic-firmware-sriov-off',
      severity: always('error'),
      when: absentFor('mellanox'),
      title: 'The adapter has no SR-IOV: it is disabled in its firmware',
      explain: notThere,
      fixes: inAdapter,
      yieldsTo: ['nic-firmware-sriov-off'],
    },
    {
      id: 'capability.absent-perhaps-nic',
      cause: 'nic-firmware-sriov-off',
      severity: always('warning'),
      when: absentFor('other'),
      title: "SR-IOV may be disabled in the adapter's firmware",
      explain: notThere,
      fixes: inAdapter,
      yieldsTo: ['nic-firmware-sriov-off'],
    },
    {
      id: 'capability.absent-bios',
      cause: 'sriov-off-in-bios',
      severity: always('error'),
      when: absentFor('other'),
      title: 'The adapter has no SR-IOV: it is disabled in the firmware',
      explain: notThere,
      fixes: [...inBios, ...inAdapter],
      yieldsTo: ['sriov-off-in-bios'],
    },
    {
      id: 'capability.perhaps-bios',
      cause: 'sriov-off-in-bios',
      severity: always('warning'),
      when: absentFor('mellanox', 'gpu'),
      title: 'SR-IOV may be disabled in the system firmware',
      explain: notThere,
      fixes: inBios,
      yieldsTo: ['sriov-off-in-bios'],
    },
    {
      id: 'capability.absent-gpu',
      cause: 'pf-driver-lacks-sriov',
      severity: always('error'),
      when: absentFor('gpu'),
      title: 'This graphics device has no VFs',
      explain: 'Either the loaded graphics driver has no SR-IOV support, or the device has none.',
      fixes: [
        fix(
          'driver',
          'Load the driver with SR-IOV support and its options, or check whether this processor generation has SR-IOV',
        ),
      ],
      yieldsTo: ['pf-driver-lacks-sriov', 'pf-driver-not-bound'],
    },
    {
      id: 'capability.none',
      cause: 'other',
      severity: always('error'),
      when: (view) =>
        view.live !== null && view.live.pfs.length === 0
          ? [hit('host', ['no /sys/bus/pci/devices/*/sriov_totalvfs'])]
          : [],
      title: 'No network adapter with SR-IOV',
      explain: notThere,
      fixes: [...inBios, ...inAdapter],
    },
  ],
};

/** What has SR-IOV and is no network adapter. */
export const otherFunctions: Family = {
  id: 'adapter.other-functions',
  cause: 'other',
  fine: 'Only network adapters have SR-IOV',
  looked: () => [],
  rules: [
    {
      id: 'adapter.not-network',
      cause: 'other',
      severity: always('info'),
      when: ({ live }) =>
        (live?.otherFunctions ?? []).map(({ pci, pciClass: code, driver, totalVfs }) =>
          hit(
            pci,
            [`${pci}: class ${code}, driver ${driver ?? 'none'}, sriov_totalvfs ${totalVfs ?? 'unknown'}`],
            {
              says: pciClass(code),
            },
          ),
        ),
      title: ({ says }) => `Not a network adapter: ${says} with SR-IOV`,
      explain:
        'SR-IOV Workbench is for network adapters. It neither lists nor changes the VFs of this device.',
    },
  ],
};
