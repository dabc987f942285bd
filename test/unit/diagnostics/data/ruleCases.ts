import type { HostEvidence } from '../../../../src/model/evidence';
import type { Cause, Purpose, Severity } from '../../../../src/model/finding';
import { programCases } from './programCases';
import { evidence, live, log, pf, remarks, room, typed, vf, withPf, write } from './evidence';

const device = '/sys/bus/pci/devices/0000:01:00.0';

/** Evidence on which a rule speaks up. Without a purpose it is judged as `sriov diagnose --evidence` judges it. */
export interface RuleCase {
  rule: string;
  cause: Cause;
  severity: Severity;
  purpose?: Purpose;
  evidence: HostEvidence;
}

const e1000 =
  '01:00.0 Ethernet controller: Intel Corporation 82599ES 10-Gigabit SFI/SFP+ Network Connection (rev 01)';
const vfLine =
  '01:10.0 Ethernet controller: Intel Corporation 82599 Ethernet Controller Virtual Function (rev 01)';
const sriov = [
  '\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)',
  '\t\tInitial VFs: 64, Total VFs: 64, Number of VFs: 0, Function Dependency Link: 00',
];
const totalAbsent = 'cat: /sys/class/net/eth4/device/sriov_totalvfs: No such file or directory';
const readTotal = 'cat /sys/class/net/eth4/device/sriov_totalvfs';
const table = 'DMAR: DRHD base: 0x000000fed91000 flags: 0x1';
const noGroup = 'vfio 0000:05:00.0: no iommu_group found: No such file or directory';

const adapter: RuleCase[] = [
  {
    rule: 'capability.absent-nic',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: typed(readTotal, totalAbsent, {
      dmesg: ['mlx5_core 0000:05:00.0: firmware version: 16.35.4030'],
    }),
  },
  {
    rule: 'capability.absent-perhaps-nic',
    cause: 'nic-firmware-sriov-off',
    severity: 'warning',
    evidence: typed(readTotal, totalAbsent),
  },
  {
    rule: 'capability.absent-bios',
    cause: 'sriov-off-in-bios',
    severity: 'error',
    evidence: evidence({ sysfs: { '/sys/class/net/eth4/device/sriov_totalvfs': 'absent' } }),
  },
  {
    rule: 'capability.perhaps-bios',
    cause: 'sriov-off-in-bios',
    severity: 'warning',
    evidence: typed(readTotal, totalAbsent, {
      lspci: ['05:00.0 Ethernet controller: Mellanox Technologies MT28800 Family [ConnectX-5 Ex]'],
    }),
  },
  {
    rule: 'capability.absent-gpu',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: typed(
      'cat /sys/bus/pci/devices/0000:00:02.0/sriov_totalvfs',
      'cat: /sys/bus/pci/devices/0000:00:02.0/sriov_totalvfs: No such file or directory',
    ),
  },
  {
    rule: 'capability.not-listed',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: evidence({
      cmdline: 'root=/dev/sda1 ixgbe.max_vfs=8',
      dmesg: ['ixgbe 0000:01:00.0: Enabling SR-IOV VFs using the max_vfs module parameter is deprecated.'],
      lspci: [
        e1000,
        '\tCapabilities: [100 v1] Advanced Error Reporting',
        '\tCapabilities: [140 v1] Device Serial Number 00-00-00-ff-ff-00-00-00',
        '\tKernel driver in use: ixgbe',
      ],
    }),
  },
  { rule: 'capability.none', cause: 'other', severity: 'error', evidence: live({ pfs: [] }) },
  {
    // QEMU's nvme, on the lab.
    rule: 'adapter.not-network',
    cause: 'other',
    severity: 'info',
    evidence: live({
      otherFunctions: [{ pci: '0000:03:00.0', pciClass: '0x010802', totalVfs: 4, driver: 'nvme' }],
    }),
  },
  {
    rule: 'pf-driver.lacks-sriov',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: log("[   80.1] hinic 0000:05:00.0: Driver doesn't support SRIOV configuration via sysfs"),
  },
  {
    rule: 'numvfs.no-callback',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: write(4, 'No such file or directory'),
  },
  {
    rule: 'numvfs.not-implemented',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: log('ixgbe 0000:05:00.0: Failed to enable PCI sriov: -38'),
  },
  {
    rule: 'numvfs.not-supported',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: write(4, 'Operation not supported'),
  },
  {
    rule: 'pf-driver.not-bound',
    cause: 'pf-driver-not-bound',
    severity: 'error',
    evidence: log('pci 0000:05:00.0: no driver bound to device; cannot configure SR-IOV'),
  },
  {
    rule: 'pf-driver.not-bound',
    cause: 'pf-driver-not-bound',
    severity: 'error',
    evidence: withPf({ driver: null }),
  },
  {
    rule: 'pf-driver.listed-without',
    cause: 'pf-driver-not-bound',
    severity: 'warning',
    evidence: evidence({ lspci: [e1000, ...sriov, '\tKernel modules: ixgbe'] }),
  },
  {
    rule: 'pf-driver.userspace',
    cause: 'pf-bound-to-vfio',
    severity: 'error',
    evidence: log('vfio-pci 0000:05:00.0: driver does not support SR-IOV configuration via sysfs'),
  },
  {
    rule: 'pf-driver.userspace',
    cause: 'pf-bound-to-vfio',
    severity: 'error',
    evidence: write(2, 'No such file or directory', {
      lspci: [e1000, '\tKernel driver in use: uio_pci_generic'],
    }),
  },
  {
    rule: 'pf-driver.userspace',
    cause: 'pf-bound-to-vfio',
    severity: 'error',
    evidence: withPf({ driver: 'vfio-pci' }),
  },
  {
    rule: 'pf-driver.module-rejected',
    cause: 'kernel-lockdown',
    severity: 'error',
    evidence: typed('modprobe ice', "modprobe: ERROR: could not insert 'ice': Key was rejected by service"),
  },
  {
    rule: 'pf-driver.module-not-built',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: remarks('Error! Bad return status for module build on kernel: 6.14.0 (x86_64)'),
  },
  {
    rule: 'pf-state.down',
    cause: 'pf-link-down',
    severity: 'error',
    evidence: remarks(
      '7: eth4: <BROADCAST,MULTICAST> mtu 1500 qdisc mq state DOWN',
      '    vf 0     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
    ),
  },
  {
    rule: 'pf-state.down',
    cause: 'pf-link-down',
    severity: 'warning',
    evidence: withPf({ up: false, carrier: false, numVfs: 1, vfs: [vf] }),
  },
  {
    rule: 'pf-state.vf-waits',
    cause: 'pf-link-down',
    severity: 'error',
    evidence: log('igbvf 0000:05:10.0: PF still in reset state. Is the PF interface up?'),
  },
  {
    rule: 'pf-state.vf-waits',
    cause: 'pf-link-down',
    severity: 'error',
    evidence: log('bnxt_en 0000:05:00.0 eth4: Reject SRIOV config request since if is down!'),
  },
  {
    rule: 'pf-state.no-carrier',
    cause: 'pf-link-down',
    severity: 'warning',
    evidence: remarks(
      '7: eth4: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN',
      '    vf 0     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
    ),
  },
  {
    rule: 'pf-state.no-carrier',
    cause: 'pf-link-down',
    severity: 'warning',
    evidence: withPf({ carrier: false, numVfs: 1, vfs: [vf] }),
  },
  {
    rule: 'pf-state.down-unused',
    cause: 'pf-link-down',
    severity: 'info',
    evidence: withPf({ up: false, carrier: false }),
  },
  {
    rule: 'link.degraded',
    cause: 'pcie-link-degraded',
    severity: 'warning',
    evidence: log(
      'ice 0000:05:00.0: 31.504 Gb/s available PCIe bandwidth, limited by 8.0 GT/s PCIe x4 link at 0000:00:1c.0 (capable of 126.016 Gb/s with 8.0 GT/s PCIe x16 link)',
    ),
  },
  {
    rule: 'link.degraded',
    cause: 'pcie-link-degraded',
    severity: 'warning',
    evidence: evidence({
      lspci: [
        e1000,
        '\t\tLnkCap: Port #0, Speed 5GT/s, Width x8',
        '\t\tLnkSta: Speed 2.5GT/s (downgraded), Width x8',
      ],
    }),
  },
  {
    rule: 'link.degraded',
    cause: 'pcie-link-degraded',
    severity: 'warning',
    evidence: withPf({ linkSpeed: { current: '8.0 GT/s PCIe x4', max: '8.0 GT/s PCIe x8' } }),
  },
];

