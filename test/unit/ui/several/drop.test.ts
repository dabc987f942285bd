import { describe, expect, test } from 'vitest';
import { drop } from '../../../../src/ui/commands/changes/drop';
import { run } from '../../../../src/ui/commands/run';
import type { CommandId } from '../../../../src/ui/commands/table';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { adapterRows } from '../../../../src/ui/tree/adapters';
import { containerRows } from '../../../../src/ui/tree/containers';
import type { Row } from '../../../../src/ui/tree/row';
import { fakeWorkbench, type FakeWorkbench } from '../fakeWorkbench';
import { bareHost, container, pf, vf } from '../../hosts/host';
import { attachment } from '../../hosts/situations';

const fw = container('fw', { netnsInode: 4026532100 });
const held = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
const inside = (name: string, pci: string) => ({
  ...{ name, mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: pci },
});
const other = { pci: '0000:02:00.0', name: 'enp2s0' };
const whole = { pci: '0000:03:00.0', name: 'eth7' };

/** VF 0 and 1 are free, 2 and 3 in fw, 4 for a virtual machine; fw has a whole adapter and a macvlan, too. */
function host(): HostSnapshot {
  const mac = '02:00:00:00:02:00';
  const [two, three] = [vf(2, { name: 'eth2', holder: held }), vf(3, { name: 'eth3', holder: held })];
  const full = container('fw', {
    netnsInode: fw.netnsInode,
    interfaces: [inside('eth2', two.pci), inside('eth3', three.pci), inside('eth7', whole.pci)],
  });
  return bareHost({
    pfs: [
      pf([
        ...[vf(0), vf(1), two, three],
        vf(4, { name: null, driver: 'vfio-pci', holder: { ...held, kind: 'vfio' } }),
        vf(5, { name: null, driver: null, holder: { ...held, kind: 'none' } }),
      ]),
      pf([], other),
      pf([], { ...whole, holder: held }),
    ],
    containers: [
      full,
      container('router', { netnsInode: 4026532101 }),
      container('off', { state: 'exited', netnsInode: null }),
      container('hostnet', { networkMode: 'host' }),
    ],
    attachments: [attachment(vf(2), 'fw', fw.id, 'eth2'), attachment(vf(3), 'fw', fw.id, 'eth3')],
    macvlans: [
      {
        ...{ version: 1, kind: 'macvlan', mode: 'bridge', inside: 'mv0', mac, bootId: 'b0' },
        ...{ key: `${other.pci}.macvlan-020000000200`, on: other.pci, recordedAt: '', broughtUp: [] },
        container: { id: fw.id, name: 'fw', engine: 'docker', netnsInode: fw.netnsInode ?? 0 },
      },
    ],
  });
}

/** The rows of both trees, by what is on them. */
function treeOf(snapshot: HostSnapshot) {
  const all = (rows: Row[]): Row[] => rows.flatMap((row) => [row, ...all(row.children)]);
  const rows = {
    'sriov.adapters': all(adapterRows(snapshot)),
    'sriov.containers': all(containerRows(snapshot)),
  };
  const everywhere = Object.values(rows).flat();
  return {
    row(label: string, view?: keyof typeof rows): string {
      const found = (view ? rows[view] : everywhere).find((one) => one.label === label);
      if (!found) throw new Error(`no row ${label}`);
      return found.id;
    },
    subject: (id: string) => everywhere.find((row) => row.id === id)?.subject,
  };
}

async function dropping(snapshot = host()) {
  const bench = await fakeWorkbench(snapshot);
  const tree = treeOf(snapshot);
  bench.rows = { ...bench.rows, subject: tree.subject };
  const onto = (view: 'sriov.adapters' | 'sriov.containers', label?: string) => ({
    view,
    row: label === undefined ? undefined : tree.row(label, view),
  });
  return { bench, tree, onto };
}

type Place = [view: 'sriov.adapters' | 'sriov.containers', label?: string];
const A = 'sriov.adapters';
const C = 'sriov.containers';

