import { describe, expect, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import type { ChangeRequest, PrepareRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import type { HugePages } from '../../../src/model/userspace/hugePages';
import { planChange } from '../../../src/planning/plan';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planText } from '../printed';
import { afterPlan } from './afterPlan';
import { planned, refused } from './planning';

const prepare = (more: Partial<PrepareRequest> = {}): ChangeRequest => ({
  ...{ kind: 'prepare', vfs: ['enp1s0:0'] },
  ...more,
});
const pages = (node: number | null, kb: number, total: number, free = total): HugePages => ({
  ...{ node, kb, total, free },
});
const twoNodes = [
  ...[pages(null, 2048, 8), pages(0, 2048, 8), pages(1, 2048, 0)],
  ...[pages(null, 1048576, 0), pages(0, 1048576, 0), pages(1, 1048576, 0)],
];
const onVfio = (index: number, more: Partial<VirtualFunction> = {}) =>
  vf(index, {
    ...{ driver: 'vfio-pci', name: null, mac: null, mtu: null, holder: { ...onHost, kind: 'vfio' } },
    ...more,
  });
const applied = (now: HostSnapshot, request: ChangeRequest): string[] =>
  planned(now, request).steps.map(({ apply }) => apply.join(' '));

test('a plan, as it is shown', async () => {
  const now = host({ hugePages: twoNodes, pfs: [pf([vf(0, { numaNode: 1 }), vf(1, { numaNode: 1 })])] });
  const plan = planned(
    now,
    prepare({
      ...{ vfs: ['enp1s0:1', 'enp1s0:0'], hugePages: { kb: 1048576, count: 4 }, owner: 'ann:dpdk' },
      ...{ vlan: { id: 42, qos: 0, proto: '802.1Q' }, trust: true, maxTxRate: 100 },
    }),
  );
  await expect(`${planText(plan)}\n`).toMatchFileSnapshot('../../fixtures/plans/prepare-everything.txt');
});

describe('huge pages', () => {
  const on = (numaNode: number | null) => host({ hugePages: twoNodes, pfs: [pf([vf(0, { numaNode })])] });

  test('are raised on the node of the VF, and spread where that is unknown', () => {
    const four = prepare({ hugePages: { kb: 1048576, count: 4 } });
    expect(applied(on(1), four)[0]).toBe('raise_huge_pages 1 1048576 4');
    expect(applied(on(null), four)[0]).toBe('raise_huge_pages - 1048576 4');
  });

  test('are never taken away', () => {
    const plan = planned(on(0), prepare({ hugePages: { kb: 2048, count: 4 } }));
    expect(plan.steps.map(({ apply }) => apply[0])).toEqual(['bind_driver']);
    expect(plan.notes.join()).toContain('8 huge pages of 2M on NUMA node 0 already');
  });

  test('come back to the former number', () => {
    const after = afterPlan(on(1), planned(on(1), prepare({ hugePages: { kb: 2048, count: 16 } })));
    expect(applied(after, { kind: 'undo' })).toContain('lower_huge_pages 1 2048 0');
    const raised = twoNodes.map((one) => (one.node === 1 ? { ...one, total: 99 } : one));
    expect(refused({ ...after, hugePages: raised }, { kind: 'undo' })).toMatch(/^stale: .*99 huge pages/);
  });
});

test('a VF that is on vfio-pci already only gets what it lacks', () => {
  const now = host({
    pfs: [pf([onVfio(0)])],
    groupFiles: [{ group: 10, owner: 'root:root', mode: '600' }],
  });
  expect(refused(now, prepare())).toMatch(/^nothing-to-do/);
  const { steps, notes } = planned(now, prepare({ owner: 'ann' }));
  expect(steps.map(({ apply, undo }) => [apply, undo])).toEqual([
    [
      ['own_group', '0000:01:10.0', 'ann', '600'],
      ['own_group', '0000:01:10.0', 'root:root', '600'],
    ],
  ]);
  expect(notes.join()).toContain('LimitMEMLOCK');
});

test('beside a bifurcated driver the VF keeps its network device', () => {
  const mellanox = pf([vf(0, { driver: 'mlx5_core', uverbs: 'uverbs3' })], { driver: 'mlx5_core' });
  expect(refused(host({ pfs: [mellanox] }), prepare())).toMatch(/^nothing-to-do/);
  const plan = planned(host({ pfs: [mellanox] }), prepare({ trust: true, owner: 'ann' }));
  expect(plan.steps.map(({ apply }) => apply[0])).toEqual(['set_vf']);
  expect(plan.notes.join()).toContain('/dev/infiniband/uverbs3');
});

describe('refusals', () => {
  const holder = { kind: 'container' as const, containerId: container('fw').id, netnsInode: 1, name: 'fw' };
  const two = [pf([vf(0)]), pf([vf(1)], { pci: '0000:02:00.0', name: 'enp2s0' })];
  const shared = (driver: string | null) =>
    host({ pfs: [pf([vf(0, { groupMates: [{ pci: '0000:01:00.0', driver }] })])] });

  test.each<[string, HostSnapshot, Partial<PrepareRequest>, RegExp]>([
    ['a VF in a container', host({ pfs: [pf([vf(0, { holder })])] }), {}, /^in-use: .*in fw/],
    [
      'a protected VF',
      host({ pfs: [pf([vf(0, { protectedBecause: ['it carries this ssh connection'] })])] }),
      {},
      /^protected/,
    ],
    ['a VF in no IOMMU group', host({ pfs: [pf([vf(0, { iommuGroup: null })])] }), {}, /^limit: .*no IOMMU/],
    ['a group that the host drives', shared('igb'), {}, /^in-use: .*enp1s0 \(0000:01:00.0\) on igb/],
    [
      'VFs of two adapters',
      host({ pfs: two }),
      { vfs: ['enp1s0:0', 'enp2s0:1'] },
      /^invalid: .*two adapters/,
    ],
    ['one MAC for two', host(), { vfs: ['enp1s0:0', 'enp1s0:1'], mac: '02:00:00:00:00:77' }, /^invalid/],
    [
      'a size that there is not',
      host({ hugePages: twoNodes }),
      { hugePages: { kb: 16384, count: 1 } },
      /^limit: .*its sizes are: 2M, 1G/,
    ],
  ])('%s', (_, now, more, wanted) => {
    expect(refused(now, prepare(more))).toMatch(wanted);
  });

  test('what of a group is out of the way, or prepared with it, is none', () => {
    for (const driver of [null, 'vfio-pci', 'pcieport'])
      expect(planChange(shared(driver), prepare())).toMatchObject({ kind: 'prepare' });
    const [a, b] = [vf(0), vf(1)];
    const pair = host({
      pfs: [
        pf([
          { ...a, groupMates: [{ pci: b.pci, driver: 'igbvf' }] },
          { ...b, iommuGroup: 10, groupMates: [{ pci: a.pci, driver: 'igbvf' }] },
        ]),
      ],
    });
    expect(refused(pair, prepare())).toMatch(/^in-use/);
    expect(planned(pair, prepare({ vfs: ['enp1s0:0', 'enp1s0:1'], owner: 'ann' })).steps).toHaveLength(3);
  });
});
