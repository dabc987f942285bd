import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../src/model/plan';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { onWire, type OnWire } from '../../../src/planning/wire/onWire';
import { pathOrder } from '../../../src/planning/wire/pathOrder';
import { bareHost, container, host, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

function found(snapshot: HostSnapshot, on: string): OnWire {
  const wire = onWire(snapshot, on);
  if (isRefusal(wire)) throw new Error(wire.reason);
  return wire;
}

describe('an interface whose packets are looked at', () => {
  test.each(['fw:eth1', '0000:01:10.0', 'enp1s0:0', 'enp1s0v0'])('is found by %s, where it is', (on) => {
    expect(found(hostWithAttachment(), on)).toMatchObject({
      ...{ label: 'fw:eth1', device: 'eth1', vf: { index: 0 }, pf: { name: 'enp1s0' }, notes: [] },
      namespace: { path: '/proc/100/ns/net', inode: container('fw').netnsInode, owner: { pid: 100 } },
    });
  });

  test('on the host is in no namespace', () => {
    expect(found(host(), 'enp1s0:1')).toMatchObject({ label: 'enp1s0v1', namespace: null });
  });

  test('of a PF says that its VFs’ packets don’t pass it, unless it is in switchdev mode', () => {
    expect(found(host(), 'enp1s0').notes).toEqual([expect.stringContaining('capture on the VF')]);
    expect(found(host({ pfs: [pf([vf(0)], { eswitchMode: 'switchdev' })] }), 'enp1s0').notes).toEqual([]);
    expect(found(bareHost(), 'enp1s0').notes).toEqual([]);
  });

  test('knows whether our own connection goes through it', () => {
    const carrying = pf([], { protectedBecause: ['its port p1: it carries this ssh connection'] });
    expect(found(bareHost({ pfs: [carrying] }), 'enp1s0').carriesSsh).toBe(true);
    const route = pf([], { protectedBecause: ["it carries the host's default route (IPv4)"] });
    expect(found(bareHost({ pfs: [route] }), 'enp1s0').carriesSsh).toBe(false);
  });

  test.each([
    ['of DPDK is captured by dpdk-dumpcap', { driver: 'vfio-pci', name: null }, 'enp1s0:0', 'dpdk-dumpcap'],
    ['without a device has no packets', { name: null }, 'enp1s0:0', 'no visible network device'],
  ])('%s', (_, more, on, why) => {
    expect(onWire(host({ pfs: [pf([vf(0, more)])] }), on)).toMatchObject({
      reason: expect.stringContaining(why) as string,
    });
  });

  test.each([
    ['fw:eth9', 'no interface "eth9"; it has: eth1'],
    ['nobody:eth1', 'no container "nobody"'],
    ['enp9s0:0', 'no container "enp9s0"'],
    ['0000:09:10.0', 'no VF "0000:09:10.0"'],
    ['x', 'no VF "x"'],
  ])('%s is none', (on, why) => {
    expect(onWire(hostWithAttachment(), on)).toMatchObject({
      reason: expect.stringContaining(why) as string,
    });
  });
});

describe('what is checked of a path', () => {
  const route = (gateway: string | null, device = 'eth1') => ({
    ...{ destination: 'default', family: 4 as const, gateway, device, metric: null },
  });
  const order = (snapshot: HostSnapshot, gateway?: string) =>
    pathOrder(snapshot, found(snapshot, 'fw:eth1'), gateway);
  const withFw = (change: (fw: HostSnapshot['containers'][number]) => void) => {
    const snapshot = hostWithAttachment();
    change(snapshot.containers[0]!);
    return snapshot;
  };

  test('are its gateways, and where it is', () => {
    const snapshot = withFw(
      (fw) => (fw.routes = [route('192.0.2.1'), route('192.0.2.7', 'eth9'), route(null)]),
    );
    expect(order(snapshot)).toMatchObject({
      ...{ device: 'eth1', addresses: ['192.0.2.10/24'], mtu: 1500, vf: { index: 0 } },
      enter: ['nsenter', '--net=/proc/100/ns/net'],
      targets: [{ address: '192.0.2.1', isNear: true }],
    });
  });

  test('is a neighbour on an adapter where it has no gateway, and its VLAN', () => {
    const snapshot = hostWithAttachment();
    const [fw, router] = snapshot.containers;
    const own = fw!.interfaces.at(-1)!;
    router!.interfaces = [{ ...own, name: 'eth5', addresses: ['192.0.2.20/24'], vf: '0000:01:10.2' }];
    snapshot.pfs[0]!.vfs[1]!.vlan = { id: 42, qos: 0, proto: '802.1Q' };
    expect(order(snapshot)).toMatchObject({
      targets: [{ address: '192.0.2.20', isNear: true, at: { label: 'router:eth5', vlan: 42 } }],
    });
  });

  test('is whom somebody names, and nothing but an address', () => {
    expect(order(hostWithAttachment(), '198.51.100.1')).toMatchObject({
      targets: [{ address: '198.51.100.1', isNear: false }],
    });
    expect(order(hostWithAttachment(), '$(reboot)')).toMatchObject({ code: 'invalid' });
  });
});