const resources: RuleCase[] = [
  {
    rule: 'resources.mmio',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: log(
      'ixgbe 0000:05:00.0 eth4: SR-IOV enabled with 8 VFs',
      'ixgbe 0000:05:00.0: not enough MMIO resources for SR-IOV',
    ),
  },
  {
    rule: 'resources.mmio',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: log('qede 0000:05:00.0: SR-IOV: IOV BARS not allocated'),
  },
  {
    rule: 'numvfs.no-memory',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: log('mlx5_core 0000:05:00.0: mlx5_device_enable_sriov: pci_enable_sriov failed : -12'),
  },
  {
    rule: 'numvfs.no-memory',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: write(4, 'Cannot allocate memory'),
  },
  {
    rule: 'resources.mmio',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: withPf({}, { dmesg: ['igb 0000:01:00.0: not enough MMIO resources for SR-IOV'] }),
  },
  {
    rule: 'resources.vf-bar-unassigned',
    cause: 'mmio-too-small',
    severity: 'warning',
    evidence: log(
      'pci 0000:05:00.0: VF BAR 0 [mem size 0x00400000 64bit pref]: assigned',
      "pci 0000:05:00.0: VF BAR 0 [mem size 0x00400000 64bit pref]: can't assign; no space",
      'pci 0000:05:00.0: VF BAR 0 [mem size 0x00400000 64bit pref]: failed to assign',
    ),
  },
  {
    rule: 'resources.vf-bar-unassigned',
    cause: 'mmio-too-small',
    severity: 'warning',
    evidence: evidence({
      lspci: [e1000, ...sriov, '\t\tRegion 0: Memory at <unassigned> (64-bit, non-prefetchable)'],
    }),
  },
  {
    rule: 'resources.sriov-off-in-bios',
    cause: 'sriov-off-in-bios',
    severity: 'warning',
    evidence: log('igb 0000:01:00.0: not enough MMIO resources for SR-IOV'),
  },
  {
    rule: 'resources.kernel-bug',
    cause: 'kernel-bug-resource-allocation',
    severity: 'error',
    evidence: log('WARNING: CPU: 0 PID: 1 at drivers/pci/setup-bus.c:2153 __pci_bus_assign_resources+0x1'),
  },
  {
    rule: 'resources.vf-bar-overlap',
    cause: 'kernel-bug-resource-allocation',
    severity: 'info',
    evidence: log(
      'pnp 00:04: disabling [mem 0xe0000000-0xefffffff] because it overlaps 0000:05:00.0 BAR 9 [mem 0x00000000-0xffffffff 64bit pref]',
    ),
  },
  {
    rule: 'resources.bar-busy',
    cause: 'bar-busy',
    severity: 'error',
    evidence: log("vfio-pci 0000:05:00.0: BAR 1: can't reserve [mem 0xe0000000-0xefffffff 64bit pref]"),
  },
  {
    rule: 'bus.out-of-range',
    cause: 'bus-out-of-range',
    severity: 'error',
    evidence: log("ixgbe 0000:05:00.0: can't enable 63 VFs (bus 07 out of range of [bus 05-06])"),
  },
  {
    rule: 'bus.out-of-range',
    cause: 'bus-out-of-range',
    severity: 'error',
    evidence: log('igb 0000:05:00.0: SR-IOV: bus number out of range'),
  },
  {
    rule: 'bus.predicted',
    cause: 'bus-out-of-range',
    severity: 'error',
    evidence: withPf({ room: { ...room, offset: 384 } }),
  },
  {
    rule: 'resources.predicted',
    cause: 'mmio-too-small',
    severity: 'error',
    evidence: withPf({
      room: { ...room, vfBars: [{ index: 0, start: 0, end: 0x1ffff, assigned: false }] },
    }),
  },
  {
    rule: 'firmware.msix-predicted',
    cause: 'msix-exhausted',
    severity: 'warning',
    evidence: withPf({ room: { ...room, msixPool: 4 } }),
  },
  {
    rule: 'bus.ari-missing',
    cause: 'ari-missing',
    severity: 'error',
    evidence: log('pci 0000:05:02.0: [8086:10ed] type 7f class 0xffffff'),
  },
  {
    rule: 'numvfs.io-error',
    cause: 'ari-missing',
    severity: 'error',
    evidence: write(16, 'Input/output error'),
  },
  {
    rule: 'bus.lspci-unreachable',
    cause: 'ari-missing',
    severity: 'warning',
    evidence: evidence({ lspci: [vfLine, '\t!!! Unknown header type 7f'] }),
  },
  {
    rule: 'firmware.sriov-off',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: remarks('         SRIOV_EN                            True(1)         False(0)        True(1)'),
  },
  {
    rule: 'firmware.sriov-off',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: remarks('NIC.Slot.1-1-1 VirtualizationMode=NONE'),
  },
  {
    rule: 'firmware.sriov-off-in-bios',
    cause: 'sriov-off-in-bios',
    severity: 'error',
    evidence: remarks('SriovGlobalEnable=Disabled'),
  },
  {
    rule: 'firmware.vf-limit',
    cause: 'nic-firmware-vf-limit',
    severity: 'error',
    evidence: write(32, 'Invalid argument', { other: ['NUM_OF_VFS                                  16'] }),
  },
  {
    rule: 'firmware.mlx4-option',
    cause: 'mlx4-num-vfs-param-missing',
    severity: 'error',
    evidence: log('mlx4_core 0000:05:00.0: driver does not support SR-IOV configuration via sysfs'),
  },
  {
    rule: 'firmware.mlx4-option',
    cause: 'mlx4-num-vfs-param-missing',
    severity: 'error',
    evidence: evidence({
      lspci: ['05:00.0 Network controller: Mellanox Technologies MT27500 Family [ConnectX-3]'],
      other: ['SRIOV_EN    True(1)', 'NUM_OF_VFS  4'],
    }),
  },
  {
    rule: 'firmware.msix',
    cause: 'msix-exhausted',
    severity: 'error',
    evidence: log(
      'ice 0000:05:00.0: Only 4 MSI-X interrupts available for SR-IOV. Not enough to support minimum of 2 MSI-X interrupts per VF for 8 VFs',
    ),
  },
  {
    rule: 'numvfs.no-space',
    cause: 'msix-exhausted',
    severity: 'error',
    evidence: write(8, 'No space left on device'),
  },
  {
    rule: 'numvfs.io-error',
    cause: 'msix-exhausted',
    severity: 'error',
    evidence: write(8, 'Input/output error', {
      dmesg: ['ice 0000:05:00.0: The DDP package was successfully loaded'],
    }),
  },
];

