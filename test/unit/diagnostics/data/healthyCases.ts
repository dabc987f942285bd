import type { HostEvidence } from '../../../../src/model/evidence';
import { evidence, log, remarks, typed } from './evidence';
import { healthyPrograms } from './healthyPrograms';

const on = 'DMAR: Intel(R) Virtualization Technology for Directed I/O';
const x710 =
  '3b:00.0 Ethernet controller: Intel Corporation Ethernet Controller X710 for 10GbE SFP+ (rev 02)';
const vf = '3b:02.0 Ethernet controller: Intel Corporation Ethernet Virtual Function 700 Series (rev 02)';

/** Hosts with nothing wrong that look as if there were. */
export const healthyCases: Record<string, HostEvidence> = {
  'the flag was read': evidence({ cmdline: 'root=/dev/sda1 intel_iommu=on', dmesg: ['DMAR: IOMMU enabled'] }),
  'on without a flag': evidence({
    cmdline: 'root=/dev/sda1',
    dmesg: ['DMAR: No RMRR found', 'DMAR: dmar0: Using Queued invalidation', on],
  }),
  'on by platform opt-in': evidence({
    cmdline: 'root=/dev/sda1',
    dmesg: ['DMAR: Intel-IOMMU force enabled due to platform opt in', on],
  }),
  'a flag with a second value': evidence({ cmdline: 'root=/dev/sda1 intel_iommu=on,sm_on', dmesg: [on] }),
  'an AMD host with Intel messages': log(
    'AMD-Vi: AMD IOMMUv2 functionality not available on this system - This is not a bug.',
    'AMD-Vi: Interrupt remapping enabled',
  ),
  'AMD and the value it does not know': evidence({
    cmdline: 'root=/dev/sda1 amd_iommu=on',
    dmesg: [
      "AMD-Vi: Unknown option - 'on'",
      'pci 0000:00:00.2: AMD-Vi: IOMMU performance counters supported',
    ],
  }),
  'x2apic opt-out': log(
    'DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.',
    "DMAR-IR: Use 'intremap=no_x2apic_optout' to override the BIOS setting.",
    'DMAR-IR: Enabled IRQ remapping in xapic mode',
  ),
  'ACPI noise': log('DMAR: Failed to find handle for ACPI object \\_SB.PCI0.UA00', on),
  'the graphics unit is left alone': log('pci 0000:00:02.0: DMAR: Skip IOMMU disabling for graphics', on),
  'a VF BAR that found room': log(
    'pci 0000:3b:00.0: BAR 7: no space for [mem size 0x00400000 64bit pref]',
    'pci 0000:3b:00.0: BAR 7: failed to assign [mem size 0x00400000 64bit pref]',
    'pci_bus 0000:3a: No. 2 try to assign unassigned res',
    'pci 0000:3b:00.0: BAR 7: assigned [mem 0xb0000000-0xb03fffff 64bit pref]',
  ),
  'a VF BAR that found room, in newer messages': log(
    "pci 0000:3b:00.0: VF BAR 0 [mem size 0x00400000 64bit pref]: can't assign; no space",
    'pci 0000:3b:00.0: VF BAR 0 [mem 0xb0000000-0xb03fffff 64bit pref]: assigned',
  ),
  'a bridge without room for I/O ports': log(
    'pci 0000:00:1c.0: BAR 13: no space for [io  size 0x1000]',
    'pci 0000:00:1c.0: BAR 7: failed to assign [io  size 0x1000]',
  ),
  'VF BARs as they are found': log(
    'pci 0000:3b:00.0: VF(n) BAR0 space: [mem 0x00000000-0x003fffff 64bit pref] (contains BAR0 for 64 VFs)',
    'pci 0000:3b:00.0: VF BAR 0 [mem 0x00000000-0x003fffff 64bit pref]: contains BAR 0 for 64 VFs',
  ),
  'the PF came up later': log(
    'ixgbevf 0000:3b:10.0: PF still in reset state.  Is the PF interface up?',
    'ixgbevf 0000:3b:10.0: Assigning random MAC address',
    'ixgbevf 0000:3b:10.0: NIC Link is Up 10 Gbps',
  ),
  'defaults of fresh VFs': remarks(
    '4: ens1f0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP',
    '    vf 0     link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
  ),
  'another port without a cable': remarks(
    '4: ens1f0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP',
    '    vf 0 MAC 02:00:00:00:00:01, spoof checking on, link-state auto',
    '5: ens1f1: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN',
  ),
  'a VF inside a guest, without physfn': evidence({
    lspci: [
      '00:06.0 Ethernet controller: Intel Corporation 82599 Ethernet Controller Virtual Function (rev 01)',
      '\tKernel driver in use: ixgbevf',
    ],
    dmesg: ['Hypervisor detected: KVM'],
    sysfs: { '/sys/bus/pci/devices/0000:00:06.0/physfn': 'absent' },
  }),
  'accelerated networking on Azure': log(
    'hv_netvsc 000d3a7b eth0: VF slot 1 added',
    'hv_netvsc 000d3a7b eth0: Data path switched to VF: enP1',
  ),
  'adapter firmware that offers SR-IOV': remarks(
    'SRIOV_EN                     True(1)',
    'NUM_OF_VFS                   16',
  ),
  'VFs on vfio-pci, the PF on its own driver': remarks(
    "0000:3b:02.0 'Ethernet Virtual Function 700 Series 154c' drv=vfio-pci unused=iavf",
    "0000:3b:00.0 'Ethernet Controller X710 1572' if=ens1f0 drv=i40e unused=vfio-pci",
  ),
  'lspci of an adapter and its VF': evidence({
    lspci: [
      x710,
      '\t\tLnkCap: Port #0, Speed 8GT/s, Width x8',
      '\t\tLnkSta: Speed 8GT/s (ok), Width x8 (ok)',
      '\tKernel driver in use: i40e',
      '\tKernel modules: i40e',
      vf,
      '\t\tLnkCap: Port #0, Speed 8GT/s, Width x8',
      '\t\tLnkSta: Speed unknown (downgraded), Width x0 (downgraded)',
      '\tKernel driver in use: iavf',
      '\tKernel modules: iavf',
    ],
  }),
  'a graphics card that saves power': evidence({
    lspci: [
      '65:00.0 VGA compatible controller: NVIDIA Corporation TU104',
      '\t\tLnkCap: Port #0, Speed 8GT/s, Width x16',
      '\t\tLnkSta: Speed 2.5GT/s (downgraded), Width x16',
    ],
  }),
  'a limited NVMe drive': log(
    'pci 0000:65:00.0: 31.504 Gb/s available PCIe bandwidth, limited by 8.0 GT/s PCIe x4 link at 0000:64:00.0 (capable of 63.012 Gb/s with 16.0 GT/s PCIe x4 link)',
    'nvme nvme0: pci function 0000:65:00.0',
  ),
  'an adapter at its full width': log(
    'mlx5_core 0000:3b:00.0: 63.008 Gb/s available PCIe bandwidth (8.0 GT/s PCIe x8 link)',
  ),
  'Secure Boot': evidence({
    dmesg: [
      'Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7',
      'i915: module verification failed: signature and/or required key missing - tainting kernel',
    ],
    sysfs: { '/sys/kernel/security/lockdown': 'none [integrity] confidentiality' },
  }),
  'the override argument on a mainline kernel': evidence({
    cmdline: 'root=/dev/sda1 pcie_acs_override=downstream,multifunction',
    dmesg: [on],
  }),
  'a checker in a pod': typed(
    'kubectl exec virt-launcher -- virt-host-validate qemu',
    'QEMU: Checking for device assignment IOMMU support : WARN (No ACPI DMAR table found, IOMMU either disabled in BIOS or not supported by this hardware platform)',
  ),
  'groups, by their number': evidence({
    sysfs: {
      '/sys/bus/pci/devices/0000:3b:02.0/iommu_group': '../../../../kernel/iommu_groups/85',
      'iommu groups': '94',
    },
  }),
  'group 0': evidence({ sysfs: { '/sys/bus/pci/devices/0000:3b:00.0/iommu_group': '0' } }),
  ARM: log(
    'ACPI: IORT: SMMU-v3[1a000000] Mapped to Proximity domain 0',
    'arm-smmu-v3 arm-smmu-v3.0.auto: ias 44-bit, oas 44-bit (features 0x00000fef)',
    'pci 0001:01:00.0: Adding to iommu group 5',
  ),
  'a route that is there already': typed(
    'ip route add 10.0.0.0/8 dev ens1f0v0',
    'RTNETLINK answers: File exists',
  ),
  'a write that succeeded': typed('echo 4 > /sys/class/net/ens1f0/device/sriov_numvfs', null, {
    sysfs: { sriov_numvfs: '4' },
  }),
  'a rule that knows "move"': remarks(
    'SUBSYSTEM=="net", ACTION=="add|change|move", ATTRS{vendor}=="0x15b3", ENV{NM_UNMANAGED}="1"',
  ),
  'the same arguments, configured and running': evidence({
    cmdline: 'BOOT_IMAGE=/vmlinuz root=/dev/sda1 quiet intel_iommu=on iommu=pt',
    other: [
      'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on iommu=pt"',
      '# GRUB_CMDLINE_LINUX="pci=realloc"',
    ],
    dmesg: [on],
  }),
  'VF resets in the course of configuring': log(
    'ixgbe 0000:3b:00.0 ens1f0: VF Reset msg received from vf 0',
    'ixgbe 0000:3b:00.0: setting MAC 02:00:00:00:00:05 on VF 0',
    'ixgbe 0000:3b:00.0: Reload the VF driver to make this change effective.',
    'iavf 0000:3b:02.0: Reset indication received from the PF',
  ),
  'mlx4 in slave mode': log(
    'mlx4_core 0000:3b:00.0: Enabling SR-IOV with 4 VFs',
    'mlx4_core 0000:3b:00.1: Detected virtual function - running in slave mode',
  ),
  'an NVMe drive without VFs that starts': log(
    'nvme nvme0: pci function 0000:3b:00.0',
    'nvme nvme0: 16/0/0 default/read/poll queues',
  ),
  'igb emulation noise': log(
    'igb 0000:01:00.0: VF 1 attempted to set invalid MAC filter',
    'igb 0000:01:00.0: 2 VFs allocated',
  ),
  'a broken table that was worked around, and no alarm about translation': log(
    'DMAR: Failed to find handle for ACPI object \\_SB.PCI0',
    on,
  ),
  ...healthyPrograms,
};
