import { command } from '../command';
import { fix } from '../rule';

/** What is to be done about a cause, for the rules and the candidates that name it. */
export const zeroFirst = [
  fix('command', 'Set the number to 0 first, then to the new one', {
    commands: [
      command`echo 0 > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
      command`echo ${'COUNT'} > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
    ],
    risk: 'This removes all VFs of the adapter, including those in containers and virtual machines.',
  }),
];

export const giveBack = [fix('command', 'Stop what uses the VFs, or detach them, then try again')];

export const waitAndReload = [
  fix('driver', 'Wait, then reload the PF driver; update driver and firmware', {
    risk: 'The PF loses its link while the driver reloads.',
  }),
];

export const freeSwitch = [
  fix('command', 'Remove the tc rules and take the PF out of its bridge or bond, then try again', {
    commands: [
      command`tc qdisc show dev ${'PF'}`,
      command`ip -d link show dev ${'PF'}`,
      command`devlink dev eswitch show pci/${'PCI'}`,
    ],
  }),
];

export const moreRoom = [
  fix(
    'bios',
    'Enable SR-IOV and "Above 4G Decoding" (with a large MMIO size if there is a choice) in the BIOS setup',
  ),
  fix('kernel-args', 'Then let Linux reassign the PCI resources: pci=realloc', {
    risk: 'Other devices may lose their resources; keep the old entry in the boot menu.',
    change: { kind: 'kernel-args', add: ['pci=realloc'], remove: [] },
  }),
  fix(
    'firmware',
    'Configure the adapter for fewer VFs or smaller VF BARs (Mellanox: NUM_OF_VFS, LOG_BAR_SIZE)',
  ),
];

export const moreBuses = [
  fix('bios', 'Enable ARI (PCIe ARI support / ARI forwarding) in the BIOS setup, or use another slot'),
  fix('kernel-args', 'Let Linux assign all bus numbers: pci=assign-busses', {
    risk: 'It is known to have made a board unbootable. Keep the old entry in the boot menu and console access.',
    change: { kind: 'kernel-args', add: ['pci=assign-busses'], remove: [] },
  }),
];

export const enableAri = [
  fix(
    'bios',
    'Enable "ARI Support" / "ARI Forwarding" in the BIOS setup, update the BIOS, or use another slot',
  ),
];

export const enableInBios = [
  fix(
    'bios',
    'Enable "SR-IOV" / "SR-IOV Global Enable" in the BIOS setup, and SR-IOV on the page of the adapter there',
  ),
];

export const enableInAdapter = [
  fix(
    'firmware',
    'Enable SR-IOV in the adapter (Mellanox: mlxconfig set SRIOV_EN=1 NUM_OF_VFS=N; others on the page of the adapter in the BIOS setup)',
  ),
];

export const mlx4Option = [
  fix('driver', 'Set the option and rebuild the initramfs', {
    commands: [
      command`echo "options mlx4_core num_vfs=8 probe_vf=8" > /etc/modprobe.d/mlx4.conf`,
      command`update-initramfs -u -k all || dracut -f`,
    ],
    needsReboot: true,
  }),
];

export const loadDriver = [
  fix('driver', 'Load the adapter driver', {
    commands: [command`modprobe -a $(modprobe -R "$(cat /sys/bus/pci/devices/${'PCI'}/modalias)")`],
  }),
];

export const otherDriver = [
  fix('driver', 'Check which driver is bound, and whether that version supports SR-IOV', {
    commands: [command`lspci -k -s ${'PCI'}`, command`dmesg | tail`],
  }),
];

export const graphicsDriver = [
  fix('driver', 'Check that the driver with SR-IOV support is loaded, with its options'),
];

export const fewer = [
  fix('command', 'Set at most sriov_totalvfs VFs'),
  fix(
    'firmware',
    "Increase the number in the adapter's configuration (Mellanox: mlxconfig set NUM_OF_VFS=N; others on the adapter's page in the BIOS setup)",
    {
      commands: [],
    },
  ),
];

export const freeVectors = [
  fix('driver', 'Free some for VFs: use fewer queues for the PF, or no RDMA on it', {
    commands: [
      command`echo "blacklist irdma" > /etc/modprobe.d/irdma.conf`,
      command`ethtool -L ${'PF'} combined 32`,
    ],
    risk: 'RDMA on this adapter stops working.',
    needsReboot: true,
  }),
];

export const asRoot = [
  fix(
    'command',
    'Run it as root (sudo). "sudo echo N > file" writes as the user; use "echo N | sudo tee file"',
  ),
];

export const changeMode = [
  fix('command', 'Remove the VFs, change the mode, create the VFs again', {
    commands: [
      command`echo 0 > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
      command`devlink dev eswitch set pci/${'PCI'} mode ${'MODE'}`,
      command`echo ${'COUNT'} > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
    ],
    risk: 'This removes all VFs of the adapter.',
  }),
];