const counts: RuleCase[] = [
  {
    rule: 'numvfs.busy',
    cause: 'numvfs-change-needs-zero',
    severity: 'error',
    evidence: write(3, 'Device or resource busy'),
  },
  {
    rule: 'numvfs.needs-zero',
    cause: 'numvfs-change-needs-zero',
    severity: 'error',
    evidence: log('ixgbe 0000:05:00.0: 7 VFs already enabled. Disable before enabling 3 VFs'),
  },
  {
    rule: 'numvfs.busy',
    cause: 'driver-bug',
    severity: 'error',
    evidence: write(3, 'Device or resource busy', { sysfs: { sriov_numvfs: '0' } }),
  },
  {
    rule: 'numvfs.busy',
    cause: 'vfs-in-use',
    severity: 'error',
    evidence: write(0, 'Device or resource busy'),
  },
  {
    rule: 'numvfs.in-use',
    cause: 'vfs-in-use',
    severity: 'error',
    evidence: log('i40e 0000:05:00.0: Unable to free VFs because some are assigned to VMs.'),
  },
  {
    rule: 'numvfs.busy',
    cause: 'eswitch-busy',
    severity: 'error',
    evidence: write(0, 'Device or resource busy', {
      dmesg: ['mlx5_core 0000:05:00.0: E-Switch: Enable: mode(OFFLOADS), nvfs(4)'],
    }),
  },
  {
    rule: 'numvfs.out-of-range',
    cause: 'nic-firmware-vf-limit',
    severity: 'error',
    evidence: write(99, 'Numerical result out of range'),
  },
  {
    rule: 'numvfs.beyond-limit',
    cause: 'nic-firmware-vf-limit',
    severity: 'error',
    evidence: write(99, 'Invalid argument', {
      sysfs: { '/sys/bus/pci/devices/0000:05:00.0/sriov_totalvfs': '63' },
    }),
  },
  {
    rule: 'numvfs.out-of-range',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: typed(
      'echo 7 > /sys/bus/pci/devices/0000:00:02.0/sriov_numvfs',
      'write error: Numerical result out of range',
    ),
  },
  {
    rule: 'numvfs.fewer',
    cause: 'nic-firmware-vf-limit',
    severity: 'warning',
    evidence: log('sfc 0000:05:00.0: 8 VFs requested; only 4 enabled'),
  },
  { rule: 'numvfs.refused', cause: 'other', severity: 'warning', evidence: write(4, 'Invalid argument') },
  {
    rule: 'numvfs.unreadable-error',
    cause: 'other',
    severity: 'unknown',
    evidence: typed(
      'echo 4 > /sys/class/net/eth4/device/sriov_numvfs',
      'bash: echo: Schreibfehler: Kunde inte allokera minne',
    ),
  },
  {
    rule: 'switchdev.refused',
    cause: 'eswitch-busy',
    severity: 'error',
    evidence: typed(
      'devlink dev eswitch set pci/0000:05:00.0 mode legacy',
      "Error: mlx5_core: Can't change mode, E-Switch is busy.\nkernel answers: Device or resource busy",
    ),
  },
  {
    rule: 'switchdev.held',
    cause: 'eswitch-busy',
    severity: 'error',
    evidence: log("mlx5_core 0000:05:00.0: E-Switch: Can't change mode while LAG is active"),
  },
  {
    rule: 'switchdev.refused',
    cause: 'switchdev-needs-zero-vfs',
    severity: 'error',
    evidence: typed(
      'devlink dev eswitch set pci/0000:05:00.0 mode switchdev',
      'kernel answers: Device or resource busy',
    ),
  },
  {
    rule: 'switchdev.needs-zero',
    cause: 'switchdev-needs-zero-vfs',
    severity: 'error',
    evidence: log('ice 0000:05:00.0: Changing eswitch mode is allowed only if there is no VFs created'),
  },
];

