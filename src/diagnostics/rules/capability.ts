import { explained, hitOf, mentions, vfsNow } from './attempts';
import { enableInAdapter, enableInBios } from '../causes/remedies';
import { pciClass } from '../pciClass';
import { always, fix, hit, hitsBySubject, type Family, type Hit } from '../rule';
import { isMissingInterface } from './programs/names';
import { failed } from '../view/answers';
import type { Failure } from '../view/failures';
import { surroundings } from '../view/surroundings';
import type { View } from '../view/view';

/** The file was named where the error is, or in what was typed; a long answer may name it elsewhere. */
const isOfFile = ({ command: typed, error }: Pick<Failure, 'command' | 'error'>): boolean =>
  /sriov_/.test(typed) || error.split('\n').some((line) => /sriov_/.test(line) && failed(line));

/** Files that the kernel shows only for an adapter with a usable SR-IOV capability. */
const absent = (view: View): Hit[] => {
  if (explained(view)) return [];
  const tried = view.vfCountFailures
    .filter(
      ({ fileAbsent, iface, ...failure }) =>
        fileAbsent && isOfFile(failure) && !isMissingInterface(view, iface),
    )
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

/** Adapters of which every model has SR-IOV, unless it is turned off in them. */
const everyModelHasIt =
  /\b(?:82576\w*|82599\w*|X5[245]0|X552|XL710|XXV?710|X722|E8[123]\d|I350|BCM57[45]\d\d|ConnectX-[4-8]|MT27[78]\d\d|MT28\d{3}|BlueField|SFC9[1-9]\d\d)\b/i;

/** An adapter of which lspci shows the extended capabilities, to the last, where VFs were wanted and SR-IOV isn't among them. */
const notListed = (view: View): Hit[] =>
  surroundings(view).guest.length > 0 || (vfsNow(view) ?? 0) > 0 || !wantsVfs(view)
    ? []
    : view.devices
        .filter(
          ({ isVf, isNetwork, name, sriov, lines }) =>
            !isVf &&
            isNetwork &&
            sriov === null &&
            everyModelHasIt.test(name) &&
            lines.filter((line) => /Capabilities: \[[1-9a-f][0-9a-f]{2}\b/.test(line)).length > 1 &&
            lines.some((line) => /Kernel driver in use|Kernel modules/.test(line)) &&
            !lines.some((line) => /access denied/.test(line)),
        )
        .map(({ pci, header, lines }) =>
          hit(pci, [header, ...lines.filter((line) => /Capabilities: \[[1-9a-f][0-9a-f]{2}\b/.test(line))]),
        );
const wantsVfs = (view: View): boolean =>
  view.vfCountFailures.length > 0 ||
  view.said.some(({ text }) => /sr-?iov|max_vfs|numvfs|num_vfs/i.test(text));

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
      fixes: enableInAdapter,
      yieldsTo: ['nic-firmware-sriov-off', 'not-a-vf'],
    },
    {
      id: 'capability.absent-perhaps-nic',
      cause: 'nic-firmware-sriov-off',
      severity: always('warning'),
      when: absentFor('other'),
      title: "SR-IOV may be disabled in the adapter's firmware",
      explain: notThere,
      fixes: enableInAdapter,
      yieldsTo: ['nic-firmware-sriov-off', 'not-a-vf'],
    },
    {
      id: 'capability.absent-bios',
      cause: 'sriov-off-in-bios',
      severity: always('error'),
      when: absentFor('other'),
      title: 'The adapter has no SR-IOV: it is disabled in the firmware',
      explain: notThere,
      fixes: [...enableInBios, ...enableInAdapter],
      yieldsTo: ['sriov-off-in-bios', 'not-a-vf'],
    },
    {
      id: 'capability.perhaps-bios',
      cause: 'sriov-off-in-bios',
      severity: always('warning'),
      when: absentFor('mellanox', 'gpu'),
      title: 'SR-IOV may be disabled in the system firmware',
      explain: notThere,
      fixes: enableInBios,
      yieldsTo: ['sriov-off-in-bios', 'not-a-vf'],
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
      yieldsTo: ['pf-driver-lacks-sriov', 'pf-driver-not-bound', 'not-a-vf'],
    },
    {
      id: 'capability.not-listed',
      cause: 'nic-firmware-sriov-off',
      severity: always('error'),
      when: notListed,
      title: 'The adapter lists no SR-IOV: it is disabled in its firmware',
      explain:
        'lspci shows all capabilities of this adapter, and SR-IOV is not among them, although its model has it: it is off in the configuration of the adapter. Neither the BIOS setup nor a kernel argument brings it back.',
      fixes: enableInAdapter,
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
      fixes: [...enableInBios, ...enableInAdapter],
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
