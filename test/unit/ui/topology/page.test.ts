import { describe, expect, test } from 'vitest';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { run } from '../../../../src/ui/commands/run';
import type { FromTopology, ToTopology } from '../../../../src/ui/topology/messages';
import { fromTopology, hostKept } from '../../../../src/ui/topology/fromTopology';
import { pictureOf } from '../../../../src/ui/topology/picture';
import { TopologyPage } from '../../../../src/ui/topology/topologyPage';
import { subjectOf } from '../../../../src/ui/tree/subjectOf';
import { container, vf } from '../../hosts/host';
import { fakeWorkbench, type FakeWorkbench } from '../fakeWorkbench';
import { wired } from './wired';

const vfId = (index: number) => `lab/vf/${vf(index).pci}`;
const ctrId = (name: string) => `lab/ctr/docker/${container(name).id}`;

async function shown(prepare: (bench: FakeWorkbench) => unknown = () => {}) {
  const bench = await fakeWorkbench(wired());
  const tree = bench.host.named('lab')!;
  bench.rows = { ...bench.rows, subject: (id) => subjectOf([tree], id) };
  await prepare(bench);
  const page = new TopologyPage(bench, 'lab');
  await page.hear({ kind: 'loaded' });
  const [first] = page.take();
  if (first?.kind !== 'show') throw new Error('nothing is shown');
  return { bench, page, picture: first.picture, first };
}
const now = ({ control }: FakeWorkbench, snapshot: HostSnapshot) => {
  control.snapshot = snapshot;
  control.become({ state: 'admin' });
};
const only = <K extends ToTopology['kind']>(messages: ToTopology[], kind: K) =>
  messages.filter((one): one is Extract<ToTopology, { kind: K }> => one.kind === kind);

describe('what the page is told', () => {
  test('is all of it when it was loaded, and from then on what is different', async () => {
    const { bench, page, picture, first } = await shown();
    expect([first.host, first.state.text, picture]).toEqual(['lab', '', pictureOf(wired())]);
    const after = wired();
    after.pfs[0]!.vfs[3] = vf(3);
    now(bench, after);
    const [change, ...others] = page.take();
    expect(others).toEqual([]);
    if (change?.kind !== 'change') throw new Error('no change');
    expect(change.difference.nodes.set.map(({ id }) => id)).toContain(vfId(3));
    expect(change.difference.links.gone).toEqual([`${vfId(3)}>${ctrId('fw')}`]);
    expect(change.said).toContain('Virtual function 3 of enp1s0');
    now(bench, after);
    expect(page.take()).toEqual([]);
  });

  test('that the connection is lost, and since when what is shown is so', async () => {
    const { bench, page } = await shown();
    bench.control.become({ state: 'lost', reason: 'x', since: '', detail: '' });
    const [{ state }] = only(page.take(), 'state') as [Extract<ToTopology, { kind: 'state' }>];
    expect([state.tone, state.at]).toEqual(['warning', wired().takenAt]);
    expect(state.text).toMatch(/^Connection to lab lost; showing data from \d\d:\d\d:\d\d/);
    await bench.host.disconnect();
    expect(only(page.take(), 'state').at(-1)?.state.text).toBe('lab is not the connected host.');
    await page.hear({ kind: 'loaded' });
    expect(only(page.take(), 'show')[0]?.picture).toEqual(pictureOf(wired()));
  });

  test('only what is of its own host, whichever is current', async () => {
    const bench = await fakeWorkbench(wired(), { connections: 'several' });
    const page = new TopologyPage(bench, 'lab');
    await page.hear({ kind: 'loaded' });
    page.take();
    await bench.host.connect('other');
    bench.selection = [{ kind: 'vf', pci: vf(1).pci }];
    bench.rows.selectionChanged.fire();
    expect(bench.host.id).toBe('other');
    expect(page.take()).toEqual([]);
    expect(page.title).toBe('Topology of lab');
    await page.hear({ kind: 'select', node: vfId(1) });
    expect(bench.host.id).toBe('lab');
  });

  test('of many changes only how many, so that they can be listened to', async () => {
    const { bench, page } = await shown();
    const after = wired();
    after.pfs[0]!.vfs = after.pfs[0]!.vfs.map((one) => vf(one.index));
    now(bench, after);
    expect(only(page.take(), 'change')[0]?.said).toMatch(/^\d+ things changed$/);
  });
});

describe('a selection', () => {
  test('of a node is one in the trees', async () => {
    const { bench, page } = await shown();
    for (const node of [vfId(1), 'lab/pf/0000:01:00.0', ctrId('fw'), 'lab/numa/0', 'no such node'])
      await page.hear({ kind: 'select', node });
    expect(bench.revealed).toEqual([
      { kind: 'vf', pci: vf(1).pci },
      { kind: 'pf', pci: '0000:01:00.0' },
      { kind: 'container', id: container('fw').id },
    ]);
  });

  test('in a tree is one of nodes, told once', async () => {
    const { bench, page } = await shown();
    const select = (...subjects: FakeWorkbench['selection']) => {
      bench.selection = subjects;
      bench.rows.selectionChanged.fire();
      return only(page.take(), 'selected').map(({ nodes }) => nodes);
    };
    expect(select({ kind: 'vf', pci: vf(1).pci })).toEqual([[vfId(1)]]);
    expect(select({ kind: 'vf', pci: vf(1).pci })).toEqual([]);
    expect(select({ kind: 'attachment', vf: vf(3).pci, container: 'x' })).toEqual([[vfId(3)]]);
    expect(select({ kind: 'container', id: container('fw').id, engine: 'docker' })).toEqual([[ctrId('fw')]]);
    expect(select({ kind: 'check', id: 'a', about: 'host' })).toEqual([]);
  });
});