const virtualFunctions: RuleCase[] = [
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'error',
    evidence: typed(
      'modprobe igbvf',
      'modprobe: FATAL: Module igbvf not found in directory /lib/modules/6.1.0',
    ),
  },
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'error',
    evidence: evidence({ cmdline: 'root=/dev/sda1 module_blacklist=iavf,foo' }),
  },
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'error',
    evidence: live({ blacklistedModules: ['igbvf'], pfs: [pf] }),
  },
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'error',
    evidence: withPf({ vfModule: null }),
  },
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'info',
    purpose: 'vfio',
    evidence: withPf({ vfModule: null }),
  },
  {
    rule: 'vf-driver.none-listed',
    cause: 'vf-driver-missing',
    severity: 'warning',
    evidence: evidence({
      lspci: [e1000, '\tKernel driver in use: ixgbe', vfLine, '\tSubsystem: Intel Corporation Device 0000'],
    }),
  },
  {
    rule: 'vf-driver.autoprobe-off',
    cause: 'vf-driver-not-bound',
    severity: 'error',
    evidence: evidence({ sysfs: { '/sys/bus/pci/devices/0000:05:00.0/sriov_drivers_autoprobe': '0' } }),
  },
  {
    rule: 'vf-driver.autoprobe-off',
    cause: 'vf-driver-not-bound',
    severity: 'error',
    evidence: withPf({ driversAutoprobe: false, numVfs: 1, vfs: [{ ...vf, driver: null, name: null }] }),
  },
  {
    rule: 'vf-driver.unprobed',
    cause: 'vf-driver-not-bound',
    severity: 'warning',
    evidence: evidence({ lspci: [vfLine, '\tKernel modules: ixgbevf'] }),
  },
  {
    rule: 'vf-driver.unprobed',
    cause: 'vf-driver-not-bound',
    severity: 'warning',
    evidence: remarks("0000:05:02.0 'Ethernet Virtual Function 700 Series 154c' unused=iavf,vfio-pci"),
  },
  {
    rule: 'vf-driver.unprobed',
    cause: 'vf-driver-not-bound',
    severity: 'warning',
    evidence: withPf({ numVfs: 1, vfs: [{ ...vf, driver: null, name: null }] }),
  },
  {
    rule: 'vf-driver.lookup-impossible',
    cause: 'vf-driver-missing',
    severity: 'unknown',
    evidence: withPf({ vfModule: null }, { sysfs: {} }),
  },
  {
    rule: 'vf-driver.not-provisioned',
    cause: 'vf-not-provisioned',
    severity: 'error',
    evidence: log(
      'nvme nvme3: pci function 0000:05:00.3',
      'nvme nvme3: Device not ready; aborting initialisation, CSTS=0x0',
    ),
  },
  {
    rule: 'vf.untrusted',
    cause: 'vf-untrusted',
    severity: 'error',
    evidence: log(
      'i40e 0000:05:00.0: Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality',
    ),
  },
  {
    rule: 'vf.spoofing-caught',
    cause: 'vf-untrusted',
    severity: 'warning',
    evidence: log('ixgbe 0000:05:00.0 eth4: 12 Spoofed packets detected'),
  },
  {
    rule: 'vf.mac-set-by-pf',
    cause: 'vf-mac-set-by-pf',
    severity: 'error',
    evidence: log('igb 0000:05:00.0: VF 1 attempted to override administratively set MAC address'),
  },
  {
    rule: 'vf.mac-set-by-pf',
    cause: 'vf-mac-set-by-pf',
    severity: 'error',
    evidence: typed(
      'ip link set dev eth9 address 02:00:00:00:00:09',
      'RTNETLINK answers: Operation not permitted',
    ),
  },
  {
    rule: 'vf.mac-set-by-pf',
    cause: 'vf-mac-set-by-pf',
    severity: 'info',
    evidence: live(
      {},
      { dmesg: ['igb 0000:01:00.0: VF 1 attempted to override administratively set MAC address'] },
    ),
  },
  {
    rule: 'vf.mac-filter-refused',
    cause: 'vf-untrusted',
    severity: 'warning',
    evidence: log('iavf 0000:05:02.0: Failed to add MAC filter, error IAVF_ERR_NVM'),
  },
  {
    rule: 'vf.rate-unsupported',
    cause: 'rate-limit-unsupported',
    severity: 'error',
    evidence: typed('ip link set eth4 vf 0 min_tx_rate 100', 'RTNETLINK answers: Operation not supported'),
  },
  {
    rule: 'vf.vlan-on-infiniband',
    cause: 'vlan-unsupported-infiniband',
    severity: 'error',
    evidence: typed('ip link set ib0 vf 0 vlan 5', 'RTNETLINK answers: Operation not supported', {
      other: [
        '3: ib0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 2044 qdisc mq state UP',
        '    link/infiniband 00:00:00:67:fe:80 brd 00:ff',
      ],
    }),
  },
  {
    rule: 'vf.setting-refused',
    cause: 'other',
    severity: 'warning',
    evidence: typed('ip link set eth4 vf 0 state enable', 'RTNETLINK answers: Operation not supported'),
  },
  {
    rule: 'namespaces.name-taken',
    cause: 'name-conflict',
    severity: 'error',
    evidence: typed('ip link set dev eth9 netns 4711 name net1', 'RTNETLINK answers: File exists'),
  },
  {
    rule: 'namespaces.rename-busy',
    cause: 'name-conflict',
    severity: 'warning',
    evidence: remarks('failed to rename vf 29 device "eth29" to "eth0": device or resource busy'),
  },
  {
    rule: 'namespaces.stuck',
    cause: 'vf-stuck-in-netns',
    severity: 'error',
    evidence: typed('ip link show eth9', 'Device "eth9" does not exist.', {
      lspci: [vfLine, '\tKernel driver in use: ixgbevf'],
    }),
  },
  {
    rule: 'managers.interfere',
    cause: 'network-manager-interferes',
    severity: 'error',
    evidence: remarks('ACTION=="add", ATTRS{device}=="0x10ca", ENV{NM_UNMANAGED}="1"'),
  },
  {
    rule: 'managers.interfere',
    cause: 'network-manager-interferes',
    severity: 'error',
    evidence: log(
      "Nov 22 10:00:00 host NetworkManager[812]: <info>  [1732] device (eth4v3): Activation: starting connection 'Wired connection 2'",
    ),
  },
  {
    rule: 'managers.unmanaged',
    cause: 'network-manager-interferes',
    severity: 'info',
    evidence: remarks('ACTION=="add|change|move", ATTRS{device}=="0x10ca", ENV{NM_UNMANAGED}="1"'),
  },
];

