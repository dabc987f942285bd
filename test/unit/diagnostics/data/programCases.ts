import { evidence, log, remarks, typed } from './evidence';
import type { RuleCase } from './ruleCases';

const link = (name: string, flags: string, mac: string, ...more: string[]) => [
  `6: ${name}: <${flags}> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000`,
  `    link/ether ${mac} brd ff:ff:ff:ff:ff:ff`,
  ...more,
];

/** What programs say: DPDK, containers, libvirt, CNI plugins and others. */
export const programCases: RuleCase[] = [
  {
    rule: 'users.taken',
    cause: 'vfs-in-use',
    severity: 'error',
    evidence: remarks("TASK ERROR: PCI device '0000:03:10.0' already in use by VMID '104'"),
  },
  {
    rule: 'users.taken',
    cause: 'vfs-in-use',
    severity: 'error',
    evidence: remarks(
      'Error: Failed to start device "eth1": All virtual functions of sriov device "ens1" seem to be in use',
    ),
  },
  {
    rule: 'users.driver-not-loaded',
    cause: 'vf-driver-missing',
    severity: 'error',
    evidence: remarks("Error: Driver 'vfio-pci' is not loaded."),
  },
  {
    rule: 'users.no-noiommu',
    cause: 'guest-no-viommu',
    severity: 'warning',
    evidence: log("vfio: unknown parameter 'enable_unsafe_noiommu_mode' ignored"),
  },
  {
    rule: 'names.interface',
    cause: 'name-unknown',
    severity: 'error',
    evidence: typed('ip link set ens1f1 up', 'Cannot find device "ens1f1"', {
      other: link('ens1f0', 'BROADCAST,UP,LOWER_UP', '02:00:00:00:00:01'),
    }),
  },
  {
    rule: 'names.interface',
    cause: 'name-unknown',
    severity: 'warning',
    evidence: remarks('error: Unable to get index for interface ens2f9: No such device'),
  },
  {
    rule: 'names.interface',
    cause: 'name-unknown',
    severity: 'error',
    evidence: typed(
      'echo 4 > /sys/class/net/eth0/device/sriov_numvfs',
      'bash: /sys/class/net/eth0/device/sriov_numvfs: No such file or directory',
      { dmesg: ['ixgbe 0000:03:00.0 enp3s0f0: renamed from eth0'] },
    ),
  },
  {
    rule: 'names.driver',
    cause: 'name-unknown',
    severity: 'error',
    evidence: remarks('modprobe: FATAL: Module vfio_pcie not found in directory /lib/modules/6.1.0-18-amd64'),
  },
  {
    rule: 'names.driver',
    cause: 'name-unknown',
    severity: 'error',
    evidence: typed(
      'echo 0000:3b:02.0 > /sys/bus/pci/drivers/vfio_pci/bind',
      'bash: /sys/bus/pci/drivers/vfio_pci/bind: No such file or directory',
    ),
  },
  {
    rule: 'hugepages.missing',
    cause: 'hugepages-missing',
    severity: 'error',
    evidence: remarks('EAL: FATAL: Cannot get hugepage information.'),
  },
  {
    rule: 'hugepages.missing',
    cause: 'hugepages-missing',
    severity: 'error',
    evidence: remarks('error: internal error: Unable to find any usable hugetlbfs mount for 1048576 KiB'),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: remarks(
      'docker run -it --rm training bash',
      'net_ib.cc:148 WARN NET/IB : Unable to open device mlx5_bond_0',
    ),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: remarks(
      'Error: failed to generate container spec: failed to generate spec:',
      'lstat /dev/vfio/devices/vfio3: no such file or directory',
    ),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'warning',
    evidence: remarks(
      'Inside the container:',
      'mlx5_0  mlx5_1',
      'rdma_cm  uverbs0',
      'rdma_get_devices: No such device',
    ),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: remarks(
      'docker: Error response from daemon: error gathering device information while adding custom device "/dev/vfio/23": no such file or directory',
    ),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: remarks('EAL: Cannot open /dev/vfio/41: Operation not permitted'),
  },
  {
    rule: 'container.read-only',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: typed(
      'echo 4 > /sys/class/net/ens1f0/device/sriov_numvfs',
      'bash: /sys/class/net/ens1f0/device/sriov_numvfs: Read-only file system',
    ),
  },
  {
    rule: 'container.memlock',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: typed(
      'docker run --rm testpmd',
      'EAL: cannot set up DMA remapping, error 12 (Cannot allocate memory)',
    ),
  },
  {
    rule: 'container.no-vf',
    cause: 'container-lacks-device',
    severity: 'warning',
    evidence: remarks('SRIOV-CNI failed to load netconf: LoadConf(): VF pci addr is required'),
  },
  {
    rule: 'container.no-verbs',
    cause: 'vf-driver-missing',
    severity: 'warning',
    evidence: remarks(
      'mlx5_common: No Verbs device matches PCI device 0000:3b:00.2, are kernel drivers loaded?',
    ),
  },
  {
    rule: 'identity.no-address',
    cause: 'vf-address-missing',
    severity: 'error',
    evidence: typed('ip link set ens1f0v0 up', 'RTNETLINK answers: Cannot assign requested address'),
  },
  {
    rule: 'identity.no-address',
    cause: 'vf-address-missing',
    severity: 'error',
    evidence: remarks("CA 'mlx5_2'", '\tNode GUID: 0x0000000000000000'),
  },
  {
    rule: 'identity.no-address',
    cause: 'vf-address-missing',
    severity: 'warning',
    evidence: evidence({ other: link('ens1f0v2', 'BROADCAST,MULTICAST', '00:00:00:00:00:00') }),
  },
  {
    rule: 'identity.not-a-vf',
    cause: 'not-a-vf',
    severity: 'error',
    evidence: remarks(
      'SRIOV-CNI failed to load netconf: failed to get VF information: "lstat /sys/bus/pci/devices/0000:3b:00.0/physfn: no such file or directory"',
    ),
  },
  {
    rule: 'conflicts.settings',
    cause: 'setting-conflict',
    severity: 'error',
    evidence: log(
      'ice 0000:3b:00.0: DCB on PF is currently enabled. VF min Tx rate limiting not allowed on this PF.',
    ),
  },
  {
    rule: 'conflicts.settings',
    cause: 'setting-conflict',
    severity: 'error',
    evidence: typed(
      'ip link set ens1f0 vf 0 min_tx_rate 500 max_tx_rate 100',
      'RTNETLINK answers: Invalid argument',
    ),
  },
  {
    rule: 'conflicts.link-off',
    cause: 'setting-conflict',
    severity: 'warning',
    evidence: evidence({
      other: [
        ...link(
          'ens1f0',
          'BROADCAST,UP,LOWER_UP',
          '02:00:00:00:00:01',
          '    vf 0     link/ether 02:00:00:00:00:a0 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state disable, trust off',
        ),
        ...link('ens1f0v0', 'NO-CARRIER,BROADCAST,UP', '02:00:00:00:00:a0'),
      ],
    }),
  },
  {
    rule: 'language.picture',
    cause: 'other',
    severity: 'info',
    evidence: remarks('![the BIOS menu](https://example.org/bios.png)'),
  },
  {
    rule: 'container.memlock',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: remarks(
      'libvirt: error : cannot limit locked memory of process 77 to 34359738368: Operation not permitted',
    ),
  },
  {
    rule: 'privileges.memlock',
    cause: 'not-permitted',
    severity: 'warning',
    evidence: remarks(
      'virsh -c qemu:///session start vm1',
      'libvirt: error : cannot limit locked memory of process 77 to 34359738368: Operation not permitted',
    ),
  },
  {
    rule: 'iommu.not-mapped',
    cause: 'dt-map-missing',
    severity: 'error',
    purpose: 'vm',
    evidence: typed(
      'find /sys/kernel/iommu_groups -type l',
      '/sys/kernel/iommu_groups/0/devices/fdea0000.video-codec',
      { dmesg: ['vfio-pci 0002:21:00.0: probe with driver vfio-pci failed with error -22'] },
    ),
  },
  {
    rule: 'iommu.not-mapped',
    cause: 'dt-map-missing',
    severity: 'error',
    purpose: 'vm',
    evidence: log(
      'rkvdec fdc38100.video-codec: Adding to iommu group 0',
      'vfio-pci 0002:21:00.0: probe with driver vfio-pci failed with error -22',
    ),
  },
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    purpose: 'vfio',
    evidence: typed(
      'dpdk-devbind.py -b vfio-pci 0000:0b:00.0',
      'Error: bind failed for 0000:0b:00.0 - Cannot bind to driver vfio-pci',
      { other: ["0000:03:00.0 'VMXNET3 Ethernet Controller 07b0' if=ens160 drv=vmxnet3 unused=vfio-pci"] },
    ),
  },
  ...[
    'vpp[411]: dpdk_config: not enough free huge pages',
    '## ERROR: requested 1024 hugepages but 512 could be allocated on node0.',
    'EAL: Cannot init memory',
    'netdev_dpdk|ERR|Insufficient memory to create memory pool for netdev dpdk0, with MTU 9000 on socket 1',
    'HugeTLB: allocating 32 of page size 1.00 GiB failed.  Only allocated 21 hugepages.',
    'qemu-system-x86_64: preallocating memory failed: Bad address',
    'TASK ERROR: start failed: hugepage allocation failed',
  ].map((line): RuleCase => ({
    rule: 'hugepages.missing',
    cause: 'hugepages-missing',
    severity: 'error',
    evidence: remarks(line),
  })),
  {
    rule: 'managers.interfere',
    cause: 'network-manager-interferes',
    severity: 'error',
    evidence: typed(
      'nmcli device',
      'DEVICE TYPE STATE CONNECTION\neth0 ethernet connected eth0\nenP1s2 ethernet connected Wired connection 1',
      { other: ['hv_netvsc 000d3a00-0000-000d-3a00-000d3a000000 eth0: VF registering: enP1s2'] },
    ),
  },
  {
    rule: 'managers.interfere',
    cause: 'network-manager-interferes',
    severity: 'error',
    evidence: evidence({
      other: [
        'hv_netvsc 000d3a00-0000-000d-3a00-000d3a000000 eth0: VF registering: enP1s2',
        ...link('enP1s2', 'BROADCAST,SLAVE,UP,LOWER_UP', '02:00:00:00:00:01'),
        '    inet 10.1.0.5/24 brd 10.1.0.255 scope global dynamic enP1s2',
      ],
    }),
  },
  {
    rule: 'identity.not-a-vf',
    cause: 'not-a-vf',
    severity: 'error',
    evidence: remarks(
      'SRIOV-CNI failed to load netconf: failed to open the sriov_numfs of device "ens4": lstat /sys/class/net/ens4/device/sriov_numvfs: no such file or directory',
    ),
  },
  {
    rule: 'vf.vlan-on-infiniband',
    cause: 'vlan-unsupported-infiniband',
    severity: 'error',
    evidence: remarks(
      'The ports are InfiniBand.',
      'SRIOV-CNI failed to configure VF "failed to set vf 3 vlan: operation not supported"',
    ),
  },
  {
    rule: 'pf-driver.userspace',
    cause: 'pf-bound-to-vfio',
    severity: 'error',
    evidence: remarks('The start script binds the parent device 0000:3b:00.0 to vfio-pci'),
  },
  {
    rule: 'pf-driver.userspace',
    cause: 'pf-bound-to-vfio',
    severity: 'error',
    evidence: typed('driverctl set-override 0000:3b:00.0 vfio-pci', '', {
      sysfs: { '/sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs': '64' },
    }),
  },
  {
    rule: 'privileges.lockdown',
    cause: 'kernel-lockdown',
    severity: 'error',
    evidence: remarks('lastSyncError: nvidia device detected when in lockdown mode'),
  },
  ...[
    'Error: bind failed for 0000:3b:02.0 - Cannot open /sys/bus/pci/drivers/vfio_pci/bind',
    "Error: Driver 'uio-pci-generic' is not loaded.",
    'spec.deviceType: Unsupported value: "vfio_pci": supported values: "netdevice", "vfio-pci"',
  ].map((line): RuleCase => ({
    rule: 'names.driver',
    cause: 'name-unknown',
    severity: 'error',
    evidence: remarks(line),
  })),
  {
    rule: 'vf-driver.autoprobe-off',
    cause: 'vf-driver-not-bound',
    severity: 'warning',
    purpose: 'vfio',
    evidence: evidence({
      commands: [
        'echo "8086 154c" > /sys/bus/pci/drivers/vfio-pci/new_id',
        'echo 0 > /sys/bus/pci/devices/0000:3b:00.0/sriov_drivers_autoprobe',
        'echo 4 > /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs',
      ].map((command) => ({ command, error: '' })),
    }),
  },
  {
    rule: 'vf-driver.missing',
    cause: 'vf-driver-missing',
    severity: 'warning',
    purpose: 'vm',
    evidence: remarks('The image misses the igbvf driver.'),
  },
  {
    rule: 'users.pool-empty',
    cause: 'vfs-in-use',
    severity: 'warning',
    evidence: remarks('0/3 nodes are available: 3 Insufficient intel.com/sriov_dpdk. preemption: 0/3'),
  },
  {
    rule: 'vf-driver.unprobed',
    cause: 'vf-driver-not-bound',
    severity: 'warning',
    evidence: remarks(
      'SRIOV-CNI failed to configure VF: GetNetNames(): no net directory under pci device 0000:3b:02.0',
    ),
  },
  {
    rule: 'iommu.flag-missing',
    cause: 'iommu-flag-missing',
    severity: 'error',
    purpose: 'vm',
    evidence: remarks('error: neither VFIO nor KVM device assignment is currently supported on this system'),
  },
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    purpose: 'vfio',
    evidence: remarks(
      'Hypervisor vendor:   KVM',
      'driverctl: failed to bind device 0000:00:04.0 to driver vfio-pci',
    ),
  },
];

