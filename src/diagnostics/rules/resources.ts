import { enableInBios, moreRoom } from '../causes/remedies';
import { command } from '../command';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { Line } from '../view/line';
import { quote, type View } from '../view/view';
import { shortages } from '../../model/vfCapacity';

const notEnough = /not enough MMIO resources for SR-IOV|IOV BARS not allocated/i;

/**
 * VF BARs that were left without space: by the last message on each, since a later pass of the kernel often finds room.
 * BARs 7 to 12 are those of the VFs; where it is a bridge, the numbers are its windows'.
 */
const ofVf =
  /\b(?:VF )?BAR (\d+)(?: \[[^\]]*\])?: *(no space|failed to assign|can't assign|can't claim|assigned|failed|releasing)/i;

export function barsWithoutSpace(view: View): Map<string, Line[]> {
  const bridges = new Set(view.find(/type 01 class 0x0604|PCI bridge to/i).map(({ pci }) => pci));
  const last = new Map<string, { line: Line; free: boolean }>();
  for (const line of view.said) {
    const match = ofVf.exec(line.message);
    if (!match || line.pci === null || bridges.has(line.pci)) continue;
    const number = Number(match[1]);
    const isVfBar = /VF BAR/i.test(match[0]) || (number >= 7 && number <= 12);
    if (!isVfBar || /\[io /.test(line.message)) continue;
    last.set(`${line.pci} ${/VF BAR/i.test(match[0]) ? number : number - 7}`, {
      line,
      free: !/^assigned/i.test(match[2] ?? ''),
    });
  }
  const left = new Map<string, Line[]>();
  for (const { line, free } of last.values())
    if (free && line.pci !== null) left.set(line.pci, [...(left.get(line.pci) ?? []), line]);
  return left;
}

const unassignedInLspci = (view: View): Hit[] =>
  view.devices
    .filter(({ sriov }) => sriov !== null && sriov.unassigned.length > 0 && sriov.numVfs === 0)
    .map(({ pci, header, sriov }) => hit(pci, [header, ...(sriov?.unassigned ?? [])]));

/** Adapters of a live host with a VF BAR that has no place, and no VFs to prove otherwise. */
const predicted = (view: View): Hit[] =>
  (view.live?.pfs ?? [])
    .filter(({ numVfs }) => !numVfs)
    .flatMap(({ pci, room }) =>
      shortages(pci, room, 1)
        .filter((shortage) => shortage.of === 'mmio')
        .map((shortage) => hit(pci, shortage.evidence, { says: shortage.what })),
    );
const placed = (view: View): string[] =>
  (view.live?.pfs ?? []).flatMap(({ pci, room: { vfBars } }) =>
    (vfBars ?? [])
      .filter(({ assigned }) => assigned)
      .map(({ index, start }) => `${pci} VF BAR ${index} at 0x${start.toString(16)}`),
  );

const mmio = (view: View): Hit[] => hitsBySubject(view.find(notEnough));
const overlap =
  /disabling \[mem \S+.*\] because it overlaps \S+ (?:VF )?BAR (?:[7-9]|1[0-2])|because it overlaps .* VF BAR/i;
const sanity =
  /WARNING: .*drivers\/pci\/setup-(?:bus|res)\.c|bogus alignment|(?:can't|failed to) assign.*bogus|resource assignment regression/i;
const notReserved =
  /BAR \d+(?: \[[^\]]*\])?: can't reserve|can't reserve \[mem|probe of \S+ failed with error -16|probe with driver \S+ failed with error -16|(?:request_mem_region|pci_request_\w*regions?|Cannot reserve|can ?not reserve|cannot obtain PCI resources|PCI region \d already).{0,60}(?:fail|busy|abort|claim)|cannot reserve (?:memory|PCI)/i;

export const resources: Family = {
  id: 'adapter.mmio',
  cause: 'mmio-too-small',
  fine: 'There is enough space for the VF BARs',
  looked: (view) =>
    quote([...placed(view), ...view.find(/VF BAR \d.*: assigned|BAR (?:[7-9]|1[0-2]): assigned \[mem/)], 2),
  rules: [
    {
      id: 'resources.mmio',
      cause: 'mmio-too-small',
      severity: always('error'),
      when: mmio,
      title: 'Not enough space for the memory windows (BARs) of the VFs',
      explain:
        'The bridge upstream of this adapter has too little memory-mapped address space for all VFs: the firmware did not reserve enough. "Cannot allocate memory" means this, not a lack of RAM.',
      fixes: moreRoom,
      past: 'until-vfs',
    },
    {
      id: 'resources.vf-bar-unassigned',
      cause: 'mmio-too-small',
      severity: always('warning'),
      when: (view) => [
        ...[...barsWithoutSpace(view)].map(([pci, lines]) => hit(pci, lines)),
        ...unassignedInLspci(view),
      ],
      title: 'VF BARs of this adapter have no address',
      explain: 'Setting a number of VFs on this adapter fails with "Cannot allocate memory".',
      fixes: moreRoom,
      yieldsTo: ['mmio-too-small'],
      past: 'until-vfs',
    },
    {
      id: 'resources.predicted',
      cause: 'mmio-too-small',
      severity: always('error'),
      when: predicted,
      title: 'No space for the memory windows (BARs) of the VFs',
      explain: ({ says }) => `${says ?? ''} Any number of VFs fails with "Cannot allocate memory".`.trim(),
      fixes: moreRoom,
      yieldsTo: ['mmio-too-small'],
    },
    {
      id: 'resources.sriov-off-in-bios',
      cause: 'sriov-off-in-bios',
      severity: always('warning'),
      when: (view) => (barsWithoutSpace(view).size > 0 ? [] : mmio(view).slice(0, 1)),
      title: 'SR-IOV may be disabled in the system firmware',
      explain: 'With SR-IOV disabled, the firmware reserves no address space and no bus numbers for VFs.',
      fixes: enableInBios,
      yieldsTo: ['sriov-off-in-bios'],
      past: 'until-vfs',
    },
    {
      id: 'resources.kernel-bug',
      cause: 'kernel-bug-resource-allocation',
      severity: always('error'),
      when: (view) => [
        ...said(sanity)(view),
        ...(view.find(overlap).length > 0 && view.find(notReserved).length > 0
          ? hitsBySubject(view.find(overlap))
          : []),
      ],
      title: 'The kernel mishandled PCI resources here',
      explain:
        'Resource assignment was reworked in several kernel releases; this kernel placed a VF BAR where it overlaps something else, or failed an internal check.',
      fixes: [
        fix('kernel-args', 'Try pci=realloc=off', {
          risk: 'VF BARs may then get no address space.',
          change: { kind: 'kernel-args', add: ['pci=realloc=off'], remove: [] },
        }),
        fix('driver', 'Boot a newer kernel, or the last one that worked', { needsReboot: true }),
      ],
    },
    {
      id: 'resources.vf-bar-overlap',
      cause: 'kernel-bug-resource-allocation',
      severity: always('info'),
      when: said(overlap),
      title: 'A VF BAR without an address was taken for a low address',
      explain:
        'Unassigned VF BARs start at 0, and the kernel drops firmware reservations that seem to overlap. Harmless, unless a device is then placed over the configuration space.',
      yieldsTo: ['kernel-bug-resource-allocation'],
    },
    {
      id: 'resources.bar-busy',
      cause: 'bar-busy',
      severity: always('error'),
      when: said(notReserved),
      title: 'The memory of this device is claimed elsewhere',
      explain:
        'The address range of a BAR is already claimed: by the boot framebuffer (efifb, simplefb), by a driver that did not release it, or by a firmware reservation.',
      fixes: [
        fix(
          'kernel-args',
          'For a graphics device: initcall_blacklist=sysfb_init, or video=efifb:off on older kernels',
          { risk: 'There is no console on that screen.' },
        ),
        fix('command', 'Find out what claims it', { commands: [command`cat /proc/iomem`] }),
      ],
      yieldsTo: ['kernel-bug-resource-allocation'],
    },
  ],
};