const bugs: RuleCase[] = [
  {
    rule: 'bugs.ice-reset-loop',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log('ice 0000:05:00.0: PF failed to honor VF 0, opcode 53, error -22'),
  },
  {
    rule: 'bugs.ice-reset-loop',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log(
      ...Array.from(
        { length: 4 },
        (_, i) => `[ ${i}0.0] iavf 0000:05:01.0: Reset indication received from the PF`,
      ),
    ),
  },
  {
    rule: 'bugs.iavf-no-config',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log('iavf 0000:05:02.0: Unable to get VF config due to PF error condition, not retrying'),
  },
  {
    rule: 'bugs.vf-refused',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: log('iavf 0000:05:02.0: PF returned error -64 (IAVF_NOT_SUPPORTED) to our request 51'),
  },
  {
    rule: 'bugs.vf-in-reset',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: log('i40e 0000:05:00.0: VF 3 still in reset. Try again.'),
  },
  {
    rule: 'bugs.device-gone',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: log(
      'vfio-pci 0000:05:00.0: Unable to change power state from D3cold to D0, device inaccessible',
    ),
  },
  {
    rule: 'bugs.guc',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log('i915 0000:00:02.0: [drm] *ERROR* GT0: GuC initialization failed -EIO'),
  },
  {
    rule: 'bugs.crash',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log('BUG: kernel NULL pointer dereference, address: 0000000000000008'),
  },
  {
    rule: 'bugs.hang',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: log('i40e 0000:05:00.0: TX driver issue detected, PF reset issued'),
  },
];

const host: RuleCase[] = [
  {
    rule: 'engine.unreachable',
    cause: 'engine-unreachable',
    severity: 'error',
    evidence: typed(
      'docker ps',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ),
  },
  {
    rule: 'engine.unreachable',
    cause: 'engine-unreachable',
    severity: 'error',
    evidence: live({ engines: [{ engine: 'docker', status: 'absent', detail: 'docker is not installed' }] }),
  },
  {
    rule: 'engine.unreachable',
    cause: 'engine-unreachable',
    severity: 'info',
    purpose: 'vm',
    evidence: live({ engines: [{ engine: 'docker', status: 'absent', detail: 'docker is not installed' }] }),
  },
  {
    rule: 'engine.stopped',
    cause: 'engine-unreachable',
    severity: 'warning',
    evidence: live({
      engines: [
        { engine: 'docker', status: 'not-running', detail: 'no daemon' },
        { engine: 'podman', status: 'ok', detail: '' },
      ],
    }),
  },
  {
    rule: 'engine.denied',
    cause: 'engine-unreachable',
    severity: 'error',
    evidence: typed(
      'docker ps',
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    ),
  },
  {
    rule: 'engine.denied-here',
    cause: 'engine-unreachable',
    severity: 'unknown',
    evidence: live({
      isRoot: false,
      engines: [{ engine: 'docker', status: 'denied', detail: 'permission denied' }],
    }),
  },
  {
    rule: 'privileges.lockdown',
    cause: 'kernel-lockdown',
    severity: 'error',
    evidence: log('Lockdown: mstflint: direct PCI access is restricted; see man kernel_lockdown.7'),
  },
  {
    rule: 'privileges.lockdown',
    cause: 'kernel-lockdown',
    severity: 'error',
    evidence: typed('mlxconfig -d 05:00.0 q', '-E- Failed to open the device', {
      sysfs: { '/sys/kernel/security/lockdown': 'none [integrity] confidentiality' },
    }),
  },
  {
    rule: 'privileges.lockdown-active',
    cause: 'kernel-lockdown',
    severity: 'info',
    evidence: log('Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7'),
  },
  {
    rule: 'numvfs.denied',
    cause: 'not-permitted',
    severity: 'error',
    evidence: write(4, 'Permission denied'),
  },
  {
    rule: 'numvfs.denied',
    cause: 'nic-firmware-sriov-off',
    severity: 'error',
    evidence: evidence({
      commands: [
        {
          command: 'echo 4 > /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs',
          error: 'bash: /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs: Permission denied',
          asRoot: true,
        },
      ],
    }),
  },
  {
    rule: 'bugs.up-busy',
    cause: 'driver-bug',
    severity: 'error',
    evidence: typed('ip link set eth4 up', 'RTNETLINK answers: Device or resource busy'),
  },
  {
    rule: 'privileges.refused',
    cause: 'not-permitted',
    severity: 'error',
    evidence: typed('ip link set eth4 vf 0 trust on', 'RTNETLINK answers: Operation not permitted'),
  },
  {
    rule: 'privileges.tool-refused',
    cause: 'not-permitted',
    severity: 'warning',
    evidence: typed('mlxconfig -d 05:00.0 q', '-E- Failed to open the device'),
  },
  {
    rule: 'bugs.firmware-state',
    cause: 'driver-bug',
    severity: 'error',
    evidence: log(
      'mlx5_core 0000:05:00.2: mlx5_cmd_out_err:808:(pid 650): CREATE_TIS(0x912) op_mod(0x0) failed, status bad parameter(0x3), syndrome (0x595b5d), err(-22)',
      'mlx5_core.eth: probe of mlx5_core.eth.2 failed with error -22',
    ),
  },
  {
    rule: 'bugs.stuck',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: log('INFO: task ip:4711 blocked for more than 122 seconds.', ' iavf_remove+0x55/0x3a0 [iavf]'),
  },
  {
    rule: 'conflicts.settings',
    cause: 'setting-conflict',
    severity: 'error',
    evidence: typed('ip link set dev ens1f0 vf 3 vlan 0 qos 5', 'RTNETLINK answers: Invalid argument'),
  },
  {
    rule: 'conflicts.settings',
    cause: 'setting-conflict',
    severity: 'error',
    evidence: evidence({
      commands: [{ command: 'echo add 7 7 > /sys/class/net/ens1f0/device/sriov/2/trunk', error: '' }],
      other: ['failed to set vf 2 vlan: operation not permitted'],
    }),
  },
  {
    rule: 'pf-driver.module-not-built',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: evidence({
      commands: [{ command: 'uname -r', error: '6.12.9-1-pve' }],
      other: ['xe-sriov/2025.01, 6.12.4-1-pve, x86_64: installed'],
    }),
  },
  {
    rule: 'container.memlock',
    cause: 'container-lacks-device',
    severity: 'warning',
    evidence: log('vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded'),
  },
  {
    rule: 'kernel-args.not-applied',
    cause: 'args-not-applied',
    severity: 'warning',
    evidence: remarks(
      'GRUB_CMDLINE_LINUX="quiet intel_iommu=on"',
      'but the running kernel does not have intel_iommu=on',
    ),
  },
  {
    rule: 'switchdev.refused',
    cause: 'eswitch-busy',
    severity: 'error',
    evidence: typed(
      'devlink dev eswitch set pci/0000:3b:00.0 mode switchdev',
      "Error: mlx5_core: Can't change eswitch mode during firmware reset.",
    ),
  },
  {
    rule: 'privileges.log-unreadable',
    cause: 'not-permitted',
    severity: 'unknown',
    evidence: live({ isRoot: false, dmesgReadable: false }),
  },
  {
    rule: 'privileges.lspci-partial',
    cause: 'not-permitted',
    severity: 'unknown',
    evidence: evidence({ lspci: [e1000, '\tCapabilities: <access denied>'] }),
  },
  {
    rule: 'kernel-args.reboot-needed',
    cause: 'args-not-applied',
    severity: 'warning',
    evidence: evidence({
      cmdline: 'BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro intel_iommu=off',
      sysfs: { '/var/lib/sriov-workbench/fixes/iommu.disabled-by-flag': '-intel_iommu=off' },
    }),
  },
  {
    rule: 'kernel-args.not-applied',
    cause: 'args-not-applied',
    severity: 'warning',
    evidence: evidence({
      cmdline: 'BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro',
      other: ['GRUB_CMDLINE_LINUX="pci=realloc"'],
    }),
  },
  {
    rule: 'kernel-args.not-applied',
    cause: 'args-not-applied',
    severity: 'error',
    purpose: 'vfio',
    evidence: evidence({
      cmdline: 'BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro',
      sysfs: { '/etc/kernel/cmdline': 'root=/dev/sda1 intel_iommu=on' },
    }),
  },
  {
    rule: 'kernel-args.no-extended-config-space',
    cause: 'other',
    severity: 'warning',
    evidence: evidence({ cmdline: 'root=/dev/sda1 pci=nommconf,noaer' }),
  },
  {
    rule: 'kernel-args.amd-iommu-on',
    cause: 'iommu-flag-missing',
    severity: 'info',
    evidence: log("AMD-Vi: Unknown option - 'on'"),
  },
  {
    rule: 'kernel-args.passthrough-mode',
    cause: 'iommu-flag-missing',
    severity: 'info',
    evidence: evidence({
      cmdline: 'root=/dev/sda1 iommu=pt',
      dmesg: ['DMAR: Intel(R) Virtualization Technology for Directed I/O'],
    }),
  },
];

