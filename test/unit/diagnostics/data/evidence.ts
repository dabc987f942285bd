import type { HostEvidence, LiveFacts, LivePf } from '../../../../src/model/evidence';
import type { VfCapacity } from '../../../../src/model/vfCapacity';

export const evidence = (parts: Partial<HostEvidence> = {}): HostEvidence => ({
  ...{ cmdline: null, dmesg: [], lspci: [], sysfs: {}, commands: [], other: [] },
  ...parts,
});
export const log = (...dmesg: string[]): HostEvidence => evidence({ dmesg });
export const remarks = (...other: string[]): HostEvidence => evidence({ other });
export const typed = (
  command: string,
  error: string | null,
  parts: Partial<HostEvidence> = {},
): HostEvidence => evidence({ commands: [{ command, error }], ...parts });
/** A number of VFs that was written, and refused. */
export const write = (count: number, error: string, parts: Partial<HostEvidence> = {}): HostEvidence =>
  typed(
    `echo ${count} > /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs`,
    `bash: echo: write error: ${error}`,
    parts,
  );

/** Room for the seven VFs of the lab's card, as its machine says. */
export const room: VfCapacity = {
  ...{ offset: 128, stride: 2, lastBus: 1, msixPool: null },
  vfBars: [
    { index: 0, start: 0xfe800000, end: 0xfe81ffff, assigned: true },
    { index: 3, start: 0xfe820000, end: 0xfe83ffff, assigned: true },
  ],
  windows: [
    { start: 0xfe200000, end: 0xfe3fffff },
    { start: 0xfe800000, end: 0xfe9fffff },
  ],
};
export const pf: LivePf = {
  ...{ pci: '0000:01:00.0', name: 'enp1s0', driver: 'igb', vendorId: '0x8086', deviceId: '0x10c9' },
  ...{ totalVfs: 7, numVfs: 0, up: true, carrier: true, driversAutoprobe: true, iommuGroup: 7 },
  linkSpeed: { current: '2.5 GT/s PCIe x1', max: '2.5 GT/s PCIe x1' },
  ...{ vfModule: 'igbvf', vfs: [], room },
};
export const vf = { pci: '0000:01:10.0', driver: 'igbvf', name: 'enp1s0v0', iommuGroup: 9 };

/** A host as it should be: the lab's, as root. */
export const healthy: LiveFacts = {
  ...{
    hostname: 'lab',
    kernel: '6.1.0-50-amd64',
    virtualization: 'qemu',
    insideContainer: false,
    isRoot: true,
  },
  ...{
    cpuVendor: 'GenuineIntel',
    iommuUnits: ['dmar0'],
    iommuGroups: 9,
    acpiTables: ['APIC', 'DMAR', 'FACP'],
  },
  ...{
    dmesgReadable: true,
    blacklistedModules: [],
    pfs: [pf, { ...pf, pci: '0000:02:00.0', name: 'enp2s0', room: { ...room, lastBus: 2 } }],
  },
  engines: [
    { engine: 'docker', status: 'ok', detail: '' },
    { engine: 'podman', status: 'ok', detail: '' },
  ],
};
const bus = (pci: string, last: string) => ({
  [`/sys/bus/pci/devices/${pci}/sriov_offset`]: '128',
  [`/sys/bus/pci/devices/${pci}/sriov_stride`]: '2',
  [`/sys/bus/pci/devices/${pci}/../subordinate_bus_number`]: last,
  [`/sys/bus/pci/devices/${pci}/sriov_vf_device`]: '10ca',
});
export const busFacts = { ...bus('0000:01:00.0', '1'), ...bus('0000:02:00.0', '2') };

export const live = (facts: Partial<LiveFacts> = {}, parts: Partial<HostEvidence> = {}): HostEvidence =>
  evidence({
    sysfs: { ...busFacts, lockdown: '[none] integrity confidentiality' },
    ...parts,
    live: { ...healthy, ...facts },
  });
export const withPf = (facts: Partial<LivePf>, parts: Partial<HostEvidence> = {}): HostEvidence =>
  live({ pfs: [{ ...pf, ...facts }] }, parts);
