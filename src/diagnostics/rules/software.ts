import { command } from '../command';
import { always, fix, hit, whenPassedOn, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

/** A fact of the host that the collector names so; only on a live host, where its absence means something. */
export const fact = (view: View, key: string): { value: string; line: string } | undefined =>
  view.live ? view.facts.find((one) => one.key === key) : undefined;

/** `parentdev` in `ip -j -d` says which network device belongs to which function; iproute2 has it since 5.14. */
const oldIproute = (view: View): Hit[] => {
  const found = fact(view, 'iproute2');
  if (!found) return [];
  const [release, major, minor] = /iproute2-(?:ss\d+|(\d+)\.(\d+))/.exec(found.value) ?? [];
  // Releases before 5.0 were named by their date: ss190107.
  const old =
    release === undefined
      ? /not found/.test(found.value)
      : major === undefined || before514(Number(major), Number(minor));
  return old ? [hit('host', [found.line])] : [];
};
const before514 = (major: number, minor: number): boolean => major < 5 || (major === 5 && minor < 14);

/** The kernel says which function a network device belongs to (IFLA_PARENT_DEV_NAME) since 5.14. */
const oldKernel = (view: View): Hit[] => {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(view.live?.kernel ?? '') ?? [];
  return major !== undefined && before514(Number(major), Number(minor))
    ? [hit('host', [`kernel ${view.live?.kernel}`])]
    : [];
};

const noVfioPci = (view: View): Hit[] => {
  const found = fact(view, 'vfio-pci');
  const kept = view.live?.blacklistedModules.find((name) => name === 'vfio_pci');
  if (kept && found?.value !== 'loaded') return [hit('host', ['vfio-pci: kept from loading'])];
  return found?.value === 'absent' ? [hit('host', [found.line])] : [];
};

const noHugepages = (view: View): Hit[] => {
  const found = fact(view, 'HugePages_Total');
  // That counts pages of the usual size only.
  const others = view.factsOf(/^hugepages-/).some(({ value }) => !value.startsWith('0,'));
  return found?.value === '0' && !others ? [hit('host', [found.line])] : [];
};

/** Adapters whose firmware has a switch for SR-IOV and a tool that reads it. */
const noFirmwareTool = (view: View): Hit[] => {
  const tools = ['mlxconfig', 'mstconfig'].map((name) => fact(view, name));
  if (!tools.every((tool) => tool?.value === 'absent')) return [];
  return (view.live?.pfs ?? [])
    .filter(({ vendorId }) => vendorId === '0x15b3')
    .map(({ pci }) =>
      hit(
        pci,
        tools.map((tool) => tool?.line ?? ''),
      ),
    );
};

const switchdevDrivers = /^(?:mlx5_core|ice|bnxt_en|nfp|sfc)$/;
const noDevlink = (view: View): Hit[] => {
  const found = fact(view, 'devlink');
  if (found?.value !== 'absent') return [];
  return (view.live?.pfs ?? [])
    .filter(({ driver }) => switchdevDrivers.test(driver ?? ''))
    .map(({ pci }) => hit(pci, [found.line]));
};

export const software: Family = {
  id: 'host.software',
  cause: 'other',
  fine: 'Kernel and tools meet the requirements',
  looked: (view) => {
    const found = fact(view, 'iproute2');
    return found ? [`kernel ${view.live?.kernel}`, found.line] : [];
  },
  rules: [
    {
      id: 'software.iproute2',
      cause: 'other',
      severity: always('error'),
      when: oldIproute,
      title: 'iproute2 is missing or too old',
      explain:
        'iproute2 reports which function a network device belongs to since version 5.14. Without it, VFs inside containers are not found.',
      fixes: [fix('command', 'Install iproute2 5.14 or newer', { commands: [command`ip -V`] })],
    },
    {
      id: 'software.kernel',
      cause: 'other',
      severity: always('warning'),
      when: oldKernel,
      title: 'This kernel does not report which function a network device belongs to',
      explain:
        'Linux 5.14 and newer do, and some distributions have backported it. Without it, VFs inside containers may not be found.',
      fixes: [
        fix('command', 'Check whether it does', { commands: [command`ip -j -d link | grep parentdev`] }),
      ],
    },
    {
      id: 'software.vfio-pci',
      cause: 'vf-driver-missing',
      severity: whenPassedOn('error'),
      when: noVfioPci,
      title: 'The module vfio-pci is not available',
      explain:
        'DPDK and virtual machines use VFs through vfio-pci; this kernel has no such module, or is not allowed to load it. Network devices in containers do not need it.',
      fixes: [
        fix('driver', 'Install the package with the rest of the kernel modules, and load it', {
          commands: [command`modprobe vfio-pci`],
        }),
      ],
    },
    {
      id: 'software.vfio-pci-not-loaded',
      cause: 'vf-driver-missing',
      severity: always('info'),
      when: (view) => {
        const found = fact(view, 'vfio-pci');
        return found?.value === 'installed' ? [hit('host', [found.line])] : [];
      },
      title: 'The module vfio-pci is not loaded',
      explain: 'It is installed and loaded on demand, but some DPDK tools expect it to be loaded.',
      fixes: [
        fix('driver', 'Load it', {
          commands: [command`modprobe vfio-pci`],
          change: { kind: 'load-module', module: 'vfio-pci' },
        }),
      ],
    },
    {
      id: 'software.hugepages',
      cause: 'other',
      severity: always('info'),
      when: noHugepages,
      title: 'No hugepages are reserved',
      explain:
        'DPDK requires them (unless it runs with --no-huge), and virtual machines that pin their memory are faster with them. Network devices in containers need none.',
      fixes: [
        fix('command', 'Reserve 1 GiB until the next boot', {
          commands: [command`sysctl vm.nr_hugepages=512`],
        }),
      ],
    },
    {
      id: 'software.firmware-tool',
      cause: 'nic-firmware-sriov-off',
      severity: always('unknown'),
      when: noFirmwareTool,
      title: 'The firmware configuration of the adapter is unknown',
      explain: 'Neither mlxconfig nor mstconfig is installed, so SRIOV_EN and NUM_OF_VFS are unknown.',
      fixes: [
        fix('command', 'Install mstflint and query the adapter', {
          commands: [
            command`apt-get install mstflint || dnf install mstflint`,
            command`mstconfig -d ${'PCI'} query SRIOV_EN NUM_OF_VFS`,
          ],
        }),
      ],
    },
    {
      id: 'software.devlink',
      cause: 'switchdev-needs-zero-vfs',
      severity: always('unknown'),
      when: noDevlink,
      title: 'The eswitch mode of the adapter is unknown',
      explain:
        'devlink is not installed. It is part of iproute2, or a separate package in some distributions.',
      fixes: [
        fix('command', 'Query the adapter', { commands: [command`devlink dev eswitch show pci/${'PCI'}`] }),
      ],
    },
  ],
};
