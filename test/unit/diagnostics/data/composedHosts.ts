import type { Purpose } from '../../../../src/model/finding';

/** A host as a user would send it, and what is wrong with it. */
export interface ComposedHost {
  /** Text from a terminal, or the document of an evidence file. */
  given: string | Record<string, unknown>;
  /** A cause of the vocabulary, or `healthy`. */
  cause: string;
  /** Causes that may be named beside it. */
  free?: string[];
  purpose?: Purpose;
}

const lines = (...text: string[]): string => text.join('\n');

/**
 * Hosts that nobody captured: composed from the messages in the kernel's sources, whose file is named, as they would stand
 * in a log together with what is always there. They are of vendors and architectures that the captured samples lack.
 */
export const composedHosts: Record<string, ComposedHost> = {
  // drivers/net/ethernet/broadcom/bnx2x/bnx2x_sriov.c: bnx2x_sriov_configure
  'bnx2x, whose interface is down': {
    given: lines(
      'root@node3:~# echo 4 > /sys/class/net/eno49/device/sriov_numvfs',
      '-bash: echo: write error: Invalid argument',
      'root@node3:~# dmesg | tail -n 3',
      '[    6.118211] bnx2x 0000:04:00.0 eno49: renamed from eth0',
      '[  212.911340] bnx2x: [bnx2x_sriov_configure:2429(eno49)]VF num configuration via sysfs not supported while PF is down',
    ),
    cause: 'pf-link-down',
  },
  // drivers/net/ethernet/broadcom/bnxt/bnxt_sriov.c: bnxt_sriov_enable
  'bnxt, whose PF took all rings': {
    given: lines(
      'bnxt_en 0000:5e:00.0 eth0: Broadcom BCM57414 NetXtreme-E 10Gb/25Gb Ethernet found at mem c4a10000, node addr 04:3f:72:aa:bb:cc',
      'bnxt_en 0000:5e:00.0: 63.008 Gb/s available PCIe bandwidth (8.0 GT/s PCIe x8 link)',
      "bnxt_en 0000:5e:00.0 ens1f0np0: Cannot enable VF's as all resources are used by PF",
    ),
    cause: 'msix-exhausted',
  },
  // bnxt_sriov.c: bnxt_cfg_hw_sriov
  'bnxt, whose firmware gives fewer': {
    given: lines(
      '[ 3011.551] bnxt_en 0000:5e:00.0 ens1f0np0: Only able to reserve resources for 12 VFs.',
      '[ 3012.100] bnxt_en 0000:5e:00.0: 32 VFs requested; only 12 enabled',
    ),
    cause: 'nic-firmware-vf-limit',
    free: ['msix-exhausted'],
  },
  // bnxt_sriov.c: bnxt_sriov_configure
  'bnxt, with a VF in a guest': {
    given: lines(
      '# echo 0 > /sys/class/net/ens1f0np0/device/sriov_numvfs',
      '# cat /sys/class/net/ens1f0np0/device/sriov_numvfs',
      '8',
      '# dmesg | tail -1',
      '[93321.005129] bnxt_en 0000:5e:00.0 ens1f0np0: Unable to configure SRIOV since some VFs are assigned to VMs.',
    ),
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/netronome/nfp/nfp_main.c: nfp_pcie_sriov_enable
  'nfp, beyond its firmware': {
    given: lines(
      '$ echo 64 | sudo tee /sys/bus/pci/devices/0000:04:00.0/sriov_numvfs',
      '64',
      'tee: /sys/bus/pci/devices/0000:04:00.0/sriov_numvfs: Invalid argument',
      '$ dmesg | tail -n 1',
      '[  841.220137] nfp 0000:04:00.0: nfp: Firmware limits number of VFs to 48',
    ),
    cause: 'nic-firmware-vf-limit',
  },
  // nfp_main.c: nfp_pcie_sriov_disable
  'nfp, with VFs in guests': {
    given: {
      dmesg: ['[  901.700001] nfp 0000:04:00.0: Disabling while VFs assigned - VFs will not be deallocated'],
      commands: [
        {
          command: 'echo 0 > /sys/bus/pci/devices/0000:04:00.0/sriov_numvfs',
          error: 'bash: echo: write error: Operation not permitted',
        },
      ],
    },
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/sfc/ef10_sriov.c: efx_ef10_pci_sriov_disable
  'sfc, with VFs in guests': {
    given: lines(
      '# echo 0 > /sys/class/net/enp1s0f0np0/device/sriov_numvfs',
      '-bash: echo: write error: Device or resource busy',
      '# dmesg -t | tail -1',
      'sfc 0000:01:00.0 enp1s0f0np0: VFs are assigned to guests; please detach them before disabling SR-IOV',
    ),
    cause: 'vfs-in-use',
  },
  // ef10_sriov.c: efx_ef10_pci_sriov_enable; drivers/pci/iov.c
  'sfc, without room for its VFs': {
    given: lines(
      '[  120.601] sfc 0000:01:00.0: not enough MMIO resources for SR-IOV',
      '[  120.602] sfc 0000:01:00.0 enp1s0f0np0: Failed to enable SRIOV VFs',
    ),
    cause: 'mmio-too-small',
    free: ['sriov-off-in-bios'],
  },
  // drivers/net/ethernet/qlogic/qed/qed_sriov.c: qed_sriov_enable
  'qede, beyond its vports': {
    given: lines(
      'root@r6525:~# echo 96 > /sys/bus/pci/devices/0000:21:00.0/sriov_numvfs',
      'bash: echo: write error: Invalid argument',
      'root@r6525:~# journalctl -k | tail -n 1',
      'Mar 03 11:02:19 r6525 kernel: [qed_sriov_enable:5065(0000:21:00.0)]Can start at most 47 VFs',
    ),
    cause: 'nic-firmware-vf-limit',
  },
  // drivers/pci/iov.c, qed_sriov_enable
  'qede, without bus numbers': {
    given: lines(
      "Mar 03 11:02:19 r6525 kernel: qede 0000:21:00.1: can't enable 16 VFs (bus 22 out of range of [bus 21])",
      'Mar 03 11:02:19 r6525 kernel: [qed_sriov_enable:5105(0000:21:00.1)]Failed to enable sriov [-12]',
    ),
    cause: 'bus-out-of-range',
  },
  // drivers/net/ethernet/emulex/benet/be_main.c: be_pci_sriov_configure
  'be2net, with VFs in guests': {
    given: lines(
      'be2net 0000:07:00.0: VFs are assigned to VMs: not disabling VFs',
      'be2net 0000:07:00.0: Cannot disable VFs while they are assigned',
    ),
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/mellanox/mlx5/core/sriov.c: mlx5_sriov_enable, drivers/pci/iov.c
  'mlx5, without room for its VFs': {
    given: lines(
      '[  433.118] mlx5_core 0000:a1:00.0: E-Switch: Enable: mode(LEGACY), nvfs(16), neovfs(0), active vports(17)',
      '[  433.402] mlx5_core 0000:a1:00.0: not enough MMIO resources for SR-IOV',
      '[  433.402] mlx5_core 0000:a1:00.0: mlx5_sriov_enable:168:(pid 5120): pci_enable_sriov failed : -12',
      '[  433.410] mlx5_core 0000:a1:00.0: E-Switch: Disable: mode(LEGACY), nvfs(16), neovfs(0), active vports(17)',
    ),
    cause: 'mmio-too-small',
    free: ['sriov-off-in-bios'],
  },
  // drivers/net/ethernet/intel/ice/ice_sriov.c: ice_check_sriov_allowed
  'ice without its DDP package': {
    given: lines(
      '# echo 2 > /sys/class/net/ens801f0/device/sriov_numvfs',
      'bash: echo: write error: Operation not supported',
      '# dmesg | grep -i ice',
      '[    4.801] ice 0000:ca:00.0: Direct firmware load for intel/ice/ddp/ice.pkg failed with error -2',
      '[    4.802] ice 0000:ca:00.0: The DDP package file was not found or could not be read. Entering Safe Mode',
      '[  402.011] ice 0000:ca:00.0: SR-IOV cannot be configured - Device is in Safe Mode',
    ),
    cause: 'pf-driver-lacks-sriov',
  },
  // ice_sriov.c: ice_set_per_vf_res, ice_ena_vfs
  'ice, without vectors': {
    given: lines(
      '[ 1222.1] ice 0000:ca:00.1: Enabling 128 VFs',
      '[ 1222.2] ice 0000:ca:00.1: Only 96 MSI-X interrupts available for SR-IOV. Not enough to support minimum of 2 MSI-X interrupts per VF for 128 VFs',
      '[ 1222.2] ice 0000:ca:00.1: Not enough resources for 128 VFs, err -28. Try with fewer number of VFs',
      '[ 1222.3] ice 0000:ca:00.1: Failed to enable SR-IOV: -28',
    ),
    cause: 'msix-exhausted',
  },
  // ice_sriov.c: ice_pci_sriov_ena
  'ice, beyond what it shares out': {
    given: lines(
      '# echo 128 > /sys/class/net/ens801f1/device/sriov_numvfs',
      '-bash: echo: write error: Operation not supported',
      "[ 2220.7] ice 0000:ca:00.1: Can't enable 128 VFs, max VFs supported is 64",
    ),
    cause: 'nic-firmware-vf-limit',
    free: ['pf-driver-lacks-sriov'],
  },
  // drivers/net/ethernet/intel/i40e/i40e_virtchnl_pf.c: i40e_pci_sriov_configure
  'i40e, with VFs in guests': {
    given: lines(
      '[root@kvm1 ~]# echo 0 > /sys/class/net/eno1/device/sriov_numvfs',
      '-bash: echo: write error: Invalid argument',
      '[root@kvm1 ~]# dmesg | tail -1',
      '[5321.100022] i40e 0000:18:00.0: Unable to free VFs because some are assigned to VMs.',
    ),
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/intel/ixgbe/ixgbe_sriov.c; drivers/pci/iov.c
  'ixgbe, in a slot without ARI': {
    given: lines(
      '[   88.100] ixgbe 0000:03:00.0: SR-IOV enabled with 62 VFs',
      '[   88.201] pci 0000:03:10.0: [8086:10ed] type 7f class 0xffffff conventional PCI',
      '[   88.201] pci 0000:03:10.0: unknown header type 7f, ignoring device',
      '[   89.220] ixgbe 0000:03:00.0: Failed to enable PCI sriov: -5',
    ),
    cause: 'ari-missing',
  },
  // drivers/pci/iov.c: sriov_numvfs_store
  'a PF without a driver': {
    given: lines(
      'root@lab:~# echo 2 > /sys/bus/pci/devices/0000:17:00.0/sriov_numvfs',
      '-bash: echo: write error: No such file or directory',
      'root@lab:~# dmesg | tail -n1',
      '[  310.010] pci 0000:17:00.0: no driver bound to device; cannot configure SR-IOV',
    ),
    cause: 'pf-driver-not-bound',
  },
  // drivers/net/ethernet/intel/ixgbevf/ixgbevf_main.c
  'ixgbevf, whose PF is down': {
    given: {
      dmesg: [
        '[   12.012] ixgbevf: Intel(R) 10 Gigabit PCI Express Virtual Function Network Driver',
        '[   12.501] ixgbevf 0000:03:10.0: PF still in reset state.  Is the PF interface up?',
        '[   12.501] ixgbevf 0000:03:10.0: Assigning random MAC address',
      ],
      other: [
        '4: ens1f0: <BROADCAST,MULTICAST> mtu 1500 qdisc mq state DOWN mode DEFAULT group default qlen 1000',
        '    link/ether 90:e2:ba:11:22:33 brd ff:ff:ff:ff:ff:ff',
        '    vf 0     link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
      ],
    },
    cause: 'pf-link-down',
  },
  // drivers/iommu/intel/iommu.c: device_rmrr_is_locked, iommu core
  'a RAID controller that the firmware keeps': {
    given: lines(
      '[  101.5] mpt3sas 0000:02:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.',
      'qemu-system-x86_64: -device vfio-pci,host=02:00.0: vfio 0000:02:00.0: failed to setup container for group 15: Failed to set group container: Invalid argument',
    ),
    cause: 'rmrr-locked',
  },
  // drivers/vfio/vfio_iommu_type1.c
  'a board without interrupt remapping': {
    given: lines(
      'DMAR: Intel(R) Virtualization Technology for Directed I/O',
      'DMAR-IR: This system BIOS has enabled interrupt remapping',
      'on a chipset that contains an erratum making that',
      'feature unstable.  To maintain system stability',
      'interrupt remapping is being disabled.  Please',
      'contact your BIOS vendor for an update',
      'vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform',
    ),
    cause: 'interrupt-remapping-missing',
  },
  // drivers/iommu/amd/init.c: state_next
  'an EPYC with its IOMMU disabled': {
    given: lines(
      '[    0.000000] Command line: BOOT_IMAGE=/vmlinuz-6.8.0-48-generic root=/dev/mapper/vg-root ro amd_iommu=off',
      '[    0.000000] DMI: Supermicro AS -1114S-WN10RT/H12SSW-NTR, BIOS 2.7 10/25/2023',
      '[    0.012] ACPI: IVRS 0x00000000A5A3B000 0001F0 (v02 AMD    AmdTable 00000001 AMD  00000001)',
      '[    1.011] AMD-Vi: AMD IOMMU disabled by kernel command line',
      '# ls /sys/class/iommu',
    ),
    cause: 'iommu-disabled-by-flag',
    purpose: 'vm',
  },
  'an EPYC with its IOMMU off in the firmware': {
    given: lines(
      '# dmesg | grep -e IVRS -e AMD-Vi',
      '# ls /sys/class/iommu/',
      '# ls /sys/firmware/acpi/tables | grep -c IVRS',
      '0',
      '# lscpu | grep Model',
      'Model name: AMD EPYC 7543 32-Core Processor',
      '# virsh start guest1',
      "error: unsupported configuration: host doesn't support passthrough of host PCI devices",
    ),
    cause: 'vtd-off-in-bios',
    free: ['iommu-flag-missing'],
  },
  // drivers/iommu/intel/dmar.c: warn_invalid_dmar
  'an IOMMU unit that does not answer': {
    given: lines(
      '[    0.201] DMAR: Host address width 46',
      '[    0.201] DMAR: DRHD base: 0x000000fbffc000 flags: 0x1',
      '[    0.202] [Firmware Bug]: Your BIOS is broken; DMAR reported at address fbffc000 returns all ones!',
      '[    0.202] BIOS vendor: American Megatrends Inc.; Ver: 3.2; Product Version: 0123456789',
    ),
    cause: 'dmar-firmware-bug',
    purpose: 'vm',
    free: ['iommu-flag-missing', 'iommu-capability-missing', 'no-iommu-hardware'],
  },
  // drivers/iommu/arm/arm-smmu-v3: an ACPI host whose firmware describes no SMMU has an IORT all the same
  'an Altra with its SMMU off in the firmware': {
    given: lines(
      '[    0.000000] Booting Linux on physical CPU 0x0000120000 [0x413fd0c1]',
      '[    0.000000] Linux version 6.8.0-45-generic (buildd@bos03-arm64-016) (aarch64-linux-gnu-gcc-13)',
      '[    0.000000] ACPI: IORT 0x00000000FFFBF418 000780 (v00 Ampere Altra    00000001 AMP. 01000013)',
      '[    0.000000] ITS [mem 0x100100040000-0x10010005ffff]',
      '# ls /sys/class/iommu',
      '# ls /sys/kernel/iommu_groups',
      'vfio-pci 0000:01:00.1: probe with driver vfio-pci failed with error -22',
    ),
    cause: 'no-iommu-hardware',
    free: ['vtd-off-in-bios'],
  },
  // arch/powerpc/platforms/powernv/pci-sriov.c: pnv_pci_ioda_fixup_iov_resources
  'a POWER9 host whose VF BAR is in 32-bit space': {
    given: lines(
      "pci 0001:01:00.0: Don't support SR-IOV with non M64 VF BAR0: [mem 0x80000000-0x800fffff]. ",
      'ixgbe 0001:01:00.0: not enough MMIO resources for SR-IOV',
      'ixgbe 0001:01:00.0: Failed to enable PCI sriov: -12',
    ),
    cause: 'mmio-too-small',
    free: ['sriov-off-in-bios'],
  },
  'a desktop kernel without the VF driver': {
    given: lines(
      'root@pve2:~# modprobe iavf',
      'modprobe: FATAL: Module iavf not found in directory /lib/modules/6.1.43-rt12',
      'root@pve2:~# lspci -nnk -s 18:02.0',
      '18:02.0 Ethernet controller [0200]: Intel Corporation Ethernet Virtual Function 700 Series [8086:154c] (rev 02)',
      '\tSubsystem: Intel Corporation Device [8086:0000]',
    ),
    cause: 'vf-driver-missing',
  },
  'VFs left on no driver by a DPDK script': {
    given: {
      sysfs: {
        '/sys/bus/pci/devices/0000:18:02.0/driver': 'absent',
        '/sys/bus/pci/devices/0000:18:02.0/physfn': '../0000:18:00.0',
        '/sys/bus/pci/devices/0000:18:02.0/driver_override': 'vfio-pci',
        '/sys/bus/pci/devices/0000:18:00.0/sriov_drivers_autoprobe': '1',
      },
      other: ['iavf is loaded (lsmod)'],
    },
    cause: 'vf-driver-not-bound',
  },
  'a ConnectX-6 whose firmware hides SR-IOV': {
    given: lines(
      '# mlxconfig -d 0000:c1:00.0 q | grep -e SRIOV -e NUM_OF_VFS',
      '        NUM_OF_VFS                          16',
      '        SRIOV_EN                            False(0)',
      '# cat /sys/class/net/ens5f0np0/device/sriov_totalvfs',
      'cat: /sys/class/net/ens5f0np0/device/sriov_totalvfs: No such file or directory',
    ),
    cause: 'nic-firmware-sriov-off',
  },
  'a wrong order of numbers': {
    given: lines(
      'mlx5_core 0000:a1:00.0: 4 VFs already enabled. Disable before enabling 8 VFs',
      '-bash: echo: write error: Device or resource busy',
    ),
    cause: 'numvfs-change-needs-zero',
  },
  // drivers/net/ethernet/mellanox/mlx5/core/sriov.c: mlx5_core_sriov_configure
  'mlx5, with VFs in guests': {
    given: lines(
      'root@hv:~# echo 0 > /sys/class/net/ens2f0np0/device/sriov_numvfs',
      '-bash: echo: write error: Operation not permitted',
      'mlx5_core 0000:3b:00.0: mlx5_core_sriov_configure:190:(pid 9921): cannot modify number of VFs while VFs are assigned',
    ),
    cause: 'vfs-in-use',
    free: ['not-permitted'],
  },
  // drivers/net/ethernet/intel/igb/igb_main.c
  'igb, with a VF that wants another address': {
    given: lines(
      '[  777.1] igb 0000:06:00.0: VF 1 attempted to override administratively set MAC address',
      'Reload the VF driver to resume operations',
    ),
    cause: 'vf-mac-set-by-pf',
  },

  // Healthy hosts.
  'healthy: bnxt with VFs': {
    given: lines(
      'bnxt_en 0000:5e:00.0 eth0: Broadcom BCM57508 NetXtreme-E 10Gb/25Gb/40Gb/50Gb/100Gb/200Gb Ethernet found at mem 20fff0210000, node addr bc:97:e1:00:11:22',
      'bnxt_en 0000:5e:00.0: 252.048 Gb/s available PCIe bandwidth (16.0 GT/s PCIe x16 link)',
      'bnxt_en 0000:5e:00.0 ens1f0np0: NIC Link is Up, 100000 Mbps (NRZ) full duplex, Flow control: none',
      'bnxt_en 0000:5e:00.0 ens1f0np0: FEC autoneg off encoding: Clause 91 RS(544,514)',
      'pci 0000:5e:02.0: [14e4:1806] type 00 class 0x020000 PCIe Endpoint',
      'pci 0000:5e:02.0: Adding to iommu group 121',
      'bnxt_en 0000:5e:02.0: enabling device (0000 -> 0002)',
      'bnxt_en 0000:5e:02.0 eth0: Broadcom NetXtreme-E Ethernet Virtual Function found at mem 20fff0400000, node addr 6e:24:00:12:13:14',
    ),
    cause: 'healthy',
  },
  'healthy: qede with VFs': {
    given: lines(
      'QLogic FastLinQ 4xxxx Core Module qed',
      'qede init: QLogic FastLinQ 4xxxx Ethernet Driver qede',
      '[qed_mcp_cmd_and_union:476(0000:21:00.0)]MFW event recovery not needed',
      '[qede_probe:1212(ens1f0)]qede 0000:21:00.0: Storm FW 8.59.1.0, Management FW 8.55.22.0 [MBI 15.25.3] [ens1f0]',
      '[qed_link_update:2101(0000:21:00.0)]link is up',
      'qede 0000:21:00.0 ens1f0: Link is up',
      'qede 0000:21:04.0: enabling device (0000 -> 0002)',
    ),
    cause: 'healthy',
  },
  'healthy: mlx5 in legacy mode with VFs': {
    given: lines(
      '# cat /sys/class/net/ens2f0np0/device/sriov_numvfs',
      '8',
      '[   55.300] mlx5_core 0000:3b:00.0: E-Switch: Total vports 18, per vport: max uc(128) max mc(2048)',
      '[  233.118] mlx5_core 0000:3b:00.0: E-Switch: Enable: mode(LEGACY), nvfs(8), neovfs(0), active vports(9)',
      '[  233.501] pci 0000:3b:00.2: [15b3:1018] type 00 class 0x020000 PCIe Endpoint',
      '[  233.502] pci 0000:3b:00.2: enabling Extended Tags',
      '[  233.502] pci 0000:3b:00.2: Adding to iommu group 98',
      '[  233.503] mlx5_core 0000:3b:00.2: enabling device (0000 -> 0002)',
      '[  233.503] mlx5_core 0000:3b:00.2: firmware version: 16.35.2000',
      '[  233.801] mlx5_core 0000:3b:00.2: Rate limit: 127 rates are supported, range: 0Mbps to 24414Mbps',
      '[  234.001] mlx5_core 0000:3b:00.2: Assigned random MAC address 12:7c:00:aa:bb:cc',
      '[  234.120] mlx5_core 0000:3b:00.2: MLX5E: StrdRq(1) RqSz(8) StrdSz(2048) RxCqeCmprss(0 basic)',
    ),
    cause: 'healthy',
  },
  'healthy: ice with VFs': {
    given: lines(
      'ice: Intel(R) Ethernet Connection E800 Series Linux Driver',
      'ice 0000:ca:00.0: The DDP package was successfully loaded: ICE OS Default Package version 1.3.36.0',
      'ice 0000:ca:00.0: 252.048 Gb/s available PCIe bandwidth (16.0 GT/s PCIe x16 link)',
      'ice 0000:ca:00.0: Enabling 4 VFs',
      'ice 0000:ca:00.0: Enabling 4 VFs with 17 vectors and 16 queues per VF',
      'iavf: Intel(R) Ethernet Adaptive Virtual Function Network Driver',
      'iavf 0000:ca:01.0: Multiqueue Enabled: Queue pair count = 16',
      'iavf 0000:ca:01.0: MAC address: 4a:11:22:33:44:55',
      'iavf 0000:ca:01.0: GRO is enabled',
      'iavf 0000:ca:01.0 ens801f0v0: NIC Link is Up Speed is 25 Gbps Full Duplex',
    ),
    cause: 'healthy',
  },
  'healthy: an Altra with an SMMU': {
    given: lines(
      '[    0.000000] Booting Linux on physical CPU 0x0000120000 [0x413fd0c1]',
      '[    0.000000] ACPI: IORT 0x00000000FFFBF418 000780 (v00 Ampere Altra    00000001 AMP. 01000013)',
      '[    1.110] arm-smmu-v3 arm-smmu-v3.0.auto: option mask 0x0',
      '[    1.111] arm-smmu-v3 arm-smmu-v3.0.auto: IDR0.HTTU features(0x600000) overridden by FW configuration (0x0)',
      '[    1.112] arm-smmu-v3 arm-smmu-v3.0.auto: ias 48-bit, oas 48-bit (features 0x001c1eff)',
      '[    1.113] arm-smmu-v3 arm-smmu-v3.0.auto: allocated 65536 entries for cmdq',
      '[    1.114] arm-smmu-v3 arm-smmu-v3.0.auto: msi_domain absent - falling back to wired irqs',
      '[    2.201] mlx5_core 0000:01:00.0: Adding to iommu group 4',
      '# cat /proc/cmdline',
      'BOOT_IMAGE=/vmlinuz-6.8.0-45-generic root=/dev/nvme0n1p2 ro quiet',
    ),
    cause: 'healthy',
  },
  'healthy: a LayerScape board with an SMMUv2': {
    given: lines(
      'Machine model: NXP Layerscape LX2160ARDB',
      'arm-smmu 5000000.iommu: probing hardware configuration...',
      'arm-smmu 5000000.iommu: SMMUv2 with:',
      'arm-smmu 5000000.iommu: \tstage 2 translation',
      'arm-smmu 5000000.iommu: \tnested translation',
      'arm-smmu 5000000.iommu: \tnon-coherent table walk',
      'arm-smmu 5000000.iommu: \t(IDR0.CTTW overridden by FW configuration)',
      'arm-smmu 5000000.iommu: \tstream matching with 128 register groups',
      'pci 0000:01:00.0: Adding to iommu group 7',
      'igb 0000:01:00.0: 2 VFs allocated',
    ),
    cause: 'healthy',
  },
  'healthy: a POWER9 host': {
    given: lines(
      '[    0.000000] dt-cpu-ftrs: setup for ISA 3000',
      '[    0.101] iommu: Default domain type: Translated',
      '[    0.480] pci 0030:01     : [PE# fd] Setting up 32-bit TCE table at 0..80000000',
      '[    0.481] IOMMU table initialized, virtual merging enabled',
      '[    0.482] pci 0030:01:00.0: Adding to iommu group 3',
      '[    9.331] mlx5_core 0030:01:00.0: firmware version: 16.28.1002',
      '[   10.500] pci 0030:01:00.2: [15b3:1018] type 00 class 0x020000',
      '[   10.501] pci 0030:01:00.2: Adding to iommu group 22',
    ),
    cause: 'healthy',
  },
  'healthy: an LPAR of a z15': {
    given: lines(
      '[    0.071] pci 0000:00:00.0: [15b3:1016] type 00 class 0x020000',
      '[    0.072] pci 0000:00:00.0: Adding to iommu group 0',
      '[    1.801] mlx5_core 0000:00:00.0: firmware version: 14.32.1010',
      '[    1.802] mlx5_core 0000:00:00.0: 0.000 Gb/s available PCIe bandwidth, limited by Unknown x0 link at 0000:00:00.0 (capable of 63.008 Gb/s with 8.0 GT/s PCIe x8 link)',
      '[    2.700] mlx5_core 0000:00:00.0 eno1: Link up',
    ),
    cause: 'healthy',
  },
  'healthy: an EPYC with noise': {
    given: lines(
      'ACPI: IVRS 0x00000000A5A3B000 0001F0 (v02 AMD    AmdTable 00000001 AMD  00000001)',
      'AMD-Vi: Using global IVHD EFR:0x25bf732fa2295afe, EFR2:0x1d',
      'pci 0000:c0:00.2: AMD-Vi: IOMMU performance counters supported',
      'pci 0000:00:00.2: AMD-Vi: Found IOMMU cap 0x40',
      'AMD-Vi: Extended features (0x25bf732fa2295afe, 0x1d): PPR X2APIC NX IA GA PC',
      'AMD-Vi: Interrupt remapping enabled',
      'AMD-Vi: X2APIC enabled',
      'AMD-Vi: Virtual APIC enabled',
      'perf/amd_iommu: Detected AMD IOMMU #0 (2 banks, 4 counters/bank).',
      'pci 0000:41:00.0: Adding to iommu group 33',
      'pcieport 0000:40:01.1: pciehp: Slot #9 AttnBtn- PwrCtrl- MRL- AttnInd- PwrInd- HotPlug+ Surprise+ Interlock- NoCompl+ IbPresDis- LLActRep+',
      'pci 0000:41:00.0: 31.504 Gb/s available PCIe bandwidth, limited by 8.0 GT/s PCIe x4 link at 0000:40:01.1 (capable of 63.012 Gb/s with 16.0 GT/s PCIe x4 link)',
      'nvme nvme0: pci function 0000:41:00.0',
    ),
    cause: 'healthy',
  },
  'healthy: a Sapphire Rapids host with scalable mode': {
    given: lines(
      'root@spr:~# cat /proc/cmdline',
      'BOOT_IMAGE=(hd0,gpt2)/vmlinuz-5.14.0-427.13.1.el9_4.x86_64 root=/dev/mapper/rhel-root ro crashkernel=1G-4G:192M intel_iommu=on,sm_on iommu=pt',
      'root@spr:~# dmesg | grep -i -e dmar -e iommu',
      '[    0.011] ACPI: DMAR 0x000000006F7F7000 000570 (v01 INTEL  INTEL ID 00000001 INTL 20091013)',
      '[    0.310] DMAR: IOMMU enabled',
      '[    0.700] DMAR: Host address width 52',
      '[    0.700] DMAR: DRHD base: 0x000000c5ffc000 flags: 0x0',
      '[    0.701] DMAR: dmar0: reg_base_addr c5ffc000 ver 6:0 cap 19ed008c40780c66 ecap 3ef9a6f4b7bf4ffe',
      '[    0.702] DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.',
      "[    0.702] DMAR-IR: Use 'intremap=no_x2apic_optout' to override the BIOS setting.",
      '[    0.703] DMAR-IR: Enabled IRQ remapping in xapic mode',
      '[    2.100] iommu: Default domain type: Passthrough (set via kernel command line)',
      '[    2.900] DMAR: No RMRR found',
      '[    2.901] DMAR: dmar9: Using Queued invalidation',
      '[    2.990] DMAR: Intel(R) Virtualization Technology for Directed I/O',
    ),
    cause: 'healthy',
  },
  'healthy: a guest with a VF': {
    given: lines(
      '[    0.000000] Hypervisor detected: KVM',
      '[    0.000000] DMI: Red Hat KVM, BIOS edk2-20230524-4.el9 05/24/2023',
      '[    1.101] iavf: Intel(R) Ethernet Adaptive Virtual Function Network Driver',
      '[    1.201] iavf 0000:06:00.0: Multiqueue Enabled: Queue pair count = 4',
      '[    1.220] iavf 0000:06:00.0 enp6s0: NIC Link is Up Speed is 10 Gbps Full Duplex',
    ),
    cause: 'healthy',
  },
  'healthy: dom0 of Xen': {
    given: lines(
      '(XEN) Intel VT-d iommu 0 supported page sizes: 4kB, 2MB, 1GB',
      '(XEN) Intel VT-d Snoop Control enabled.',
      '(XEN) Intel VT-d Interrupt Remapping enabled.',
      '(XEN) I/O virtualisation enabled',
      '(XEN)  - Dom0 mode: Relaxed',
      '[    0.000000] Booting paravirtualized kernel on Xen',
      '[    0.000000] xen:events: Using FIFO-based ABI',
      '[   12.011] igb 0000:06:00.0: 7 VFs allocated',
      '[   12.500] igbvf 0000:06:10.0: Intel(R) 82576 Virtual Function',
    ),
    cause: 'healthy',
  },
  'healthy: Graviton metal with ENA': {
    given: lines(
      'Linux version 6.1.112-122.189.amzn2023.aarch64',
      'DMI: Amazon EC2 c7g.metal/Not Specified, BIOS 1.0 11/1/2018',
      'arm-smmu-v3 arm-smmu-v3.0.auto: ias 48-bit, oas 48-bit (features 0x000c1fbf)',
      'ena 0000:00:05.0: ENA device version: 0.10',
      'ena 0000:00:05.0: Elastic Network Adapter (ENA) found at mem 80114000, mac addr 02:aa:bb:cc:dd:ee',
      'ena 0000:00:05.0: LLQ is not supported Fallback to host mode policy.',
    ),
    cause: 'healthy',
  },
  'healthy: nfp and ionic': {
    given: lines(
      'nfp: NFP PCIe Driver, Copyright (C) 2014-2020 Netronome Systems',
      'nfp 0000:04:00.0: nfp: Netronome Flow Processor NFP4000/NFP5000/NFP6000 PCIe Card Probe',
      'nfp 0000:04:00.0: 63.008 Gb/s available PCIe bandwidth (8.0 GT/s PCIe x8 link)',
      'nfp 0000:04:00.0 ens4np0: NIC Link is Up',
      'ionic 0000:b5:00.0: FW: 1.57.0-28',
      'ionic 0000:b5:00.0 ens3: Link up - 100 Gbps',
      'ionic 0000:b5:00.1: SR-IOV VF count 4',
    ),
    cause: 'healthy',
  },
  // drivers/net/ethernet/hisilicon/hns3: hns3_pci_sriov_configure
  'hns3, with a VF in a guest': {
    given: lines(
      '[  300.1] hns3 0000:7d:00.0 eno1: link up',
      '[ 1300.7] hns3 0000:7d:00.0: Unable to free VFs because some are assigned to VMs.',
    ),
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/chelsio/cxgb4/cxgb4_main.c: cxgb4_iov_configure
  'cxgb4, with VFs in guests': {
    given: lines(
      '# echo 0 > /sys/bus/pci/devices/0000:82:00.0/sriov_numvfs',
      'bash: echo: write error: Device or resource busy',
      'cxgb4 0000:82:00.0: Cannot modify SR-IOV while VFs are assigned',
    ),
    cause: 'vfs-in-use',
  },
  // drivers/net/ethernet/marvell/octeontx2/nic/otx2_pf.c; drivers/pci/iov.c
  'an OcteonTX2 without bus numbers': {
    given: lines(
      'rvu_nicpf 0002:02:00.0: SR-IOV: bus number out of range',
      'rvu_nicpf 0002:02:00.0: Failed to enable SRIOV VFs: -12',
    ),
    cause: 'bus-out-of-range',
  },
  // drivers/net/ethernet/pensando/ionic/ionic_bus_pci.c: ionic_sriov_configure
  'ionic, where the error number is all there is': {
    given: lines(
      '# echo 16 > /sys/class/net/ens3/device/sriov_numvfs',
      '-bash: echo: write error: Cannot allocate memory',
      '[ 99.001] ionic 0000:b5:00.0: Cannot enable SRIOV: -12',
    ),
    cause: 'mmio-too-small',
    free: ['bus-out-of-range', 'sriov-off-in-bios'],
  },
  // drivers/net/ethernet/intel/i40e: i40e_ndo_set_vf_mac and virtchnl
  'i40e and a bridge in the guest': {
    given: lines(
      'Nov 02 10:00:01 hv3 kernel: i40e 0000:18:00.0: Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality',
      'Nov 02 10:00:02 hv3 kernel: i40e 0000:18:00.0: Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality',
    ),
    cause: 'vf-untrusted',
  },
  // drivers/net/ethernet/intel/igb/igb_main.c: igb_ndo_set_vf_bw; rtnetlink
  'a minimum rate on an 82599': {
    given: lines(
      '# ip link set dev ens1f0 vf 3 min_tx_rate 100 max_tx_rate 1000',
      'RTNETLINK answers: Invalid argument',
    ),
    cause: 'rate-limit-unsupported',
  },
  'a VLAN on an IPoIB port': {
    given: lines(
      '5: ib0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 2044 qdisc mq state UP mode DEFAULT group default qlen 256',
      '    link/infiniband 00:00:10:86:fe:80:00:00:00:00:00:00:b8:ce:f6:03:00:11:22:33 brd 00:ff:ff:ff:ff:12:40:1b:ff:ff:00:00:00:00:00:00:ff:ff:ff:ff',
      '# ip link set ib0 vf 0 vlan 100',
      'RTNETLINK answers: Operation not supported',
    ),
    cause: 'vlan-unsupported-infiniband',
  },
  // drivers/net/ethernet/mellanox/mlx5/core/eswitch_offloads.c
  'switchdev with VFs bound': {
    given: lines(
      '# devlink dev eswitch set pci/0000:3b:00.0 mode switchdev',
      'Error: mlx5_core: Failed setting eswitch to offloads.',
      'kernel answers: Device or resource busy',
      '# cat /sys/class/net/ens2f0np0/device/sriov_numvfs',
      '4',
    ),
    cause: 'switchdev-needs-zero-vfs',
  },
  // drivers/vfio/vfio_main.c, QEMU hw/vfio
  'a group with its neighbour': {
    given: lines(
      'qemu-kvm: -device vfio-pci,host=0000:18:0a.0: vfio 0000:18:0a.0: group 58 is not viable',
      'Please ensure all devices within the iommu_group are bound to their vfio bus driver.',
    ),
    cause: 'iommu-group-shared',
    free: ['acs-missing'],
  },
  // drivers/iommu/iommu.c with the out-of-tree patch
  'an ACS override': {
    given: lines(
      '[    0.000000] Warning: PCIe ACS overrides enabled; This may allow non-IOMMU protected peer-to-peer DMA',
      '[    0.000000] Kernel command line: root=/dev/sda2 ro intel_iommu=on pcie_acs_override=downstream,multifunction',
      '[    0.701] DMAR: Intel(R) Virtualization Technology for Directed I/O',
      '# virsh start router',
    ),
    cause: 'acs-override-active',
  },
  // kernel/module/signing.c, security/lockdown
  'a DKMS driver under Secure Boot': {
    given: lines(
      '# modprobe i40e',
      "modprobe: ERROR: could not insert 'i40e': Key was rejected by service",
      '[   12.0] Loading of module with unavailable key is rejected',
    ),
    cause: 'kernel-lockdown',
  },
  'mstflint under lockdown': {
    given: lines(
      '# mstconfig -d 3b:00.0 query',
      '-E- Failed to open device: 3b:00.0. Operation not permitted',
      '[ 2201.2] Lockdown: mstconfig: direct PCI access is restricted; see man kernel_lockdown.7',
    ),
    cause: 'kernel-lockdown',
  },
  'sudo before echo': {
    given: lines(
      '$ sudo echo 4 > /sys/class/net/ens1f0/device/sriov_numvfs',
      'bash: /sys/class/net/ens1f0/device/sriov_numvfs: Permission denied',
    ),
    cause: 'not-permitted',
  },
  'a docker group without its user': {
    given: lines(
      '$ docker ps',
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/containers/json": dial unix /var/run/docker.sock: connect: permission denied',
    ),
    cause: 'engine-unreachable',
  },
  'a card in a slot of four lanes': {
    given: lines(
      '[    3.9] mlx5_core 0000:04:00.0: 31.504 Gb/s available PCIe bandwidth, limited by 8.0 GT/s PCIe x4 link at 0000:00:1c.4 (capable of 126.016 Gb/s with 8.0 GT/s PCIe x16 link)',
    ),
    cause: 'pcie-link-degraded',
  },
  'a card that trained down': {
    given: lines(
      '# lspci -vvv -s 3b:00.0',
      '3b:00.0 Ethernet controller: Intel Corporation Ethernet Controller E810-C for QSFP (rev 02)',
      '\t\tLnkCap:\tPort #0, Speed 16GT/s, Width x16, ASPM not supported',
      '\t\tLnkSta:\tSpeed 16GT/s, Width x8 (downgraded)',
    ),
    cause: 'pcie-link-degraded',
  },
  'systemd-boot with GRUB edited': {
    given: lines(
      '# cat /etc/default/grub | grep CMDLINE',
      'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on iommu=pt"',
      '# cat /proc/cmdline',
      'initrd=\\EFI\\proxmox\\6.8.12-4-pve\\initrd.img-6.8.12-4-pve root=ZFS=rpool/ROOT/pve-1 boot=zfs',
      '# ls /sys/class/iommu',
    ),
    cause: 'args-not-applied',
    free: ['iommu-flag-missing', 'vtd-off-in-bios'],
    purpose: 'vm',
  },
  'a cloud guest that wants DPDK': {
    given: lines(
      'root@vm:~# systemd-detect-virt',
      'kvm',
      'root@vm:~# dpdk-devbind.py -b vfio-pci 0000:00:06.0',
      'Error: bind failed for 0000:00:06.0 - Cannot bind to driver vfio-pci: [Errno 19] No such device',
      '[   77.1] vfio-pci 0000:00:06.0: probe with driver vfio-pci failed with error -22',
    ),
    cause: 'guest-no-viommu',
  },
  'NetworkManager and returned VFs': {
    given: lines(
      'Nov 12 08:12:22 node1 NetworkManager[1203]: <info>  [1731399142.1] device (ens1f0v3): state change: disconnected -> prepare (reason: none)',
      'Nov 12 08:12:22 node1 NetworkManager[1203]: <info>  [1731399142.2] dhcp4 (ens1f0v3): activation: beginning transaction (timeout in 45 seconds)',
    ),
    cause: 'network-manager-interferes',
  },
  'a VF whose PF has no cable': {
    given: lines(
      '2: enp65s0f0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN mode DEFAULT group default qlen 1000',
      '    link/ether 3c:fd:fe:9e:7a:40 brd ff:ff:ff:ff:ff:ff',
      '    vf 0     link/ether 56:b5:a1:00:00:01 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
    ),
    cause: 'pf-link-down',
  },
  'a name that is taken': {
    given: lines('# ip link set ens1f0v1 netns 4312 name eth1', 'RTNETLINK answers: File exists'),
    cause: 'name-conflict',
  },
  // drivers/pci/setup-res.c, newer messages
  'VF BARs without space, as Linux 6.12 logs it': {
    given: lines(
      '[    1.5] pci 0000:65:00.0: VF BAR 0 [mem 0x00000000-0x0000ffff 64bit pref]',
      '[    1.5] pci 0000:65:00.0: VF BAR 0 [mem 0x00000000-0x007fffff 64bit pref]: contains BAR 0 for 128 VFs',
      "[    2.5] pci 0000:65:00.0: VF BAR 0 [mem size 0x00800000 64bit pref]: can't assign; no space",
      '[    2.5] pci 0000:65:00.0: VF BAR 0 [mem size 0x00800000 64bit pref]: failed to assign',
    ),
    cause: 'mmio-too-small',
  },
  'healthy: hns3 on a Kunpeng': {
    given: lines(
      '[    0.000000] Booting Linux on physical CPU 0x0000080000 [0x481fd010]',
      '[    0.0] ACPI: IORT 0x0000000039EA0000 001A8C (v00 HISI   HIP08    00000000 INTL 20181213)',
      '[    0.0] ACPI: IORT: SMMU-v3[148000000] Mapped to Proximity domain 0',
      '[    9.1] arm-smmu-v3 arm-smmu-v3.0.auto: ias 48-bit, oas 48-bit (features 0x00000fef)',
      '[    9.3] arm-smmu-v3 arm-smmu-v3.0.auto: allocated 65536 entries for evtq',
      '[   13.2] hns3 0000:7d:00.0: The firmware version is 1.9.40.21',
      '[   14.0] hns3 0000:7d:00.0 eno1: link up',
      '[  200.1] hns3 0000:7d:01.0: Adding to iommu group 43',
    ),
    cause: 'healthy',
  },
  // drivers/iommu/arm/arm-smmu-v3: event lines of a device, as for DMAR faults no verdict on readiness
  'healthy: an SMMU that stopped an access': {
    given: lines(
      'arm-smmu-v3 arm-smmu-v3.3.auto: ias 48-bit, oas 48-bit (features 0x000e1fbf)',
      'arm-smmu-v3 arm-smmu-v3.3.auto: event 0x10 received:',
      'arm-smmu-v3 arm-smmu-v3.3.auto: \t0x0000010000000010',
      'mlx5_core 0000:01:00.0: Adding to iommu group 4',
    ),
    cause: 'healthy',
  },
  'healthy: an Azure guest with accelerated networking': {
    given: lines(
      '[    0.0] Hypervisor detected: Microsoft Hyper-V',
      '[    0.0] DMI: Microsoft Corporation Virtual Machine/Virtual Machine, BIOS Hyper-V UEFI Release v4.1 05/13/2024',
      '[    4.1] hv_netvsc 00224899-aaaa-0022-4899-aaaa00224899 eth0: VF slot 1 added',
      '[    4.5] mlx5_core 7a8b:00:02.0: firmware version: 14.30.1284',
      '[    4.6] mlx5_core 7a8b:00:02.0 enP31371s1: Link up',
      '[    4.7] hv_netvsc 00224899-aaaa-0022-4899-aaaa00224899 eth0: Data path switched to VF: enP31371s1',
    ),
    cause: 'healthy',
  },
  'healthy: an old Xeon that uses xapic': {
    given: lines(
      'DMAR: Host address width 46',
      'DMAR: DRHD base: 0x000000fbffe000 flags: 0x0',
      'DMAR: RMRR base: 0x000000bdffd000 end: 0x000000bdffffff',
      'DMAR: ATSR flags: 0x0',
      'DMAR: Setting RMRR:',
      'DMAR: dmar0: Using Queued invalidation',
      'DMAR: Intel(R) Virtualization Technology for Directed I/O',
      'DMAR-IR: Enabled IRQ remapping in xapic mode',
      'igb 0000:02:00.0: 7 VFs allocated',
      'igbvf: Intel(R) Gigabit Virtual Function Network Driver',
      'igbvf 0000:02:10.0: Address: 7e:aa:bb:cc:dd:ee',
    ),
    cause: 'healthy',
  },
  'healthy: VFs removed and made again': {
    given: lines(
      '# echo 0 > /sys/class/net/ens1f0/device/sriov_numvfs',
      '# echo 8 > /sys/class/net/ens1f0/device/sriov_numvfs',
      '# cat /sys/class/net/ens1f0/device/sriov_numvfs',
      '8',
      '[ 501.1] i40e 0000:18:00.0: Allocating 8 VFs.',
      '[ 501.3] iavf 0000:18:02.0: MAC address: 1a:2b:3c:4d:5e:6f',
      '[ 501.4] iavf 0000:18:02.0: GRO is enabled',
      '[ 501.5] iavf 0000:18:02.0 ens1f0v0: renamed from eth0',
    ),
    cause: 'healthy',
  },
  // drivers/iommu/amd/init.c: check_ioapic_information
  'an AMD board whose IVRS lacks the I/O APIC': {
    given: lines(
      '[    0.612] AMD-Vi: [Firmware Bug]: : IOAPIC[9] not in IVRS table',
      '[    0.612] AMD-Vi: [Firmware Bug]: : No southbridge IOAPIC found',
      '[    0.612] AMD-Vi: Disabling interrupt remapping',
      '[    0.700] pci 0000:00:00.2: AMD-Vi: Found IOMMU cap 0x40',
      'kvm: failed to set iommu for container: Operation not permitted',
    ),
    cause: 'interrupt-remapping-missing',
    free: ['dmar-firmware-bug'],
  },
  // drivers/net/ethernet/intel/idpf; drivers/pci/iov.c
  'idpf, asked for other VFs than there are': {
    given: lines(
      'idpf 0000:b8:00.0: 8 VFs already enabled. Disable before enabling 16 VFs',
      'tee: /sys/class/net/ens7f0/device/sriov_numvfs: Device or resource busy',
    ),
    cause: 'numvfs-change-needs-zero',
  },
  'a Pi without an IOMMU': {
    given: {
      dmesg: [
        '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x414fd0b1]',
        '[    0.000000] Machine model: Raspberry Pi 5 Model B Rev 1.0',
        '[    2.101] brcm-pcie 1000110000.pcie: link up, 5.0 GT/s PCIe x1 (!SSC)',
      ],
      sysfs: { '/sys/kernel/iommu_groups': '(empty)' },
      commands: [
        {
          command: 'echo 0000:01:00.0 > /sys/bus/pci/drivers/vfio-pci/bind',
          error: 'bash: echo: write error: No such device',
        },
      ],
    },
    cause: 'no-iommu-hardware',
    free: ['vtd-off-in-bios'],
  },
  'i350 with all VFs and a PF named wrongly': {
    given: lines(
      'root@fw:~# echo 9 > /sys/class/net/eno3/device/sriov_numvfs',
      '-bash: echo: write error: Numerical result out of range',
      'root@fw:~# cat /sys/class/net/eno3/device/sriov_totalvfs',
      '7',
    ),
    cause: 'nic-firmware-vf-limit',
  },
  'a PF on vfio-pci': {
    given: lines(
      '# echo 2 > /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs',
      'bash: echo: write error: No such file or directory',
      '# lspci -k -s 3b:00.0',
      '3b:00.0 Ethernet controller: Intel Corporation Ethernet Controller X710 for 10GbE SFP+ (rev 02)',
      '\tSubsystem: Intel Corporation Ethernet Converged Network Adapter X710',
      '\tKernel driver in use: vfio-pci',
      '\tKernel modules: i40e',
    ),
    cause: 'pf-bound-to-vfio',
  },
  'a German shell': {
    given: lines(
      'root@server:~# echo 4 > /sys/class/net/ens1f0/device/sriov_numvfs',
      '-bash: echo: Schreibfehler: Das Gerät oder die Ressource ist belegt',
      'root@server:~# cat /sys/class/net/ens1f0/device/sriov_numvfs',
      '2',
    ),
    cause: 'numvfs-change-needs-zero',
    free: ['vfs-in-use'],
  },
  'a container that must not write': {
    given: lines(
      '/ # echo 4 > /sys/class/net/eth1/device/sriov_numvfs',
      "sh: can't create /sys/class/net/eth1/device/sriov_numvfs: Read-only file system",
    ),
    cause: 'container-lacks-device',
  },
  'podman without its socket': {
    given: lines(
      '$ podman --remote ps',
      'Cannot connect to Podman. Please verify your connection to the Linux system using `podman system connection list`, or try `podman machine init` and `podman machine start` to manage a new Linux VM',
      'Error: unable to connect to Podman socket: Get "http://d/v5.0.0/libpod/_ping": dial unix /run/user/1000/podman/podman.sock: connect: no such file or directory',
    ),
    cause: 'engine-unreachable',
  },
  'a BAR that the framebuffer holds': {
    given: lines(
      "[    5.1] vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
      "[    5.1] vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
    ),
    cause: 'bar-busy',
  },
  'a ConnectX-3 whose module has no option': {
    given: lines(
      '# lspci | grep Mellanox',
      '81:00.0 Network controller: Mellanox Technologies MT27500 Family [ConnectX-3]',
      '# echo 4 > /sys/bus/pci/devices/0000:81:00.0/sriov_numvfs',
      '-bash: echo: write error: No such file or directory',
      '[ 99.1] mlx4_core 0000:81:00.0: driver does not support SR-IOV configuration via sysfs',
    ),
    cause: 'mlx4-num-vfs-param-missing',
    free: ['pf-driver-lacks-sriov'],
  },
  'an NVMe VF that was never brought online': {
    given: lines(
      '[  410.1] nvme nvme1: pci function 0000:41:00.1',
      '[  410.1] nvme 0000:41:00.1: enabling device (0000 -> 0002)',
      '[  471.2] nvme nvme1: Device not ready; aborting initialisation, CSTS=0x0',
      '# nvme list-secondary /dev/nvme0 | grep -c "Secondary Controller State *: Offline"',
      '4',
      '# cat /sys/class/nvme/nvme0/device/sriov_numvfs',
      '4',
    ),
    cause: 'vf-not-provisioned',
  },
  'a VF that vanished with its container': {
    given: lines(
      '# docker rm -f cnf1',
      'cnf1',
      '# ip link show ens1f0v2',
      'Device "ens1f0v2" does not exist.',
      '# ls -l /sys/bus/pci/devices/0000:18:02.2/driver',
      'lrwxrwxrwx 1 root root 0 Nov 20 10:00 /sys/bus/pci/devices/0000:18:02.2/driver -> ../../../../bus/pci/drivers/iavf',
    ),
    cause: 'vf-stuck-in-netns',
  },
  'healthy: i350 that just made VFs': {
    given: lines(
      'root@fw:~# echo 7 > /sys/class/net/eno3/device/sriov_numvfs',
      'root@fw:~# dmesg | tail -n 6',
      '[ 1200.10] igb 0000:06:00.2: 7 VFs allocated',
      '[ 1200.21] pci 0000:06:10.2: [8086:1520] type 00 class 0x020000',
      '[ 1200.22] pci 0000:06:10.2: Adding to iommu group 61',
      '[ 1200.40] igbvf 0000:06:10.2: enabling device (0000 -> 0002)',
      '[ 1200.41] igbvf 0000:06:10.2: PF still in reset state. Is the PF interface up?',
      '[ 1200.41] igbvf 0000:06:10.2: Assigning random MAC address.',
      '[ 1203.00] igb 0000:06:00.2 eno3: igb: eno3 NIC Link is Up 1000 Mbps Full Duplex, Flow Control: None',
      '[ 1203.10] igbvf 0000:06:10.2: Link is Up 1000 Mbps Full Duplex',
    ),
    cause: 'healthy',
  },
  'healthy: chelsio, whose fourth function has no VFs': {
    given: lines(
      '# cat /sys/bus/pci/devices/0000:82:00.4/sriov_totalvfs',
      'cat: /sys/bus/pci/devices/0000:82:00.4/sriov_totalvfs: No such file or directory',
      '# cat /sys/bus/pci/devices/0000:82:00.0/sriov_totalvfs',
      '16',
      'cxgb4 0000:82:00.4: Chelsio T62100-LP-CR rev 0',
      'cxgb4 0000:82:00.4 enp130s0f4: Chelsio T62100-LP-CR (enp130s0f4) 40G/100GBASE QSFP28',
    ),
    cause: 'healthy',
  },
  'healthy: Proxmox with working passthrough': {
    given: lines(
      '[    0.0] Command line: initrd=\\EFI\\proxmox\\6.8.12-4-pve\\initrd.img root=ZFS=rpool/ROOT/pve-1 boot=zfs intel_iommu=on iommu=pt',
      '[    0.31] DMAR: IOMMU enabled',
      '[    0.70] DMAR-IR: Enabled IRQ remapping in x2apic mode',
      '[    0.71] DMAR: No ATSR found',
      '[    1.10] DMAR: Intel(R) Virtualization Technology for Directed I/O',
      '[   14.2] vfio-pci 0000:18:02.1: enabling device (0000 -> 0002)',
      '[   15.0] vfio-pci 0000:18:02.1: resetting',
      '[   15.1] vfio-pci 0000:18:02.1: reset done',
      '[   16.2] i40e 0000:18:00.0: Setting MAC 52:54:00:12:34:56 on VF 1',
      '[   16.3] i40e 0000:18:00.0: Bring down and up the VF interface to make this change effective.',
      '[   16.4] i40e 0000:18:00.0: VF 1 is now trusted',
    ),
    cause: 'healthy',
  },
  'healthy: rates, VLANs and trust as set': {
    given: lines(
      '# ip link show ens1f0np0',
      '6: ens1f0np0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq state UP mode DEFAULT group default qlen 1000',
      '    link/ether b8:ce:f6:aa:bb:c0 brd ff:ff:ff:ff:ff:ff',
      '    vf 0     link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff, vlan 100, spoof checking off, link-state auto, trust on, query_rss off',
      '    vf 1     link/ether 02:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff, tx rate 10000 (Mbps), max_tx_rate 10000Mbps, spoof checking on, link-state disable, trust off, query_rss off',
      '    altname enp59s0f0np0',
    ),
    cause: 'healthy',
  },
};
