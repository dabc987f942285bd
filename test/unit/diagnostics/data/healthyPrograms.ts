import type { HostEvidence } from '../../../../src/model/evidence';
import { evidence, log, remarks, typed } from './evidence';

const link = (name: string, mac: string, ...more: string[]) => [
  `6: ${name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000`,
  `    link/ether ${mac} brd ff:ff:ff:ff:ff:ff`,
  ...more,
];

/** Programs that say what looks like an error and isn't, one beside each rule about their messages. */
export const healthyPrograms: Record<string, HostEvidence> = {
  'DPDK without pages of 1 GiB': remarks(
    'EAL: No available 1048576 kB hugepages reported',
    'EAL: No free 2048 kB hugepages reported on node 1',
    'EAL: 4 hugepages of size 1073741824 reserved, but no mounted hugetlbfs found for that size',
    'EAL: Probe PCI driver: net_iavf (8086:154c) device: 0000:3b:02.0 (socket 0)',
  ),
  'DPDK on mlx5, which needs no vfio, in a container': typed('docker run --rm testpmd', null, {
    other: [
      'EAL:   cannot open VFIO container, error 2 (No such file or directory)',
      'EAL: VFIO support could not be initialized',
      'EAL: Probe PCI driver: mlx5_pci (15b3:1018) device: 0000:5e:00.6 (socket 0)',
    ],
  }),
  'a container that has its group': typed(
    'docker run --device /dev/vfio/vfio --device /dev/vfio/23 testpmd',
    null,
    {
      other: ['EAL: Using IOMMU type 1 (Type 1)'],
    },
  ),
  'a reservation that Proxmox takes over': remarks(
    'leftover PCI reservation found for 0000:03:10.0, lets take it...',
  ),
  'dpdk-devbind lists drivers': remarks(
    "0000:3b:02.0 'Ethernet Virtual Function 700 Series 154c' drv=vfio-pci unused=iavf",
  ),
  'a guest looks for its physical function': evidence({
    commands: [
      {
        command: 'readlink /sys/bus/pci/devices/0000:00:05.0/physfn',
        error: 'readlink: /sys/bus/pci/devices/0000:00:05.0/physfn: No such file or directory',
      },
    ],
    sysfs: { 'systemd-detect-virt': 'kvm' },
  }),
  'VFs without an address of the PF, and devices without one by nature': evidence({
    other: [
      ...link(
        'ens1f0',
        '02:00:00:00:10:01',
        '    vf 0     link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off',
      ),
      '7: gretap0@NONE: <BROADCAST,MULTICAST> mtu 1462 qdisc noop state DOWN mode DEFAULT group default qlen 1000',
      '    link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff',
    ],
  }),
  GUIDs: remarks("CA 'mlx5_2'", '\tNode GUID: 0x043f720300d1a2b4', '\tPort GUID: 0x043f720300d1a2b5'),
  'an address that another program could not bind': typed(
    'nc -l 192.0.2.1 80',
    'nc: Cannot assign requested address',
  ),
  'a module outside this field': remarks(
    'modprobe: FATAL: Module nvidia_uvm not found in directory /lib/modules/6.1.0-18-amd64',
  ),
  'a name that exists': evidence({
    other: link('ens1f0', '02:00:00:00:10:01', '    altname enp59s0f0'),
    dmesg: ['ixgbe 0000:3b:00.0 ens1f0: renamed from eth0'],
  }),
  'rates that fit each other': typed('ip link set ens1f0 vf 0 min_tx_rate 100 max_tx_rate 500', null),
  'a link that is disabled and that nobody wants up': evidence({
    other: link(
      'ens1f0',
      '02:00:00:00:10:01',
      '    vf 0     link/ether 02:00:00:00:10:a0 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state disable, trust off',
    ),
  }),
  'a file system that is read-only, and not /sys': typed(
    'touch /usr/x',
    "touch: cannot touch '/usr/x': Read-only file system",
  ),
  'a driver that is loaded': remarks("Driver 'vfio-pci' is loaded."),
  'an Azure guest that switches its data path': log(
    'hv_netvsc 000d3a1b-2c3d-000d-3a1b-2c3d000d3a1b eth0: VF registering: eth1',
    'mlx5_core a1b2:00:02.0 eth1: Link up',
    'hv_netvsc 000d3a1b-2c3d-000d-3a1b-2c3d000d3a1b eth0: Data path switched to VF: eth1',
  ),
  'libvirt raises a limit': remarks('Locked memory for process 77 limited to 34359738368 bytes'),
  'a board with an IOMMU, where a function has its group': typed(
    'find /sys/kernel/iommu_groups -type l',
    '/sys/kernel/iommu_groups/0/devices/fdea0000.video-codec\n/sys/kernel/iommu_groups/7/devices/0002:21:00.0',
    { dmesg: ['vfio-pci 0002:21:00.0: enabling device (0000 -> 0002)'] },
  ),
  'a guest whose device is bound to vfio-pci': remarks(
    "0000:03:00.0 'VMXNET3 Ethernet Controller 07b0' if=ens160 drv=vmxnet3 unused=vfio-pci",
    "0000:0b:00.0 'VMXNET3 Ethernet Controller 07b0' drv=vfio-pci unused=vmxnet3",
  ),
  'hugepages that are there': remarks(
    'HugeTLB: registered 1.00 GiB page size, pre-allocated 8 pages',
    'EAL: No free hugepages reported in hugepages-1048576kB',
  ),
  'a VF below a synthetic device, left alone': typed(
    'nmcli device',
    'DEVICE TYPE STATE CONNECTION\neth0 ethernet connected eth0\nenP1s2 ethernet unmanaged --',
    {
      dmesg: ['hv_netvsc 000d3a00-0000-000d-3a00-000d3a000000 eth0: VF registering: enP1s2'],
      other: link('enP1s2', '02:00:00:00:00:01'),
    },
  ),
  'an InfiniBand adapter beside a VLAN that was set': typed('ip link set ens1f0 vf 0 vlan 100', '', {
    other: ['The other adapter is InfiniBand.'],
  }),
  'advice about physical functions': remarks(
    'The PF must not be bound to vfio-pci, only its VFs.',
    'VFs of the PF are bound to vfio-pci.',
  ),
  'a VF that is handed over by driverctl': typed('driverctl set-override 0000:3b:02.0 vfio-pci', '', {
    sysfs: { '/sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs': '64' },
  }),
  'no lockdown': evidence({ sysfs: { '/sys/kernel/security/lockdown': '[none] integrity confidentiality' } }),
  'a driver by its right name': typed('echo 0000:3b:02.0 > /sys/bus/pci/drivers/vfio-pci/bind', ''),
  'VFs that libvirt binds, made without a driver': evidence({
    commands: [
      'echo 0 > /sys/bus/pci/devices/0000:3b:00.0/sriov_drivers_autoprobe',
      'echo 4 > /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs',
      'echo 1 > /sys/bus/pci/devices/0000:3b:00.0/sriov_drivers_autoprobe',
      'echo 0000:3b:02.0 > /sys/bus/pci/drivers_probe',
    ].map((command) => ({ command, error: '' })),
  }),
  'what drivers say of VFs that are well': log(
    'igb 0000:03:00.0: VF 2 requested a reset',
    'be2net 0000:04:00.0: Device supports 16 VFs',
    'ice 0000:3b:00.0: Setting max Tx rate 1000 Mbps for VF 1',
    'bnxt_en 0000:65:02.0: VF MAC address 02:00:00:00:00:01 approved',
    'unregister_netdevice: waiting for lo to become free. Usage count = 1',
  ),
  'pools that have VFs': remarks(
    'Warning  FailedScheduling  0/3 nodes are available: 3 Insufficient cpu.',
    'Allocatable: intel.com/sriov_dpdk: 8',
    'device plugin: no net directory under pci device 0000:3b:02.0, which vfio-pci has',
  ),
  'a machine that is none of a hypervisor': remarks(
    'Manufacturer: Dell Inc.',
    'Hypervisor vendor:   Xen',
    'Virtualization type: none',
    'IOMMU: enabled',
  ),
  'a VF that answers': remarks(
    'EAL: Probe PCI driver: net_iavf (8086:154c) device: 0000:3b:02.0 (socket 0)',
    'iavf_init_rss(): RSS is enabled by PF by default',
    '(XEN) I/O virtualisation enabled',
    'An available virtual function was found.',
    'net_mlx5: 0000:3b:00.2: probed',
  ),
  'a pod with one of the RDMA devices of its host': remarks(
    'In the pod:',
    'mlx5_0  mlx5_1  mlx5_2  mlx5_3',
    'issm0  rdma_cm  umad0  uverbs0',
  ),
  'a write that root repeated, without its first line': evidence({
    other: ['-bash: /sys/devices/pci0000:bc/0000:bc:00.0/0000:bd:00.3/sriov_numvfs: Permission denied'],
    commands: [
      {
        command: 'echo 1 > /sys/devices/pci0000:bc/0000:bc:00.0/0000:bd:00.3/sriov_numvfs',
        error: null,
        asRoot: true,
      },
      {
        command: 'cat /sys/devices/pci0000:bc/0000:bc:00.0/0000:bd:00.3/sriov_numvfs',
        error: '1',
        asRoot: true,
      },
    ],
  }),
  'a VF that is down, above lines of a listing without its beginning': remarks(
    '8: ens7f0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq state UP mode DEFAULT qlen 1000',
    '111: ens7f0v3: <BROADCAST,MULTICAST> mtu 9000 qdisc noop state DOWN mode DEFAULT qlen 1000',
    '    vf 3     link/ether 02:00:00:00:00:03 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto',
  ),
  'a VF of one listing and the driver of another': evidence({
    lspci: [
      '75:00.2 Ethernet controller: Mellanox Technologies ConnectX Family mlx5Gen Virtual Function',
      '\tPhysical Slot: 97',
      '5e:00.0 Ethernet controller: Intel Corporation Ethernet Controller X710 for 10GbE SFP+ (rev 02)',
      '\tKernel driver in use: i40e',
    ],
  }),
  'a VF of a graphics adapter for a guest': evidence({
    dmesg: ['i915 0000:00:02.0: Running in SR-IOV PF mode'],
    lspci: [
      '00:02.1 VGA compatible controller: Intel Corporation Alder Lake-N [UHD Graphics]',
      '\tKernel driver in use: vfio-pci',
    ],
  }),
};