describe('what a drop stands for', () => {
  test.each<[string[], Place, string]>([
    [['VF 0'], [C, 'fw'], 'attach'],
    [['VF 0', 'VF 1'], [C, 'router'], 'attach'],
    [['VF 0'], [C, 'eth2'], 'attach'],
    [['VF 0'], [C, 'mv0'], 'attach'],
    [['VF 2'], [C, 'router'], 'move'],
    [['eth2', 'eth3'], [C, 'router'], 'move'],
    [['VF 2', 'eth3'], [C, 'router'], 'move'],
    [['eth2'], [A, 'enp1s0'], 'detach'],
    [['eth2', 'eth3'], [A, 'VF 0'], 'detach'],
    [['eth7'], [A, 'eth7'], 'detach'],
    [['mv0'], [A, 'enp2s0'], 'detach'],
  ])('%j onto %j: %s', async (dragged, [view, label], verb) => {
    const { bench, tree, onto } = await dropping();
    const rows = dragged.map((one) => tree.row(one, /^VF/.test(one) ? A : C));
    await drop(bench, rows, onto(view, label));
    expect(bench.dialogs.said).toEqual([]);
    const container = label === 'router' ? 'router' : 'fw';
    const all = verb === 'detach' ? rows : [...rows, tree.row(container, C)];
    expect(bench.calls).toEqual([[`sriov.vf.${verb}`, rows[0], all]]);
  });

  test.each<[string[], Place, RegExp]>([
    [['VF 0'], [C, 'off'], /off is not running/],
    [['VF 0'], [C, 'hostnet'], /hostnet uses the host's own network/],
    [['VF 0'], [C, 'Docker'], /^Drop it on a container/],
    [['VF 0'], [C], /^Drop it on a container/],
    [['VF 4'], [C, 'fw'], /VF 4 of enp1s0 is bound to vfio-pci/],
    [['VF 5'], [C, 'fw'], /VF 5 of enp1s0 has no network device/],
    [['VF 0', 'VF 4'], [C, 'fw'], /VF 4 of enp1s0 is bound to vfio-pci/],
    [['VF 0', 'VF 2'], [C, 'router'], /some are free: drag only one kind/],
    [['VF 2'], [C, 'fw'], /VF 2 of enp1s0 is already in fw/],
    [['eth2'], [C, 'fw'], /VF 2 of enp1s0 is already in fw/],
    [['eth7'], [C, 'router'], /^Only VFs can be moved/],
    [['mv0'], [C, 'router'], /^Only VFs can be moved/],
    [['eth2', 'mv0'], [C, 'router'], /^Only VFs can be moved/],
    [['enp1s0'], [C, 'fw'], /enp1s0 is an adapter: drag its VFs/],
    [['VF 0', 'enp1s0'], [C, 'fw'], /enp1s0 is an adapter/],
    [['router'], [C, 'fw'], /container can’t be dragged/],
    [['Docker'], [C, 'fw'], /^Only VFs and attachments/],
    [['VF 0'], [A, 'enp1s0'], /VF 0 of enp1s0 is not in a container/],
    [['VF 2'], [A, 'enp1s0'], /VF 2 of enp1s0 is in fw: drop it on another container/],
    [['eth2'], [A, 'enp2s0'], /VF 2 of enp1s0 belongs to enp1s0/],
    [['eth2', 'mv0'], [A, 'enp1s0'], /enp2s0 belongs to enp2s0/],
    [['eth2'], [A], /^Drop it on its adapter/],
    [['router'], [A, 'enp1s0'], /container can’t be dragged/],
  ])('%j onto %j: why nothing', async (dragged, [view, label], why) => {
    const { bench, tree, onto } = await dropping();
    const rows = dragged.map((one) => tree.row(one, /^(VF|enp)/.test(one) ? A : C));
    await drop(bench, rows, onto(view, label));
    expect(bench.dialogs.said).toEqual([expect.stringMatching(why)]);
    expect([bench.calls, bench.dialogs.shown]).toEqual([[], []]);
  });
});

describe('nothing is dropped', () => {
  const tried = async (prepare: (bench: FakeWorkbench) => unknown) => {
    const { bench, tree, onto } = await dropping();
    await prepare(bench);
    await drop(bench, [tree.row('VF 0')], onto(C, 'fw'));
    expect([bench.calls, bench.dialogs.shown]).toEqual([[], []]);
    return bench.dialogs.said[0];
  };

  test('in a folder that isn’t trusted', async () => {
    expect(await tried((bench) => (bench.trusted = false))).toContain('untrusted folders');
  });
  test('while the connection is lost', async () => {
    const lost = { state: 'lost', reason: 'x', since: '', detail: '' } as const;
    expect(await tried(({ control }) => control.become(lost))).toContain('Not connected to lab');
  });
  test('on a row of another host', async () => {
    const hostsOf = (rows: readonly string[]) => (rows.length > 1 ? ['lab', 'other'] : ['lab']);
    const said = await tried((bench) => (bench.rows = { ...bench.rows, hostsOf }));
    expect(said).toBe('That is on another host: drop it on a row of its own host.');
  });
  test('where the row is gone meanwhile', async () => {
    const { bench, onto } = await dropping();
    await drop(bench, ['lab/vf/0000:09:00.0'], onto(C, 'fw'));
    expect(bench.dialogs.said).toEqual(['The selected item no longer exists.']);
  });
});

describe('the command that a drop calls', () => {
  const called = async (dragged: string[], place: Place, answers: FakeWorkbench['dialogs']['answers']) => {
    const { bench, tree, onto } = await dropping();
    await drop(
      bench,
      dragged.map((one) => tree.row(one, /^VF/.test(one) ? A : C)),
      onto(...place),
    );
    const [[command, item, items] = []] = bench.calls;
    bench.dialogs.answers = answers;
    await run(bench, command as CommandId, item, items);
    return bench;
  };

  test('knows the VF and the container, and asks for the rest', async () => {
    const bench = await called(['VF 0'], [C, 'router'], ['eth5', '', 'Attach']);
    expect(bench.dialogs.asked.at(-1)).toBe('Attach VF 0 of enp1s0 to router');
    expect(bench.control.changes).toMatchObject([{ kind: 'attach', vf: vf(0).pci, name: 'eth5' }]);
  });

  test('knows all of several', async () => {
    const bench = await called(['VF 0', 'VF 1'], [C, 'router'], ['eth{n}', '', 'Attach 2 VFs']);
    expect(bench.control.changes).toMatchObject([{ name: 'eth0' }, { name: 'eth1' }]);
  });

  test('moves one with the questions of a move, and several with one', async () => {
    const one = await called(['eth2'], [C, 'router'], ['', '', 'Move']);
    expect(one.control.changes).toMatchObject([{ move: true, vf: vf(2).pci }]);
    const two = await called(['eth2', 'eth3'], [C, 'router'], ['Move 2 VFs']);
    expect(two.control.changes).toMatchObject([{ move: true }, { move: true, vf: vf(3).pci }]);
  });

  test('detaches after the same question', async () => {
    const bench = await called(['eth2'], [A, 'enp1s0'], [undefined]);
    expect(bench.dialogs.warnings[0]?.message).toBe('Detach VF 2 of enp1s0 from fw?');
    expect(bench.control.changes).toEqual([]);
  });
});
