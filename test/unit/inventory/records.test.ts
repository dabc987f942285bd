import { describe, expect, test } from 'vitest';
import type { AttachmentRecord } from '../../../src/model/attachment';
import type { Container } from '../../../src/model/container';
import type { Plan } from '../../../src/model/plan';
import { attachmentsOf, lostRoutes, parseRecords, pendingChanges } from '../../../src/inventory/records';
import { planRestores } from '../../../src/planning/plan';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { container, host, onHost, vf } from '../hosts/host';

const plan = planAttach(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' }) as Plan;
const written = plan.steps[0]!.apply[2]!;
const record = JSON.parse(written) as AttachmentRecord;
const fw = container('fw');

test('a record that a plan writes can be read; a damaged one is counted', () => {
  expect(parseRecords([written, '{', '{}'])).toEqual({ records: [record], unreadable: 2 });
});

describe('what a record says about the host now', () => {
  const held = (kind: 'container' | 'netns', netnsInode: number, containerId: string | null = null) =>
    vf(0, { name: 'eth1', up: true, holder: { kind, containerId, netnsInode, name: containerId && 'fw' } });
  const inVlan = { ...record, changed: { vlan: true } };
  const bare = (kind: 'vfio' | 'none') => ({ name: null, holder: { ...onHost, kind } });
  const statusOf = (one: AttachmentRecord, now: ReturnType<typeof vf>[]) =>
    attachmentsOf([one], now, [fw], 'boot-1').attachments[0]?.status ?? 'stale';
  const status = (now: ReturnType<typeof vf>[], containers = [fw], boot = 'boot-1') =>
    attachmentsOf([record], now, containers, boot).attachments[0]?.status ?? 'stale';

  test.each([
    ['where we put it', () => status([held('container', fw.netnsInode!, fw.id)]), 'live'],
    [
      'in a namespace that another container made',
      () => status([held('container', fw.netnsInode!, 'other')]),
      'live',
    ],
    [
      'in a namespace that nobody owns any more',
      () => status([held('netns', fw.netnsInode!)], []),
      'orphaned',
    ],
    [
      'in a namespace that its container’s sidecar holds open',
      () =>
        status(
          [held('container', fw.netnsInode!, 'side')],
          [container('side', { netnsInode: fw.netnsInode, networkMode: `container:${fw.id}` })],
        ),
      'orphaned',
    ],
    [
      'in another container, whose namespace got the number of the one that ended',
      () =>
        status(
          [held('container', fw.netnsInode!, 'other')],
          [container('other', { netnsInode: fw.netnsInode })],
        ),
      'stale',
    ],
    [
      'in a namespace of that number which has a name, under another name',
      () =>
        status(
          [{ ...held('netns', fw.netnsInode!), name: 'enp1s0v0' }],
          [container('blue', { engine: 'netns', netnsInode: fw.netnsInode })],
        ),
      'stale',
    ],
    ['renamed inside', () => status([{ ...held('container', fw.netnsInode!, fw.id), name: 'wan0' }]), 'live'],
    [
      'in its container again, but since that restarted another program put it there',
      () => status([held('container', 77, fw.id)], [{ ...fw, netnsInode: 77 }]),
      'stale',
    ],
    ['in another container', () => status([held('container', 7, 'other')]), 'stale'],
    ['back, under the wrong name', () => status([vf(0, { name: 'eth1' })]), 'returned-not-restored'],
    ['back, with another MTU', () => status([vf(0, { mtu: 1400 })]), 'returned-not-restored'],
    ['back, as it was', () => status([vf(0)]), 'stale'],
    ['gone', () => status([]), 'stale'],
    ['there, but the host was rebooted', () => status([vf(0, { name: 'eth1' })], [fw], 'boot-2'), 'stale'],
    [
      'on vfio-pci, and its PF still enforces a VLAN that it has for the container',
      () => statusOf(inVlan, [vf(0, { ...bare('vfio'), vlan: { id: 42, qos: 0, proto: '802.1Q' } })]),
      'returned-not-restored',
    ],
    ['on vfio-pci, in no VLAN any more', () => statusOf(inVlan, [vf(0, bare('vfio'))]), 'stale'],
    [
      'without a driver, in its VLAN',
      () =>
        statusOf(inVlan, [
          vf(0, { ...bare('none'), driver: null, vlan: { id: 42, qos: 0, proto: '802.1Q' } }),
        ]),
      'returned-not-restored',
    ],
    ['on vfio-pci', () => status([vf(0, { name: null, holder: { ...onHost, kind: 'vfio' } })]), 'stale'],
  ])('%s', (_, found, wanted) => {
    expect(found()).toBe(wanted);
  });
});

describe('the default route that an attachment replaced', () => {
  const eth0 = { name: 'eth0', mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: null };
  const route = {
    destination: 'default',
    family: 4,
    gateway: '172.17.0.1',
    device: 'eth0',
    metric: null,
  } as const;
  const replaced = { ...record, before: { ...record.before, defaultRoute: route } };
  const bereft = container('fw', { interfaces: [eth0] });
  const live = { ...replaced, vf: record.vf, containerId: fw.id, containerName: 'fw', record: replaced };

  test('is lost when the VF went otherwise than by detaching, and comes back by recover', () => {
    const lost = lostRoutes([replaced], [], [bereft], 'boot-1');
    expect(lost).toEqual([replaced]);
    const [plan] = planRestores(host({ containers: [bereft], lostRoutes: lost }));
    expect(plan?.steps.map(({ title }) => title)).toEqual(['Route default through 172.17.0.1 on eth0']);
    expect(plan?.namespace?.inode).toBe(fw.netnsInode);
  });

  test.each<[string, AttachmentRecord, Container]>([
    ['none was replaced', record, bereft],
    ['there is another', replaced, { ...bereft, routes: [{ ...route, gateway: '10.0.0.1' }] }],
    ['its device is gone', replaced, { ...bereft, interfaces: [] }],
    ['the host was booted since', { ...replaced, bootId: 'boot-0' }, bereft],
    ['the container was restarted', replaced, { ...bereft, netnsInode: 7 }],
  ])('is not missed when %s', (_, one, now) => {
    expect(lostRoutes([one], [], [now], 'boot-1')).toEqual([]);
  });

  test('is not missed while the VF is there', () => {
    expect(lostRoutes([replaced], [{ ...live, status: 'live' }], [bereft], 'boot-1')).toEqual([]);
  });
});

test('interrupted changes, and those before the last boot', () => {
  const meta = JSON.stringify({ title: 'Attach', at: 't', by: 'ann', bootId: 'boot-0', steps: 8 });
  expect(
    pendingChanges(
      [
        { name: 'change 1 stopped', body: meta },
        { name: 'progress 1', body: 'started\nbegin 1\ndone 1\nbegin 2\ndone 2\nbegin 3\n' },
        { name: 'plan 1', body: JSON.stringify({ ...plan, request: { kind: 'detach', vf: 'x' } }) },
        { name: 'change 2 running', body: '' },
        { name: 'change 3 stopped', body: meta.replace('boot-0', 'boot-1') },
        { name: 'progress 3', body: 'begin 1\nundone 1\n' },
        { name: 'plan 3', body: '{' },
      ],
      'boot-1',
    ),
  ).toMatchObject([
    {
      ...{ id: '1', running: false, beforeBoot: true, by: 'ann', undoing: false },
      ...{ progress: { done: 2, steps: 8 }, request: { kind: 'detach', vf: 'x' } },
    },
    { id: '2', running: true, beforeBoot: false, request: null },
    { id: '3', beforeBoot: false, undoing: true, request: null },
  ]);
});