const translation: RuleCase[] = [
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    evidence: log('Hypervisor detected: KVM', 'vfio-pci: probe of 0000:05:00.0 failed with error -22'),
  },
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    evidence: typed(
      'dpdk-devbind.py --bind=vfio-pci 0000:00:05.0',
      'Error: unbind failed for 0000:00:05.0 - Cannot open /sys/bus/pci/drivers/e1000/unbind',
      { dmesg: ['vfio-pci: probe of 0000:00:05.0 failed with error -22'] },
    ),
  },
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    purpose: 'vm',
    evidence: live({ iommuUnits: [], iommuGroups: 0, acpiTables: ['APIC', 'FACP'] }),
  },
  {
    rule: 'guest.noiommu-in-use',
    cause: 'guest-no-viommu',
    severity: 'warning',
    evidence: log('vfio-pci 0000:05:00.0: Adding kernel taint for vfio-noiommu group on device'),
  },
  { rule: 'guest.is-guest', cause: 'guest-no-viommu', severity: 'info', evidence: live() },
  {
    rule: 'iommu.disabled-by-flag',
    cause: 'iommu-disabled-by-flag',
    severity: 'error',
    evidence: evidence({ cmdline: 'root=/dev/sda1 iommu=off' }),
  },
  {
    rule: 'iommu.disabled-by-flag',
    cause: 'iommu-disabled-by-flag',
    severity: 'info',
    purpose: 'netdev',
    evidence: evidence({ cmdline: 'root=/dev/sda1 intel_iommu=on intel_iommu=off' }),
  },
  {
    rule: 'iommu.flag-missing',
    cause: 'iommu-flag-missing',
    severity: 'error',
    evidence: evidence({ dmesg: [table], sysfs: { '/sys/class/iommu': 'empty' } }),
  },
  {
    rule: 'iommu.off-in-bios',
    cause: 'vtd-off-in-bios',
    severity: 'error',
    evidence: evidence({
      cmdline: 'root=/dev/sda1 intel_iommu=on',
      commands: [{ command: 'qemu-system-x86_64', error: noGroup }],
    }),
  },
  {
    rule: 'iommu.off-in-bios',
    cause: 'vtd-off-in-bios',
    severity: 'error',
    purpose: 'vfio',
    evidence: live({ virtualization: 'none', iommuUnits: [], iommuGroups: 0, acpiTables: ['APIC', 'FACP'] }),
  },
  {
    rule: 'iommu.off-in-bios',
    cause: 'vtd-off-in-bios',
    severity: 'error',
    evidence: remarks(
      'pci device node1-000901000 has no iommuGroup available',
      'Server: a Grace Hopper, GH200',
    ),
  },
  {
    rule: 'iommu.no-hardware',
    cause: 'no-iommu-hardware',
    severity: 'error',
    evidence: log(
      'Machine model: Raspberry Pi Compute Module 5',
      'vfio-pci 0001:05:00.0: probe with driver vfio-pci failed with error -22',
    ),
  },
  {
    rule: 'iommu.capability-missing',
    cause: 'iommu-capability-missing',
    severity: 'error',
    evidence: log(
      'pci 0000:05:00.0: Adding to iommu group 3',
      'vfio-pci: probe of 0000:05:00.0 failed with error -22',
    ),
  },
  {
    rule: 'iommu.not-mapped',
    cause: 'dt-map-missing',
    severity: 'error',
    evidence: log('OF: /pcie@fd500000: no iommu-map translation for id 0x180 on (null)'),
  },
  {
    rule: 'iommu.unreadable',
    cause: 'iommu-flag-missing',
    severity: 'unknown',
    purpose: 'vfio',
    evidence: live({ iommuUnits: null }),
  },
  {
    rule: 'intremap.off',
    cause: 'interrupt-remapping-missing',
    severity: 'error',
    evidence: log(
      'DMAR-IR: This system BIOS has enabled interrupt remapping',
      'interrupt remapping is being disabled.  Please',
    ),
  },
  {
    rule: 'intremap.off',
    cause: 'interrupt-remapping-missing',
    severity: 'error',
    evidence: log('AMD-Vi: Interrupt remapping enabled', 'AMD-Vi: Disabling interrupt remapping'),
  },
  {
    rule: 'intremap.refused',
    cause: 'interrupt-remapping-missing',
    severity: 'error',
    evidence: typed(
      'virsh start guest',
      'vfio 0000:05:00.0: failed to setup container for group 9: Failed to set iommu for container: Operation not permitted',
    ),
  },
  {
    rule: 'intremap.turned-off',
    cause: 'interrupt-remapping-missing',
    severity: 'error',
    purpose: 'vfio',
    evidence: live({}, { cmdline: 'root=/dev/vda intremap=off' }),
  },
  {
    rule: 'intremap.unsafe-override',
    cause: 'interrupt-remapping-missing',
    severity: 'info',
    evidence: evidence({ cmdline: 'root=/dev/sda1 vfio_iommu_type1.allow_unsafe_interrupts=1' }),
  },
  {
    rule: 'isolation.group-not-viable',
    cause: 'iommu-group-shared',
    severity: 'error',
    evidence: typed('qemu-system-x86_64', 'vfio 0000:05:00.0: group 12 is not viable'),
  },
  {
    // QEMU hw/vfio: vfio_group_get, `group %d used in multiple address spaces`.
    rule: 'isolation.two-address-spaces',
    cause: 'iommu-group-shared',
    severity: 'error',
    evidence: remarks(
      'error="QMP command failed: vfio 0000:05:00.1: group 7 used in multiple address spaces" name=shim',
    ),
  },
  {
    rule: 'isolation.vf-group-shared',
    cause: 'iommu-group-shared',
    severity: 'error',
    purpose: 'vm',
    evidence: withPf({ iommuGroup: 7, numVfs: 1, vfs: [{ ...vf, iommuGroup: 7 }] }),
  },
  {
    rule: 'isolation.vf-group-shared',
    cause: 'iommu-group-shared',
    severity: 'info',
    purpose: 'netdev',
    evidence: withPf({ iommuGroup: 7, numVfs: 1, vfs: [{ ...vf, iommuGroup: 7 }] }),
  },
  {
    rule: 'isolation.vf-group-shared',
    cause: 'iommu-group-shared',
    severity: 'error',
    evidence: typed('lspci -k', null, {
      dmesg: ['vfio-pci 0000:01:10.0: enabling device (0000 -> 0002)'],
      lspci: [vfLine],
      other: [
        '/sys/kernel/iommu_groups/1/devices/0000:00:01.0',
        '/sys/kernel/iommu_groups/1/devices/0000:01:10.0',
        '/sys/kernel/iommu_groups/1/devices/0000:01:10.2',
      ],
    }),
  },
  {
    rule: 'iommu.no-hardware',
    cause: 'no-iommu-hardware',
    severity: 'error',
    evidence: typed('virsh start edge', `error: ${noGroup}`, {
      other: [
        '/sys/kernel/iommu_groups/0/devices/0000:00:00.0',
        '/sys/kernel/iommu_groups/1/devices/0000:00:1f.0',
      ],
    }),
  },
  {
    rule: 'isolation.no-acs',
    cause: 'acs-missing',
    severity: 'error',
    evidence: typed(
      'virsh start guest',
      'error: internal error: Device 0000:05:00.0 is behind a switch lacking ACS and cannot be assigned',
    ),
  },
  {
    rule: 'isolation.acs-likely-missing',
    cause: 'acs-missing',
    severity: 'warning',
    evidence: evidence({
      lspci: [
        'IOMMU Group 1 01:00.0 Ethernet controller [0200]: Intel Corporation 82599ES',
        'IOMMU Group 1 01:10.0 Ethernet controller [0200]: Intel Corporation 82599 Ethernet Controller Virtual Function',
      ],
    }),
  },
  {
    rule: 'isolation.acs-override',
    cause: 'acs-override-active',
    severity: 'warning',
    evidence: log('Warning: PCIe ACS overrides enabled; This may allow non-IOMMU protected peer-to-peer DMA'),
  },
  {
    rule: 'isolation.acs-override-argument',
    cause: 'acs-override-active',
    severity: 'info',
    evidence: evidence({ cmdline: 'root=/dev/sda1 pcie_acs_override=downstream' }),
  },
  {
    rule: 'isolation.rmrr',
    cause: 'rmrr-locked',
    severity: 'error',
    evidence: log(
      'ixgbe 0000:05:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.',
    ),
  },
  {
    rule: 'firmware-tables.unit-dead',
    cause: 'dmar-firmware-bug',
    severity: 'error',
    evidence: log(
      'DMAR: [Firmware Warn]: Your BIOS is broken; DMAR reported at address fed91000 returns all ones!',
    ),
  },
  {
    rule: 'firmware-tables.broken',
    cause: 'dmar-firmware-bug',
    severity: 'warning',
    evidence: log('DMAR: [Firmware Bug]: Your BIOS is broken; bad RMRR [0x0000-0x0001]'),
  },
  {
    rule: 'firmware-tables.faults',
    cause: 'dmar-firmware-bug',
    severity: 'info',
    evidence: log('DMAR: DRHD: handling fault status reg 2'),
  },
];

