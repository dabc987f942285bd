import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import { offered } from '../../../src/model/driverFacts';
import type { Attachment, HostSnapshot } from '../../../src/model/snapshot';
import { isRefusal, type Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import { planChange } from '../../../src/planning/plan';
import { differences } from '../../../src/planning/verify';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planned } from './planning';

const configure = (more: object): ChangeRequest => ({ kind: 'configure', vf: 'enp1s0:0', ...more });

const everything = configure({
  ...{
    vlan: { id: 42, qos: 3, proto: '802.1ad' },
    trust: true,
    spoofchk: false,
    minTxRate: 10,
    maxTxRate: 100,
  },
  ...{ linkState: 'enable', mtu: 1400, mac: '02:00:00:00:00:77' },
});

const inFw = {
  kind: 'container' as const,
  containerId: container('fw').id,
  netnsInode: 4026532002,
  name: 'fw',
};

/** VF 0 in fw, attached by us. */
function attached(): HostSnapshot {
  const plan = planned(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw' });
  const record = JSON.parse(plan.steps[0]!.apply[2]!) as Attachment['record'];
  const { vf: pci, recordedAt } = record;
  return host({
    pfs: [pf([vf(0, { holder: inFw, up: true }), vf(1)])],
    attachments: [
      { vf: pci, containerId: inFw.containerId, containerName: 'fw', status: 'live', recordedAt, record },
    ],
  });
}

describe('plans', () => {
  test.each<[string, () => Plan]>([
    ['configure-everything', () => planned(host(), everything)],
    [
      'configure-attached',
      () => planned(attached(), configure({ vlan: { id: 42, qos: 0, proto: '802.1Q' } })),
    ],
    [
      'configure-driver',
      () =>
        planned(
          host({ pfs: [pf([vf(0, { up: true, addresses: ['192.0.2.7/24'] })])] }),
          configure({ driver: 'vfio-pci' }),
        ),
    ],
    ['configure-autoprobe', () => planned(host(), { kind: 'set-autoprobe', pf: 'enp1s0', on: false })],
  ])('%s', async (name, make) => {
    await expect(`${planText(make())}\n`).toMatchFileSnapshot(`../../fixtures/plans/${name}.txt`);
  });

  test('only what differs is changed', () => {
    expect(planned(host(), configure({ trust: false, spoofchk: false })).steps).toHaveLength(1);
    expect(planChange(host(), configure({ trust: false }))).toMatchObject({ code: 'nothing-to-do' });
  });

  test('a driver is changed after a question only where the interface is in use', () => {
    expect(planned(host(), configure({ driver: 'vfio-pci' })).losses).toEqual([]);
    const used = host({ pfs: [pf([vf(0, { up: true })])] });
    expect(planned(used, configure({ driver: 'none' })).losses).toEqual([
      expect.stringContaining('enp1s0v0'),
    ]);
  });

  test('a network driver is bound with the PF up', () => {
    const bare = vf(0, {
      driver: 'vfio-pci',
      name: null,
      mac: null,
      mtu: null,
      holder: { ...onHost, kind: 'vfio' },
    });
    const plan = planned(host({ pfs: [pf([bare], { up: false })] }), configure({ driver: 'igbvf' }));
    expect(plan.steps[0]!.title).toContain('Bring enp1s0 up');
    expect(plan.preconditions.map(({ check }) => check[0])).toContain('vfio_idle');
  });
});

describe('what a change while attached does to detaching', () => {
  test('it is put back, and nothing else', () => {
    const now = attached();
    const plan = planned(now, configure({ trust: true }));
    const record = JSON.parse(plan.steps[0]!.apply[2]!) as Attachment['record'];
    const after: HostSnapshot = {
      ...now,
      pfs: [pf([vf(0, { holder: inFw, up: true, trust: true, spoofchk: false }), vf(1)])],
      attachments: [{ ...now.attachments[0]!, record }],
    };
    const titles = planned(after, { kind: 'detach', vf: 'enp1s0:0' }).steps.map(({ title }) => title);
    expect(titles[0]).toBe('Set the trust of VF 0 to off on enp1s0');
    expect(titles.join()).not.toContain('spoof');
  });
});

describe('refusals', () => {
  test.each<[string, HostSnapshot, object, RegExp]>([
    ['a multicast MAC', host(), { mac: '01:00:00:00:00:01' }, /multicast/],
    ['more than the PF’s MTU', host(), { mtu: 9000 }, /1500/],
    [
      'a setting that the PF does not tell',
      host({ pfs: [pf([vf(0, { trust: null })])] }),
      { trust: true },
      /does not report the trust/,
    ],
    [
      'the driver of a VF in a container',
      host({ pfs: [pf([vf(0, { holder: inFw })])] }),
      { driver: 'none' },
      /in fw/,
    ],
    [
      'vfio-pci without an IOMMU',
      host({ pfs: [pf([vf(0, { iommuGroup: null })])] }),
      { driver: 'vfio-pci' },
      /IOMMU/,
    ],
    ['an MTU with another driver', host(), { mtu: 1400, driver: 'vfio-pci' }, /one of the two/],
    [
      'a protected VF',
      host({ pfs: [pf([vf(0, { protectedBecause: ['it carries this ssh connection'] })])] }),
      { trust: true },
      /enp1s0v0.* is protected/,
    ],
  ])('%s', (_, snapshot, more, wanted) => {
    const plan = planChange(snapshot, configure(more));
    expect(isRefusal(plan) ? plan.reason : plan.title).toMatch(wanted);
    expect(isRefusal(plan)).toBe(true);
  });
});

test('what igb refuses isn’t offered; what nobody knows is', () => {
  expect(offered(pf([], { driver: 'igb' }))).not.toContain('linkState');
  expect(offered(pf([], { driver: 'igb' }))).toContain('maxTxRate');
  expect(offered(pf([], { driver: 'unheard_of' }))).toContain('linkState');
});

test('the host is held against what was promised', () => {
  const { promises } = planned(host(), everything);
  expect(differences(promises, host())).toHaveLength(8);
  const { vlan, trust, spoofchk, minTxRate, maxTxRate, linkState, mtu } = everything as never;
  const so = vf(0, {
    vlan,
    trust,
    spoofchk,
    minTxRate,
    maxTxRate,
    linkState,
    mtu,
    adminMac: '02:00:00:00:00:77',
  });
  expect(differences(promises, host({ pfs: [pf([so])] }))).toEqual([]);
});