/** How drivers that are seen less often say the same. */
const driversSay: [string, RuleCase['cause'], string[]][] = [
  [
    'vf.untrusted',
    'vf-untrusted',
    [
      'igb 0000:03:00.0: VF 2 requested MAC filter but is administratively denied',
      'be2net 0000:04:00.0: VF is not privileged to issue opcode 1-60',
    ],
  ],
  [
    'vf.mac-set-by-pf',
    'vf-mac-set-by-pf',
    [
      'bnxt_en 0000:65:02.0: VF MAC address 02:00:00:00:00:01 not approved by the PF',
      'hinic 0000:8a:00.0: PF has already set VF mac',
    ],
  ],
  [
    'vf.rate-unsupported',
    'rate-limit-unsupported',
    [
      "cxgb4 0000:02:00.4: Max tx rate 40000 for VF 1 can't be > link-speed 10000",
      'cxgb4 0000:02:00.4: Min tx rate (10) (> 0) for VF 1 is Invalid.',
      'ice 0000:3b:00.0: min Tx rate of 20000 Mbps for VF 1 would cause oversubscription of 10000 Mbps',
      'be2net 0000:04:00.0: TX-rate must be between 100 and 10000 Mbps',
      'nfp 0000:05:00.0: ndo_set_vf_rate not supported',
    ],
  ],
  ['numvfs.in-use', 'vfs-in-use', ["mlx4_core 0000:05:00.0: Removing PF when there are assigned VF's !!!"]],
  [
    'numvfs.beyond-limit',
    'nic-firmware-vf-limit',
    [
      'be2net 0000:04:00.0: Device supports 16 VFs and not 30',
      'nfp 0000:05:00.0: The firmware does not support more than 32 VFs',
      'mlx4_core 0000:05:00.0: requested vfs (16) > available vfs (8). Continuing without SR_IOV',
    ],
  ],
  [
    'firmware.msix',
    'msix-exhausted',
    ['ice 0000:3b:00.0: Not enough resources for 128 VFs, err -28. Try with fewer number of VFs'],
  ],
  ['conflicts.settings', 'setting-conflict', ['ixgbe 0000:03:00.0: VF max_frame 9018 out of range']],
  [
    'namespaces.stuck',
    'vf-stuck-in-netns',
    ['unregister_netdevice: waiting for eth0 to become free. Usage count = 1'],
  ],
];
programCases.push(
  ...driversSay.flatMap(([rule, cause, lines]) =>
    lines.map((line): RuleCase => ({ rule, cause, severity: 'error', evidence: log(line) })),
  ),
  {
    rule: 'pf-state.vf-waits',
    cause: 'pf-link-down',
    severity: 'error',
    evidence: remarks(
      "error: internal error: Unable to configure VF 0 of PF 'ens1f0' because the PF is not online.",
    ),
  },
  ...[
    'All devices in use [ ens1f0 ].',
    'Failed to start device "eth0": Couldn\'t find an available virtual function',
    'pciPassthru:14: No SR-IOV virtual function (VF) is available for given physical function (PF)',
    'Insufficient compute resources: Claim pci failed.',
    'Attempt to consume PCI device 1:0000:3b:02.0 from empty pool',
  ].map((line): RuleCase => ({
    rule: 'users.taken',
    cause: 'vfs-in-use',
    severity: 'error',
    evidence: remarks(line),
  })),
  {
    rule: 'bugs.vf-refused',
    cause: 'driver-bug',
    severity: 'warning',
    evidence: remarks('i40evf_check_api_version(): PF/VF API version mismatch:(0.0)-(1.1)'),
  },
  {
    rule: 'vf.mac-filter-refused',
    cause: 'vf-untrusted',
    severity: 'warning',
    evidence: remarks('iavf_config_promisc(): fail to execute command CONFIG_PROMISCUOUS_MODE'),
  },
  {
    rule: 'container.no-device',
    cause: 'container-lacks-device',
    severity: 'error',
    evidence: typed('kubectl exec pod1 -- testpmd -w 0000:3b:00.2', null, {
      other: [
        'net_mlx5: probe of PCI device 0000:3b:00.2 aborted after encountering an error: No such file or directory',
      ],
    }),
  },
  {
    rule: 'iommu.off-in-bios',
    cause: 'vtd-off-in-bios',
    severity: 'error',
    purpose: 'vm',
    evidence: remarks('(XEN) I/O virtualisation disabled'),
  },
  {
    rule: 'guest.no-viommu',
    cause: 'guest-no-viommu',
    severity: 'error',
    purpose: 'vm',
    evidence: remarks(
      'Product Name: VMware Virtual Platform',
      'TASK ERROR: Cannot bind 0000:03:10.0 to vfio',
    ),
  },
);