export const ruleCases: readonly RuleCase[] = [
  ...adapter,
  ...resources,
  ...counts,
  ...virtualFunctions,
  ...bugs,
  ...host,
  ...translation,
  ...programCases,
  {
    rule: 'numa.unknown',
    cause: 'other',
    severity: 'warning',
    purpose: 'vfio',
    evidence: live({}, { sysfs: { nodes: '0-1', [`${device}/numa_node`]: '-1' } }),
  },
  {
    rule: 'numa.remote',
    cause: 'other',
    severity: 'info',
    purpose: 'netdev',
    evidence: live(
      {},
      { sysfs: { nodes: '0-1', [`${device}/local_cpulist`]: '0-3,8-11', 'container fw cpus': '4-7' } },
    ),
  },
  {
    rule: 'vf.brings-along',
    cause: 'other',
    severity: 'info',
    evidence: live({
      pfs: [{ ...pf, vfs: [vf] }],
      holders: [{ vf: vf.pci, kind: 'host', brings: ['VLAN 42'], clear: ['vlan', '0'] }],
    }),
  },
  {
    rule: 'namespaces.orphan',
    cause: 'vf-stuck-in-netns',
    severity: 'warning',
    evidence: live({ pfs: [{ ...pf, vfs: [vf] }], holders: [{ vf: vf.pci, kind: 'orphan' }] }),
  },
  {
    rule: 'namespaces.no-netdev',
    cause: 'vf-stuck-in-netns',
    severity: 'warning',
    evidence: live({ pfs: [{ ...pf, vfs: [vf] }], holders: [{ vf: vf.pci, kind: 'none' }] }),
  },
  {
    rule: 'namespaces.unseen',
    cause: 'vf-stuck-in-netns',
    severity: 'unknown',
    evidence: live({ isRoot: false, pfs: [{ ...pf, vfs: [vf] }], holders: [{ vf: vf.pci, kind: 'none' }] }),
  },
  {
    rule: 'managers.sets-count',
    cause: 'network-manager-interferes',
    severity: 'info',
    evidence: live({}, { other: ['/etc/netplan/50-nic.yaml:      virtual-function-count: 4'] }),
  },
  {
    rule: 'managers.sets-count',
    cause: 'network-manager-interferes',
    severity: 'warning',
    evidence: live(
      {},
      {
        other: [
          '/etc/udev/rules.d/70-vf.rules:ACTION=="add", ATTR{device/sriov_numvfs}="4"',
          '/etc/sriov-operator: there',
        ],
      },
    ),
  },
  {
    rule: 'managers.uses-vfs',
    cause: 'network-manager-interferes',
    severity: 'info',
    evidence: live({}, { other: ["/etc/libvirt/qemu/networks/vfs.xml:    <pf dev='enp1s0'/>"] }),
  },
  {
    rule: 'managers.eager',
    cause: 'network-manager-interferes',
    severity: 'warning',
    evidence: live({}, { other: ['/run/NetworkManager: running'] }),
  },
  {
    rule: 'managers.greedy-network',
    cause: 'network-manager-interferes',
    severity: 'warning',
    evidence: live(
      {},
      { other: ['/run/systemd/netif: running', '/etc/systemd/network/20-all.network:Name=en* eth*'] },
    ),
  },
  {
    rule: 'engine.host-network',
    cause: 'other',
    severity: 'info',
    evidence: live({}, { sysfs: { 'containers on the host network': 'hostnet' } }),
  },
  {
    rule: 'engine.only-seen',
    cause: 'other',
    severity: 'info',
    evidence: live({ engines: [{ engine: 'containerd', status: 'ok', detail: '' }] }),
  },
  {
    rule: 'software.iproute2',
    cause: 'other',
    severity: 'error',
    evidence: live({}, { sysfs: { iproute2: 'ip utility, iproute2-5.10.0' } }),
  },
  {
    rule: 'software.iproute2',
    cause: 'other',
    severity: 'error',
    evidence: live({}, { sysfs: { iproute2: 'ip utility, iproute2-ss190107' } }),
  },
  {
    rule: 'software.kernel',
    cause: 'other',
    severity: 'warning',
    evidence: live({ kernel: '4.18.0-553.el8.x86_64' }),
  },
  {
    rule: 'software.vfio-pci',
    cause: 'vf-driver-missing',
    severity: 'error',
    purpose: 'vm',
    evidence: live({}, { sysfs: { 'vfio-pci': 'absent' } }),
  },
  {
    rule: 'software.vfio-pci',
    cause: 'vf-driver-missing',
    severity: 'info',
    purpose: 'netdev',
    evidence: live({ blacklistedModules: ['vfio_pci'] }),
  },
  {
    rule: 'software.vfio-pci-not-loaded',
    cause: 'vf-driver-missing',
    severity: 'info',
    evidence: live({}, { sysfs: { 'vfio-pci': 'installed' } }),
  },
  {
    rule: 'software.hugepages',
    cause: 'other',
    severity: 'info',
    evidence: live({}, { sysfs: { HugePages_Total: '0' } }),
  },
  {
    rule: 'users.no-noiommu',
    cause: 'guest-no-viommu',
    severity: 'warning',
    purpose: 'vfio',
    evidence: live({ iommuUnits: null, iommuGroups: null }, { sysfs: { VFIO_NOIOMMU: 'n' } }),
  },
  {
    rule: 'userspace.hugepages-elsewhere',
    cause: 'hugepages-missing',
    severity: 'warning',
    purpose: 'vfio',
    evidence: live(
      {},
      {
        sysfs: {
          [`${device}/numa_node`]: '1',
          'hugepages-2048kB-node0': '512, 512 free',
          'hugepages-2048kB-node1': '0, 0 free',
        },
      },
    ),
  },
  {
    rule: 'userspace.no-groups',
    cause: 'other',
    severity: 'warning',
    purpose: 'vfio',
    evidence: live({}, { sysfs: { VFIO_GROUP: 'n', VFIO_DEVICE_CDEV: 'y' } }),
  },
  {
    rule: 'userspace.governor',
    cause: 'other',
    severity: 'info',
    evidence: live({}, { sysfs: { governors: 'powersave', 'hugepages-2048kB-node0': '512, 512 free' } }),
  },
  {
    rule: 'userspace.no-isolation',
    cause: 'other',
    severity: 'info',
    evidence: live({}, { sysfs: { 'isolated-cpus': 'none', 'hugepages-2048kB-node0': '512, 512 free' } }),
  },
  {
    rule: 'userspace.memlock',
    cause: 'other',
    severity: 'info',
    evidence: live({ isRoot: false }, { sysfs: { memlock: '8192', 'hugepages-2048kB-node0': '1, 1 free' } }),
  },
  {
    rule: 'software.firmware-tool',
    cause: 'nic-firmware-sriov-off',
    severity: 'unknown',
    evidence: withPf({ vendorId: '0x15b3' }, { sysfs: { mlxconfig: 'absent', mstconfig: 'absent' } }),
  },
  {
    rule: 'software.devlink',
    cause: 'switchdev-needs-zero-vfs',
    severity: 'unknown',
    evidence: withPf({ driver: 'ice' }, { sysfs: { devlink: 'absent' } }),
  },
  {
    rule: 'language.not-english',
    cause: 'other',
    severity: 'info',
    evidence: write(4, 'Nicht genügend Hauptspeicher verfügbar'),
  },
  {
    rule: 'firmware.msix',
    cause: 'msix-exhausted',
    severity: 'error',
    evidence: log("bnxt_en 0000:65:00.0 ens1f0np0: Cannot enable VF's as all resources are used by PF"),
  },
  {
    rule: 'pf-driver.lacks-sriov',
    cause: 'pf-driver-lacks-sriov',
    severity: 'error',
    evidence: log('ice 0000:3b:00.0: SR-IOV cannot be configured - Device is in Safe Mode'),
  },
  {
    rule: 'iommu.disabled-by-flag',
    cause: 'iommu-disabled-by-flag',
    severity: 'error',
    evidence: log('AMD-Vi: AMD IOMMU disabled by kernel command line'),
  },
];
