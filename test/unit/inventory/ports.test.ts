import { expect, test } from 'vitest';
import { parseDevices } from '../../../src/inventory/ipJson';
import { representedBy, representorOf } from '../../../src/inventory/eswitch/ports';

const port = (phys_port_name: string, parentdev?: string) => representedBy({ phys_port_name, parentdev });

test('a representor is known by the name that the kernel gives its port', () => {
  expect(port('pf0vf12', '0000:07:00.0')).toEqual({ pf: '0000:07:00.0', port: 'pf0vf12', vf: 12 });
  expect(port('pf1sf88')).toEqual({ pf: null, port: 'pf1sf88', vf: null });
  expect(port('pf0')).toMatchObject({ vf: null });
  // A VF of another host that a DPU serves is none of this host's.
  expect(port('c1pf0vf3')).toMatchObject({ vf: null });
  expect(port('c0pf0vf3')).toMatchObject({ vf: 3 });
});

test('neither an uplink nor any other port is one', () => {
  expect(['p0', 'p1s2', 'np0', '', 'pf0vf', 'xpf0vf1'].filter((name) => port(name))).toEqual([]);
  expect(representedBy({})).toBeUndefined();
});

const switchOf = (id: string) => ({ phys_switch_id: id });
const devices = parseDevices([
  { ifindex: 2, ifname: 'p1', phys_port_name: 'p1', parentdev: '0000:07:00.1', ...switchOf('aa') },
  { ifindex: 3, ifname: 'eth0', phys_port_name: 'pf0vf0', ...switchOf('aa') },
  { ifindex: 4, ifname: 'eth1', phys_port_name: 'pf1vf0', ...switchOf('bb') },
  { ifindex: 5, ifname: 'eth2', phys_port_name: 'pf1vf0', ...switchOf('aa') },
  { ifindex: 6, ifname: 'eth3', phys_port_name: 'pf1vf1', parentdev: '0000:09:00.1', ...switchOf('cc') },
  { ifindex: 7, ifname: 'eth4', phys_port_name: 'pf1vf1', parentdev: '0000:07:00.1', ...switchOf('aa') },
]);

test('before Linux 5.8 the switch and the number of the PF tell whose VF it is; since then the PCI address', () => {
  expect(representorOf(devices, devices[0]!, 0)?.ifname).toBe('eth2');
  expect(representorOf(devices, devices[0]!, 1)?.ifname).toBe('eth4');
  expect(representorOf(devices, devices[0]!, 2)).toBeUndefined();
});
