import { always, fix, hit, hitsBySubject, said, whenPassedOn, type Family, type Hit } from '../rule';
import { isVf } from '../view/adapters';
import { iommuGroups } from '../view/iommuGroups';
import { once } from '../view/once';
import { quote, type View } from '../view/view';

const notViable =
  /group \d*\s*is not viable|group is not viable|ensure all devices within the iommu_?.?group|Not all devices in IOMMU group bound|IOMMU group \d+ has devices not bound|Verify all devices in group \d+ are bound/i;
const noAcs =
  /behind a switch lacking ACS|lacks? ACS|no ACS (?:support|capability)|ACS (?:is |was )?(?:missing|not (?:supported|enabled|present))|without ACS/i;
const rmrr =
  /ineligible for IOMMU domain attach due to platform RMRR|requested this device have a 1:1 IOMMU mapping/i;

const moveTogether = [
  fix('command', 'Bind all members of the group to vfio-pci (except bridges, which keep their driver)'),
  fix('bios', 'Enable ACS in the BIOS setup, or use a slot behind a port that has it'),
];

const passedOn = /vfio|hostdev|pass-?through|\bqemu\b|\bdpdk\b/i;
/** What is on one bus with an endpoint is no bridge above it. */
const busOf = (pci: string): string => pci.slice(0, -5);

/** VFs that live in one group with another function: `IOMMU group 1` said of two devices of which one is a VF. */
const sharedByVf = once((view: View): Hit[] => {
  const groups = new Map<number, { pci: string; vf: boolean; line: string }[]>();
  const add = (group: number | null, pci: string, vf: boolean, line: string) => {
    if (group === null) return;
    const members = groups.get(group) ?? [];
    if (!members.some((member) => member.pci === pci)) groups.set(group, [...members, { pci, vf, line }]);
  };
  for (const device of view.devices)
    if (!/bridge/i.test(device.class)) add(device.iommuGroup, device.pci, device.isVf, device.header);
  const wanted = new Set(view.failures.flatMap(({ text, pci }) => (passedOn.test(text) ? [pci] : [])));
  const all = iommuGroups(view);
  const ours = all.filter(({ pci }) => isVf(view, pci) || wanted.has(pci));
  const oursAre = new Set(ours.map(({ pci }) => pci));
  const near = new Set(ours.map(({ group, pci }) => `${group} ${busOf(pci)}`));
  const classes = new Map(view.devices.map((device) => [device.pci, device.class]));
  for (const { pci, group, line } of all) {
    const known = classes.get(pci);
    if (known === undefined ? near.has(`${group} ${busOf(pci)}`) : !/bridge/i.test(known))
      add(group, pci, oursAre.has(pci), line);
  }
  for (const pf of view.live?.pfs ?? []) {
    add(pf.iommuGroup, pf.pci, false, `${pf.pci} iommu_group ${pf.iommuGroup}`);
    for (const vf of pf.vfs) add(vf.iommuGroup, vf.pci, true, `${vf.pci} iommu_group ${vf.iommuGroup}`);
  }
  return [...groups].flatMap(([group, members]) =>
    members.length > 1 && members.some(({ vf }) => vf)
      ? [
          hit(members.find(({ vf }) => vf)?.pci, quote(members.map(({ line }) => line)), {
            says: String(group),
          }),
        ]
      : [],
  );
});

/** Of a VF whose group isn't known nobody can say that it has one of its own. */
const isolated = (view: View): boolean => {
  const vfs = (view.live?.pfs ?? []).flatMap((pf) => pf.vfs);
  return vfs.length > 0 && vfs.every(({ iommuGroup }) => iommuGroup !== null);
};

