import { describe, expect, test } from 'vitest';
import { vfsWithinBuses } from '../../../src/model/vfCapacity';
import { kernelArgs } from '../../../src/boot/kernelArgs';
import { errnoIn } from '../../../src/diagnostics/view/errno';
import { toLine } from '../../../src/diagnostics/view/line';
import { lspciDevices } from '../../../src/diagnostics/view/lspci';
import { about } from '../../../src/diagnostics/view/adapters';
import { toView } from '../../../src/diagnostics/view/view';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';

describe('errors by their messages, names and numbers', () => {
  test.each([
    ['bash: echo: write error: Cannot allocate memory', 'ENOMEM'],
    ['write /sys/x/sriov_numvfs: device or resource busy', 'EBUSY'],
    ['-bash: echo: write error: Device or resource bu', 'EBUSY'],
    ['write error: Numerical res', 'ERANGE'],
    ['RTNETLINK answers: Operation not permitted', 'EPERM'],
    ['write error: No such device or address', 'ENXIO'],
    ['write error: No such device', 'ENODEV'],
    ['write error: No such file or directory', 'ENOENT'],
    ['Failed to enable PCI sriov: -12', 'ENOMEM'],
    ['SR-IOV enable failed (err = -28)', 'ENOSPC'],
    ['[Errno 16] busy', 'EBUSY'],
    ['Failed to enable 2 VFs (-ENOMEM)', 'ENOMEM'],
    ['cannot bind, error 22', 'EINVAL'],
    ['returned ENOTSUP', 'EOPNOTSUPP'],
    ['write error: Operation not ', null],
    ['write error: No such ', null],
    ['write error: Nicht genügend Hauptspeicher', null],
    ['all fine', null],
  ])('%s', (text, errno) => expect(errnoIn(text)).toBe(errno));
});

describe('command lines', () => {
  test('the last of a name counts, values are lists', () => {
    const args = kernelArgs(
      'root=/dev/sda1 intel_iommu=off quiet intel_iommu=on,sm_on pci=realloc,assign-busses',
    );
    expect(args.values('intel_iommu')).toEqual(['on', 'sm_on']);
    expect(args.has('pci', 'assign-busses')).toBe(true);
    expect(args.values('quiet')).toEqual([]);
    expect(args.values('iommu')).toBeNull();
  });
  test('remarks are not arguments', () => {
    const args = kernelArgs(
      'BOOT_IMAGE=/vmlinuz ro **intel_iommu=on** (amd_iommu=off was removed; no iommu=pt)',
    );
    expect(args.has('intel_iommu', 'on')).toBe(true);
    expect(args.values('amd_iommu')).toBeNull();
    expect(kernelArgs('quiet, without intel_iommu=on').values('intel_iommu')).toBeNull();
  });
});

test('a kernel line knows its driver, device and message', () => {
  expect(toLine('[  12.3] mlx5_core 0000:81:00.1 enp129s0f1np1: Link up', 'log')).toMatchObject({
    driver: 'mlx5_core',
    pci: '0000:81:00.1',
    message: 'Link up',
  });
  expect(toLine('vfio-pci: probe of 81:00.1 failed with error -22', 'log')).toMatchObject({
    driver: null,
    pci: '0000:81:00.1',
  });
  expect(toLine('Nov 22 10:00:00 node NetworkManager[1]: <info> x', 'log')).toMatchObject({
    program: 'NetworkManager',
    text: '<info> x',
  });
  expect(
    toLine('/sys/devices/pci0000:bc/0000:bc:00.0/0000:bd:00.3/sriov_numvfs: Permission denied', 'error').pci,
  ).toBe('0000:bd:00.3');
  expect(toLine('link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff', 'other').pci).toBeNull();
});

test('lspci, with and without domains and numbers', () => {
  const [pf, vf] = lspciDevices([
    '0000:3b:00.0 Ethernet controller [0200]: Intel Corporation Ethernet Controller E810-C [8086:1592] (rev 02)',
    '\tIOMMU group: 40',
    '\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)',
    '\t\tInitial VFs: 128, Total VFs: 128, Number of VFs: 4, Function Dependency Link: 00',
    '\t\tVF offset: 8, stride: 1, Device ID: 1889',
    '\tKernel driver in use: ice',
    '\tKernel modules: ice, other',
    '3b:01.0 Ethernet controller: Intel Corporation Ethernet Adaptive Virtual Function (rev 02)',
  ]);
  expect(pf).toMatchObject({
    pci: '0000:3b:00.0',
    isVf: false,
    isNetwork: true,
    driver: 'ice',
    modules: ['ice', 'other'],
    iommuGroup: 40,
    sriov: { totalVfs: 128, numVfs: 4, offset: 8, stride: 1 },
  });
  expect(vf).toMatchObject({ pci: '0000:3b:01.0', isVf: true, driver: null, sriov: null });
});

describe('VFs that fit the buses behind a bridge', () => {
  test.each([
    ['82576 with ARI, its bus only', '0000:01:00.0', 128, 2, 1, 64],
    ['82576 without ARI, one bus', '0000:01:00.0', 384, 2, 1, 0],
    ['82576 without ARI, two buses', '0000:01:00.0', 384, 2, 2, 64],
    ['a stride of 1', '0000:3b:00.1', 15, 1, 0x3b, 240],
    ['no stride', '0000:3b:00.0', 1, 0, 0x3b, 1],
  ])('%s', (_, pci, offset, stride, last, room) =>
    expect(vfsWithinBuses(pci, offset, stride, last)).toBe(room),
  );
});

test('ethtool tells which function an interface is of', () => {
  const answer = 'driver: ice\nversion: 6.1.0\nbus-info: 0000:3b:00.1\n';
  const failing =
    '# echo 4 > /sys/class/net/ens1f1/device/sriov_numvfs\nbash: echo: write error: Invalid argument\n';
  const known = (text: string) => about(toView(parseEvidence(text)), 'ens1f1').adapter?.pci;
  expect(known(`# ethtool -i ens1f1\n${answer}${failing}`)).toBe('0000:3b:00.1');
  expect(known(`${answer}${failing}`)).toBeNull();
});

test('lines of VFs below a prompt belong to no interface above it', () => {
  const listing = '7: eth0: <BROADCAST> mtu 1500 qdisc noop state DOWN\n    link/ether 02:00:00:00:00:01\n';
  const vfs = '    vf 0     link/ether 02:00:00:00:00:02, spoof checking on\n';
  const below = (text: string) => toView(parseEvidence(text)).interfaces[0]?.vfLines.length;
  expect(below(`# ip link\n${listing}${vfs}`)).toBe(1);
  expect(below(`# ip link\n${listing}# ip link show eth1 | grep vf\n${vfs}`)).toBe(0);
});
