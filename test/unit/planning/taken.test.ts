import { describe, expect, test } from 'vitest';
import type { MacvlanRecord } from '../../../src/model/macvlan';
import { container, host, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const snapshot = host({ pfs: [pf([vf(0), vf(1)])] });
const mac = (index: number) => snapshot.pfs[0]!.vfs[index]!.mac!;
const attach = { kind: 'attach' as const, vf: 'enp1s0:0', container: 'fw', name: 'eth1' };

describe('a MAC that another one has', () => {
  test.each([
    ['attach', { ...attach, mac: mac(1).toUpperCase() }],
    ['attach, dashed', { ...attach, mac: mac(1).replaceAll(':', '-') }],
    ['attach a macvlan', { ...attach, mode: 'macvlan' as const, mac: mac(1) }],
    ['configure', { kind: 'configure' as const, vf: 'enp1s0:0', mac: mac(1) }],
  ])('%s', (_, request) => {
    expect(refused(snapshot, request)).toBe(
      `invalid: VF 1 of enp1s0 already has the MAC ${mac(1)}; choose another one.`,
    );
  });

  test('of a VF that can’t be seen, the one that its adapter enforces', () => {
    const hidden = vf(1, { name: null, mac: null, adminMac: '02:00:00:00:00:99' });
    const now = host({ pfs: [pf([vf(0), hidden])] });
    expect(refused(now, { ...attach, mac: '02:00:00:00:00:99' })).toContain('VF 1 of enp1s0');
  });

  test('of a macvlan', () => {
    const macvlan = {
      on: snapshot.pfs[0]!.vfs[1]!.pci,
      mac: '02:00:00:00:00:98',
      container: { name: 'web' },
    };
    const now = { ...snapshot, macvlans: [macvlan as MacvlanRecord] };
    expect(refused(now, { ...attach, mac: '02:00:00:00:00:98' })).toContain('A macvlan of web already has');
  });

  test('its own is none of them, and neither is one that two have already', () => {
    expect(planned(snapshot, { ...attach, mac: mac(0) }).promises[0]).toMatchObject({ mac: mac(0) });
    const bonded = host({ pfs: [pf([vf(0), vf(1, { mac: mac(0) })])] });
    expect(planned(bonded, { ...attach, mac: mac(0) }).title).toContain('VF 0');
  });
});

test('an address that the container has, in whatever spelling', () => {
  const fw = container('fw');
  const eth0 = {
    name: 'eth0',
    mac: null,
    addresses: ['2001:db8::5/64'],
    up: true,
    mtu: 1500,
    altnames: [],
    vf: null,
  };
  fw.interfaces = [eth0];
  const now = host({ pfs: snapshot.pfs, containers: [fw] });
  for (const mode of ['vf', 'macvlan'] as const)
    expect(refused(now, { ...attach, mode, addresses: ['2001:DB8:0::5/64'] })).toContain('already');
});

test('what is planned has the MAC as the kernel prints it', () => {
  const plan = planned(snapshot, { ...attach, mac: '0200.00AB.0077' });
  expect(plan.promises[0]).toMatchObject({ mac: '02:00:00:ab:00:77' });
  const configure = planned(snapshot, { kind: 'configure', vf: 'enp1s0:0', mac: '02-00-00-AB-00-77' });
  expect(configure.promises[0]).toMatchObject({ settings: { adminMac: '02:00:00:ab:00:77' } });
});