export const isolation: Family = {
  id: 'iommu.isolation',
  cause: 'iommu-group-shared',
  fine: 'Every VF has an IOMMU group of its own',
  looked: (view) => (isolated(view) ? ['/sys/bus/pci/devices/*/iommu_group'] : []),
  rules: [
    {
      id: 'isolation.group-not-viable',
      cause: 'iommu-group-shared',
      severity: always('error'),
      when: (view) => hitsBySubject(view.find(notViable)),
      title: 'The device shares its IOMMU group with devices that are bound to other drivers',
      explain:
        'Devices in one group are not isolated from each other, so vfio assigns a group only as a whole. Another member of this group still has a host driver.',
      fixes: moveTogether,
    },
    {
      id: 'isolation.two-address-spaces',
      cause: 'iommu-group-shared',
      severity: always('error'),
      when: said(/group \d+ used in multiple address spaces/i),
      title: 'Functions of one IOMMU group are to be in different address spaces',
      explain:
        'All members of a group share one translation. With a virtual IOMMU, QEMU gives each device of the machine an address space of its own, so two members cannot be passed to it separately.',
      fixes: [
        fix(
          'command',
          'Pass one function of the group only, or put both behind one PCIe-to-PCI bridge of the machine, or leave out the virtual IOMMU',
        ),
        ...moveTogether.slice(1),
      ],
    },
    {
      id: 'isolation.vf-group-shared',
      cause: 'iommu-group-shared',
      severity: whenPassedOn('error'),
      when: sharedByVf,
      title: ({ says }) => `VFs share IOMMU group ${says ?? ''}`.trim(),
      explain: 'These functions can only be assigned together, to one virtual machine or one DPDK process.',
      fixes: moveTogether,
    },
    {
      id: 'isolation.no-acs',
      cause: 'acs-missing',
      severity: whenPassedOn('error'),
      when: said(noAcs),
      title: 'A port upstream of the device has no Access Control Services',
      explain:
        'Without ACS on the upstream path, traffic between functions may bypass the IOMMU, so they are not isolated from each other.',
      fixes: moveTogether,
    },
    {
      id: 'isolation.acs-likely-missing',
      cause: 'acs-missing',
      severity: whenPassedOn('warning'),
      when: (view) => [...hitsBySubject(view.find(notViable)), ...sharedByVf(view)].slice(0, 1),
      title: 'Such groups are caused by a port without ACS',
      explain:
        'The kernel puts functions into one group if a port upstream has no Access Control Services, or if the adapter does not isolate its functions.',
      fixes: moveTogether,
      yieldsTo: ['acs-override-active'],
    },
    {
      id: 'isolation.acs-override',
      cause: 'acs-override-active',
      severity: whenPassedOn('warning'),
      when: said(/PCIe ACS overrides enabled/i),
      title: 'Isolation between devices is simulated, not real',
      explain:
        'An out-of-tree patch makes the kernel assume Access Control Services that the hardware does not have. Groups look separate, but devices can still reach each other behind the IOMMU.',
      fixes: [
        fix('kernel-args', 'Remove pcie_acs_override where isolation matters', {
          risk: 'IOMMU groups become larger again.',
        }),
      ],
    },
    {
      id: 'isolation.acs-override-argument',
      cause: 'acs-override-active',
      severity: always('info'),
      when: (view) => {
        const token = view.args?.token('pcie_acs_override');
        return token === undefined ? [] : [hit('host', [token])];
      },
      title: 'pcie_acs_override is on the command line',
      explain:
        'Mainline kernels ignore this argument. A kernel with the out-of-tree patch simulates isolation with it.',
      yieldsTo: ['acs-override-active'],
    },
    {
      id: 'isolation.rmrr',
      cause: 'rmrr-locked',
      severity: whenPassedOn('error'),
      when: said(rmrr),
      title: 'The firmware reserves a memory region for this device',
      explain:
        'The firmware requires a 1:1 mapping (RMRR or IVMD) for this device or its slot, so the kernel refuses to assign it. VFs of the same adapter are often not affected.',
      fixes: [
        fix(
          'firmware',
          'Update the firmware, or disable the reservation for the slot (HPE: conrep / "HP Shared Memory features")',
        ),
        fix('command', 'Assign a VF instead of the physical function, or use another slot'),
      ],
    },
  ],
};
