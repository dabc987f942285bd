import { command } from '../command';
import { mentions } from '../rules/attempts';
import { fix } from '../rule';
import type { Errno } from '../view/errno';
import { surroundings } from '../view/surroundings';
import type { View } from '../view/view';
import type { Attempt } from './attempt';
import * as remedy from './remedies';
import type { Candidate, Question } from './weigh';

/** What the error of a number of VFs may mean. That mlx4 takes it from an option of its module is a rule of its own. */
interface Row extends Question<Attempt> {
  id: string;
  errnos: Errno[];
}

const lastLines = fix('command', 'The last lines of the kernel log decide', {
  commands: [command`dmesg | tail -n 20`],
});
const failedWith = (error: string): string => `The number of VFs could not be set: ${error}`;
const toZero = (_: View, { requested }: Attempt): boolean => requested === 0;
const toOther = (_: View, { requested }: Attempt): boolean => requested !== 0;
const hadVfs = (_: View, { had }: Attempt): boolean => (had ?? 0) > 0;
const hadNone = (_: View, { had }: Attempt): boolean => had === 0;
const told =
  (pattern: RegExp) =>
  (view: View): boolean =>
    view.said.some(({ text }) => pattern.test(text));
const inGuestOrProgram = told(/\bqemu\b|libvirt|\bvirsh\b|hostdev|\bdpdk\b|\bVMs?\b|\bguests?\b|vfio-pci/i);
/** Somebody says who has a VF. */
const isHeld = told(
  /\b(?:VM|guest|windows|container|pod|qemu|dpdk)s?\b.{0,30}\b(?:us(?:es|ing)|holds?|holding|ha(?:s|ve) (?:it|them|the VFs?))\b|\b(?:shut ?down|stop) (?:the |all )?(?:VM|guest)s?\b/i,
);
const inSwitchdev = told(/\bswitchdev\b|\beswitch\b|\bE-Switch\b|\btc (?:filter|qdisc)\b|hw-tc-offload/i);

const stillBusy: Candidate<Attempt> = {
  cause: 'driver-bug',
  title: 'The adapter reports busy although nothing holds its VFs',
  is: 'the driver or the firmware of the adapter is still busy with an earlier change, or its state is stuck',
  fixes: remedy.waitAndReload,
};
const eswitchHolds: Candidate<Attempt> = {
  cause: 'eswitch-busy',
  title: 'The switch of the adapter is in use',
  is: 'its embedded switch is held by tc rules, a bridge or a bond, or its mode is being changed',
  shownBy: inSwitchdev,
  fixes: remedy.freeSwitch,
};

/** `lspci -k` or `-v` names the driver of each function that has one; of this one it says more than its name. */
const listedWithoutDriver = (view: View, pci: string): boolean => {
  const listed = view.devices.filter((device) => device.pci === pci && device.lines.length > 1);
  return listed.length > 0 && listed.every(({ driver }) => driver === null);
};

