import { clients } from './engines';

/**
 * The patterns that select a log line, for the shell on the host (`grep -iE`) and for the rules here. Each is an
 * extended regular expression that grep and JavaScript read alike, in lower case. A rule whose lines match none of
 * these adds its own.
 */

/** What the kernel says once, while it boots: kept from the log's start. */
export const bootPatterns = [
  ...['iommu', 'dmar', 'amd-vi', 'smmu', 'ivrs', 'ivmd', 'iort', 'rmrr'],
  ...[
    'hypervisor detected',
    'paravirtualized',
    'dmi: ',
    'smbios',
    'locked down',
    'command line: ',
    'machine model',
  ],
] as const;

/** What the kernel says while it runs: kept from the log's end. */
export const kernelPatterns = [
  ...['sr-?iov', 'vfs?([^a-z]|$)', 'virtual function', 'vfio', 'remap', 'totalvfs', 'iov bar', 'numvfs'],
  ...['bar ?[0-9]+', 'mmio', 'mmconfig', 'acs([^a-z]|$)', 'type 7f', 'header type', 'setup-(bus|res)'],
  ...['link is', 'carrier', 'power state', 'pcie bandwidth', 'reset', 'msi-?x', 'driver bound'],
  ...['lockdown', 'unsigned module', 'key was rejected', 'required key', 'not viable'],
  ...['mlx[0-9]', 'igb', 'ixgbe', 'i40e', 'iavf', 'ice [0-9]', 'bnxt', 'cxgb', 'sfc ', 'hv_netvsc', 'nvme'],
  ...['e-?switch', 'switchdev', 'devlink', 'guc([^a-z]|$)', 'safe mode', 'pf still', 'spoof', 'promisc'],
  ...[
    'mac address',
    'networkmanager',
    'tx driver issue',
    'tx[ _-]rate',
    'unregister_netdevice',
    'netdev watchdog',
    'cannot add more',
  ],
  ...['kernel null', 'blocked for more', 'kernel bug', 'bug: ', 'protection fault'],
] as const;

/** Lines that only programs, files and people write: in a pasted log. */
export const pastedPatterns = [
  ...['command line', 'cmdline', 'hypervisor', 'dmi:', 'bandwidth', 'modprobe', 'module', 'blacklist'],
  ...clients.map(({ name }) => name),
  ...['nm_unmanaged', 'netns', 'namespace', 'trusted'],
  ...['locked memory', 'qemu:///session', 'insufficient', 'claim pci', 'empty pool', 'devices unavailable'],
  ...['virtualization type', 'manufacturer', 'driverctl', 'bind failed', 'drv='],
  ...['mbuf', 'mem ?pool', 'preallocating', 'infiniband', 'physical function', 'parent (device|function)'],
  ...['vmbus', 'azure', 'hyper-v', 'enp[0-9]', 'unsupported value', 'i/o virtualisation'],
  ...[
    'neither vfio',
    'pf is not online',
    'net directory',
    'from empty',
    'sriov_num',
    'ether_address',
    'api version',
  ],
  ...['backend driver', 'cannot bind', 'product name'],
  ...['answers', 'write error', 'file exists', 'rename', 'altname', 'permission denied', 'not permitted'],
  ...['memlock', 'grub_cmdline', 'boot_image', 'options ', 'action==', 'drivers/'],
  ...['virtualizationmode', 'num_of_vfs'],
  ...[
    'in use',
    'instead of',
    'but none are',
    'already allocated',
    'driver .* loaded',
    'noiommu',
    'physfn',
    'guid',
  ],
  ...['huge ?(page|tlb)', 'guest ram', 'init memory', 'not enough memory', 'memory pages', 'page size'],
  ...[
    '/dev/',
    'verbs',
    'cannot be used',
    'cannot attach',
    'ethernet devices',
    'pci addr',
    'requested address',
    'address spaces',
    'container',
    'rdma',
    'e1000/',
    'arm (cpu|processor|server|host|platform)',
    '(grace|ampere|kunpeng|thunderx|graviton|phytium|g[hb][23]00)',
    'iommu.?group',
    'open device',
    'ibv_',
  ],
  ...[
    'cannot find device',
    'no such device',
    "does(n't| not) exist",
    'unknown device',
    'not found',
    'read-only',
  ],
  ...[
    '[.](png|jpe?g|gif|webp)',
    '!\\[',
    '<img',
    'vlan',
    'mtu',
    'conflicts with',
    'link/ether',
    ': <',
    '^[a-z0-9.@-]+ +(up|down|unknown) ',
  ],
] as const;
