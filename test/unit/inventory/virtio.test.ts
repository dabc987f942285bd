import { expect, test } from 'vitest';
import { parseDevices } from '../../../src/inventory/ipJson';
import { pciFacts } from '../../../src/inventory/sysfs';
import { onFunction, virtioFunctions } from '../../../src/inventory/virtio';

const pf = '/sys/bus/pci/devices/0000:01:00.0';
const functions = pciFacts(`${pf}/sriov_totalvfs:4\n`, `${pf}/virtfn0 -> ../0000:01:00.1\n`);
// The igb has none: its pattern matched nothing.
const body = [
  `${pf}/virtio2`,
  `${pf}/virtfn0/virtio5`,
  '/sys/bus/pci/devices/0000:02:00.0/virtio[0-9]*',
  `/sys/bus/pci/devices/0000:02:00.0/virtfn*/virtio[0-9]*`,
].join('\n');

test('a virtio device is found on its PF or VF', () => {
  expect([...virtioFunctions(body, functions)]).toEqual([
    ['virtio2', '0000:01:00.0'],
    ['virtio5', '0000:01:00.1'],
  ]);
});

test('a network device of a virtio card belongs to the PCI function, any other to what it hangs on', () => {
  const devices = parseDevices([
    { ifindex: 1, ifname: 'enp1s0', parentbus: 'virtio', parentdev: 'virtio2' },
    { ifindex: 2, ifname: 'eth1', parentbus: 'virtio', parentdev: 'virtio5' },
    { ifindex: 3, ifname: 'enp0s3', parentbus: 'virtio', parentdev: 'virtio0' },
    { ifindex: 4, ifname: 'enp2s0', parentbus: 'pci', parentdev: '0000:02:00.0' },
    { ifindex: 5, ifname: 'lo' },
  ]);
  const virtio = virtioFunctions(body, functions);
  expect(
    devices
      .map((device) => onFunction(device, virtio))
      .map(({ parentbus, parentdev }) => [parentbus, parentdev]),
  ).toEqual([
    ['pci', '0000:01:00.0'],
    ['pci', '0000:01:00.1'],
    ['virtio', 'virtio0'],
    ['pci', '0000:02:00.0'],
    [undefined, undefined],
  ]);
});