export const countErrors: Row[] = [
  {
    id: 'numvfs.busy',
    errnos: ['EBUSY'],
    title: failedWith('"Device or resource busy"'),
    candidates: [
      {
        cause: 'numvfs-change-needs-zero',
        title: 'The number of VFs must be set to 0 before it can be changed',
        is: 'VFs exist already: SR-IOV has no way to add or remove single ones, so any other number than 0 fails with "Device or resource busy"',
        shownBy: hadVfs,
        excludedBy: (view, attempt) => toZero(view, attempt) || hadNone(view, attempt),
        fixes: remedy.zeroFirst,
      },
      {
        cause: 'vfs-in-use',
        title: 'VFs are in use, so the driver refuses to remove them',
        is: 'a virtual machine or a userspace driver uses at least one of its VFs',
        shownBy: (view, attempt) =>
          isHeld(view) || (toZero(view, attempt) && (inGuestOrProgram(view) || !inSwitchdev(view))),
        excludedBy: hadNone,
        fixes: remedy.giveBack,
      },
      stillBusy,
      eswitchHolds,
    ],
    decide: fix('command', 'Read the number: if it is not 0, it has to become 0 first', {
      commands: [command`cat /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`],
    }),
  },
  {
    id: 'numvfs.no-memory',
    errnos: ['ENOMEM'],
    title: failedWith('"Cannot allocate memory"'),
    candidates: [
      {
        cause: 'mmio-too-small',
        title: 'Not enough space for the memory windows (BARs) of the VFs',
        is: 'the firmware left too little memory-mapped address space upstream of the adapter for all VFs; it is not a lack of RAM',
        shownBy: (view) => view.find(/\bBAR \d+\b.*(?:no space|failed to assign|can't assign)/).length > 0,
        fixes: remedy.moreRoom,
      },
      {
        cause: 'bus-out-of-range',
        title: 'The VFs need bus numbers that the bridge does not have',
        is: 'the bridge lacks bus numbers for the VFs (the kernel then logs "bus … out of range")',
        fixes: remedy.moreBuses,
      },
      {
        cause: 'sriov-off-in-bios',
        title: 'SR-IOV is disabled in the system firmware',
        is: 'SR-IOV is disabled in the BIOS setup, which then reserves neither',
        fixes: remedy.enableInBios,
      },
    ],
    decide: lastLines,
  },
  {
    id: 'numvfs.no-callback',
    errnos: ['ENOENT'],
    title: failedWith('"No such file or directory", from the write itself'),
    candidates: [
      {
        cause: 'pf-driver-lacks-sriov',
        title: 'The adapter driver does not accept a number of VFs',
        is: 'the bound driver does not implement SR-IOV',
        shownBy: (_, { driver }) => driver !== null,
        excludedBy: mentions.mlx4,
        fixes: remedy.otherDriver,
      },
      {
        cause: 'pf-driver-not-bound',
        title: 'The adapter has no driver',
        is: 'no driver is bound to the adapter',
        shownBy: (view, { hit: { subject } }) => listedWithoutDriver(view, subject),
        excludedBy: (view, { driver }) => driver !== null || mentions.mlx4(view),
        fixes: remedy.loadDriver,
      },
    ],
    decide: fix('command', 'The driver in use decides: a line "Kernel driver in use" or none', {
      commands: [command`lspci -k -s ${'PCI'}`],
    }),
  },
  {
    id: 'numvfs.not-implemented',
    errnos: ['ENOSYS'],
    title: failedWith('"Function not implemented" (-38)'),
    candidates: [
      {
        cause: 'nic-firmware-sriov-off',
        title: 'This function offers no SR-IOV: it is disabled in the adapter',
        is: 'the function has no SR-IOV capability, so the kernel does not take it for a physical function: SR-IOV is off in the configuration of the adapter, or this model has none',
        fixes: remedy.enableInAdapter,
      },
    ],
    decide: lastLines,
  },
  {
    id: 'numvfs.not-supported',
    errnos: ['EOPNOTSUPP', 'ENODEV'],
    title: failedWith('"Operation not supported"'),
    candidates: [
      {
        cause: 'pf-driver-lacks-sriov',
        title: 'The adapter driver does not accept a number of VFs',
        is: 'the bound driver, or the mode that it or the adapter is in, has no SR-IOV',
        excludedBy: mentions.mlx4,
        fixes: remedy.otherDriver,
      },
    ],
    decide: lastLines,
  },
  {
    id: 'numvfs.out-of-range',
    errnos: ['ERANGE'],
    title: failedWith('"Numerical result out of range"'),
    candidates: [
      {
        cause: 'pf-driver-lacks-sriov',
        title: 'The graphics driver has lowered the limit to 0',
        is: 'graphics drivers lower sriov_totalvfs to 0 when they are not in SR-IOV mode',
        excludedBy: (view) => !mentions.gpu(view),
        fixes: remedy.graphicsDriver,
      },
      {
        cause: 'nic-firmware-vf-limit',
        title: 'More VFs were requested than the adapter supports',
        is: 'the number is above sriov_totalvfs: what is configured in the firmware of the adapter, which some drivers lower further',
        fixes: remedy.fewer,
      },
    ],
    decide: fix('command', 'Read the limit: 0 means that the driver offers none', {
      commands: [command`cat /sys/bus/pci/devices/${'PCI'}/sriov_totalvfs`],
    }),
  },
  {
    id: 'numvfs.io-error',
    errnos: ['EIO'],
    title: failedWith('"Input/output error"'),
    candidates: [
      {
        cause: 'msix-exhausted',
        title: 'There are no interrupt vectors left for VFs',
        is: 'older versions of the ice driver answer so when the adapter is out of interrupt vectors',
        shownBy: (view) => view.find(/MSI-?X|interrupt vectors/i).length > 0,
        excludedBy: (view, { driver }) =>
          driver !== 'ice' && view.find(/MSI-?X|interrupt vectors|\bice \d|\bE8[12]0|E823/i).length === 0,
        fixes: remedy.freeVectors,
      },
      {
        cause: 'ari-missing',
        title: 'The VFs are not accessible: no ARI upstream of the adapter',
        is: 'the configuration space of the new VFs reads as all ones, since the port upstream does not route to them (no ARI)',
        fixes: remedy.enableAri,
      },
    ],
    decide: lastLines,
  },
  {
    id: 'numvfs.no-space',
    errnos: ['ENOSPC'],
    title: failedWith('"No space left on device"'),
    candidates: [
      {
        cause: 'msix-exhausted',
        title: 'There are no interrupt vectors left for VFs',
        is: "every VF needs MSI-X vectors from the adapter's pool, and the PF driver and its RDMA companion use them all, one set per processor core",
        fixes: remedy.freeVectors,
      },
    ],
    decide: lastLines,
  },
  {
    id: 'numvfs.denied',
    errnos: ['EACCES', 'EPERM'],
    title: failedWith('not permitted'),
    candidates: [
      {
        cause: 'vfs-in-use',
        title: 'VFs are in use, so the driver refuses to remove them',
        is: 'some drivers refuse to remove VFs that are assigned',
        excludedBy: (view, attempt) => toOther(view, attempt) || attempt.errno !== 'EPERM',
        shownBy: toZero,
        fixes: remedy.giveBack,
      },
      {
        cause: 'nic-firmware-sriov-off',
        title: 'The file is not there: SR-IOV is disabled in the adapter',
        is: 'root may write to every file in sysfs, so a shell that is refused was to create one: the adapter has no sriov_numvfs, because SR-IOV is disabled in it or in the BIOS setup',
        excludedBy: (view, { asRoot, opened, errno }) =>
          !asRoot || opened || errno !== 'EACCES' || surroundings(view).insideContainer,
        shownBy: () => true,
        fixes: [...remedy.enableInAdapter, ...remedy.enableInBios],
      },
      {
        cause: 'not-permitted',
        title: 'Not permitted: this needs root',
        is: 'writing to sysfs requires root on the host',
        fixes: remedy.asRoot,
      },
    ],
    decide: fix('command', 'Look whether the file is there', {
      commands: [command`ls -l /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`],
    }),
  },
];