describe('a drop', () => {
  test.each([
    ['a free VF on a container', vfId(0), ctrId('router'), 'sriov.vf.attach', [vfId(0), ctrId('router')]],
    ['a VF of one on another', vfId(3), ctrId('foreign'), 'sriov.vf.move', [vfId(3), ctrId('foreign')]],
    [
      ...(['one of a container on its adapter', vfId(1), 'lab/pf/0000:01:00.0', 'sriov.vf.detach'] as const),
      [`${ctrId('fw')}/${vf(1).pci}`],
    ],
  ])('of %s is the command of the trees, with both', async (_what, node, onto, command, rows) => {
    const { bench, page } = await shown();
    await page.hear({ kind: 'drop', node, onto });
    expect([bench.dialogs.said, bench.calls]).toEqual([[], [[command, rows[0], rows]]]);
  });

  test('that means nothing says why', async () => {
    const { bench, page } = await shown();
    await page.hear({ kind: 'drop', node: vfId(0), onto: ctrId('off') });
    await page.hear({ kind: 'drop', node: 'lab/pf/0000:02:00.0', onto: ctrId('fw') });
    expect(bench.dialogs.said).toEqual([
      expect.stringMatching(/off is not running/),
      expect.stringMatching(/enp2s0 is an adapter: drag its VFs/),
    ]);
    expect(bench.calls).toEqual([]);
  });
});

test('a filter is answered with the nodes that it leaves', async () => {
  const { page } = await shown();
  await page.hear({ kind: 'filter', text: 'vlan 42' });
  await page.hear({ kind: 'filter', text: ' ' });
  const [some, all] = only(page.take(), 'found');
  expect(some?.nodes).toContain(vfId(3));
  expect(some?.nodes).not.toContain(vfId(1));
  expect(all?.nodes).toBeNull();
});

test('what is exported is saved where the person says', async () => {
  const { bench, page } = await shown();
  await page.hear({ kind: 'save', type: 'svg', content: '<svg/>' });
  await page.hear({ kind: 'save', type: 'png', content: 'iVBOR' + 'w==' });
  const files = [...bench.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]);
  expect(files).toEqual([
    ['topology-lab.svg', '<svg/>'],
    ['topology-lab.png', '\x89PNG'.slice(0, 4)],
  ]);
  expect(bench.dialogs.said.at(-1)).toBe('Saved as topology-lab.png.');
});

test('only what a page may say is heard', () => {
  const good: FromTopology[] = [
    { kind: 'loaded' },
    { kind: 'select', node: 'x' },
    { kind: 'filter', text: '' },
  ];
  expect(good.map((one) => fromTopology(one))).toEqual(good);
  for (const bad of [
    ...[undefined, null, 'loaded', {}, { kind: 'run', command: 'workbench.action.quit' }, { kind: 'select' }],
    ...[
      { kind: 'drop', node: 1, onto: 'x' },
      { kind: 'save', type: 'sh', content: '' },
    ],
    { kind: 'filter', text: 'x'.repeat(10_001) },
  ])
    expect(fromTopology(bad)).toBeUndefined();
  expect([hostKept({ host: 'lab', open: [] }), hostKept({}), hostKept(undefined)]).toEqual([
    'lab',
    undefined,
    undefined,
  ]);
});

describe('the command', () => {
  test('opens the picture of the current host, with what it was called on selected', async () => {
    const bench = await fakeWorkbench(wired());
    await run(bench, 'sriov.topology.open');
    await run(bench, 'sriov.topology.open', { pf: 'enp1s0' });
    await run(bench, 'sriov.topology.open', { vf: 'enp1s0:3' });
    expect(bench.topologies).toEqual([[], ['lab/pf/0000:01:00.0'], [vfId(3)]]);
  });

  test.each([
    ['of a node means its row', 'sriov.function.copyPciAddress', vfId(3), vf(3).pci],
    ['of a container means it', 'sriov.item.copyName', ctrId('fw'), 'fw'],
  ] as const)('%s', async (_what, command, row, copied) => {
    const bench = await fakeWorkbench(wired());
    bench.rows = { ...bench.rows, subject: (id) => subjectOf([bench.host.named('lab')!], id) };
    const webview = 'sriov.topology';
    await run(bench, command, {
      webview,
      host: 'lab',
      row,
      viewItem: ';x;',
      preventDefaultContextMenuItems: true,
    });
    expect(bench.copied).toEqual([copied]);
  });
});
