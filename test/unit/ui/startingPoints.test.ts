import { describe, expect, test } from 'vitest';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { KeptAnswers } from '../../../src/ui/changes/startingPoints/lastAnswers';
import { run } from '../../../src/ui/commands/run';
import { back, type Choice, type PickQuestion } from '../../../src/ui/dialogs/dialogs';
import { readSettings } from '../../../src/ui/settings';
import { fakeWorkbench, memento, type FakeWorkbench } from './fakeWorkbench';
import { bareHost, container, onHost, pf, vf } from '../hosts/host';

const free = () => bareHost({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw'), container('web')] });
const presets = (one: object) => readSettings((key) => (key === 'presets' ? one : undefined)).presets;
const edge = { edge: { name: 'eth1', vlan: 100, trust: true, mtu: 1400, addresses: '192.0.2.0/24' } };

/** The choices of a question that was asked, each with what stands beside it. */
function rowsOf({ dialogs }: FakeWorkbench, at: number): string[] {
  const { choices } = dialogs.questions.at(at) as PickQuestion<unknown>;
  return choices.map((one) => (typeof one === 'string' ? `# ${one}` : textOf(one)));
}
const textOf = ({ label, description, unavailable }: Choice<unknown>): string =>
  [label, description, unavailable].filter(Boolean).join(' | ');

/** The host is otherwise now. */
async function sees({ control }: FakeWorkbench, host: HostSnapshot): Promise<void> {
  control.host = host;
  await control.refresh();
}

/** `fw` got VF 1 as eth1 with an address; nobody has it now. */
async function attachedOnce(more: Parameters<typeof fakeWorkbench>[1] = {}): Promise<FakeWorkbench> {
  const bench = await fakeWorkbench(free(), more);
  bench.dialogs.answers = [
    ...(more.presets ? ['New Answers…'] : []),
    ...['VF 1 of enp1s0', 'eth1', '192.0.2.7/24 via 192.0.2.1', 'Attach'],
  ];
  await run(bench, 'sriov.container.attachVf', { container: 'fw' });
  expect(bench.control.changes).toHaveLength(1);
  return bench;
}

describe('what a container got the last time', () => {
  test('from the container it is one answer, for the same VF', async () => {
    const bench = await attachedOnce();
    bench.dialogs.answers = ['Like Last Time'];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    const [first, second] = bench.control.changes;
    expect(second).toEqual(first);
    expect(rowsOf(bench, -1)).toEqual([
      'Like Last Time | VF 1 of enp1s0 · as eth1 · 192.0.2.7/24 · via 192.0.2.1',
      'New Answers…',
    ]);
  });

  test('from a VF it is the container and one answer, for that VF', async () => {
    const bench = await attachedOnce();
    bench.dialogs.answers = ['fw', 'Like Last Time'];
    await run(bench, 'sriov.vf.attach', { vf: 'enp1s0:0' });
    expect(bench.control.changes.at(-1)).toMatchObject({ vf: '0000:01:10.0', name: 'eth1' });
  });

  test('a name that was the VF’s own is that of the other VF now', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['VF 1 of enp1s0', '', '', 'Attach'];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    bench.dialogs.answers = ['fw', 'Like Last Time'];
    await run(bench, 'sriov.vf.attach', { vf: 'enp1s0:0' });
    expect(bench.control.changes.map((one) => 'name' in one)).toEqual([false, false]);
  });

  test('another container has no last time, so nothing is asked', async () => {
    const bench = await attachedOnce();
    bench.dialogs.answers = ['VF 0 of enp1s0', '', '', 'Attach'];
    await run(bench, 'sriov.container.attachVf', { container: 'web' });
    expect(bench.control.changes).toHaveLength(2);
  });

  test('another VF of the adapter where that one is taken, and the reason where none is free', async () => {
    const bench = await attachedOnce();
    const taken = (index: number) =>
      vf(index, { holder: { ...onHost, kind: 'netns', netnsInode: 7, name: 'lab' } });
    await sees(bench, bareHost({ pfs: [pf([vf(0), taken(1)])], containers: [container('fw')] }));
    await run(bench, 'sriov.container.attachAgain', { container: 'fw' });
    expect(bench.control.changes.at(-1)).toMatchObject({ vf: '0000:01:10.0' });
    const other = pf([vf(0, { pci: '0000:02:10.0', name: 'enp2s0v0' })], {
      pci: '0000:02:00.0',
      name: 'enp2s0',
    });
    await sees(
      bench,
      bareHost({
        pfs: [pf([taken(0), taken(1)]), other],
        containers: [container('fw')],
      }),
    );
    await run(bench, 'sriov.container.attachAgain', { container: 'fw' });
    expect(bench.dialogs.shown.at(-1)).toBe('No VF of enp1s0, which it had last time, is free.');
    bench.dialogs.answers = [undefined];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    expect(rowsOf(bench, -1)[0]).toMatch(/^Like Last Time \| no VF is free \| No VF of enp1s0/);
  });

  test('what is lost or doubtful is looked at first', async () => {
    const bench = await attachedOnce();
    const eth0 = { name: 'eth0', mac: null, up: true, mtu: 1500, altnames: [], vf: null };
    const web = container('web', { interfaces: [{ ...eth0, addresses: ['192.0.2.7/24'] }] });
    await sees(bench, bareHost({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw'), web] }));
    bench.dialogs.answers = ['Like Last Time', undefined];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    expect(rowsOf(bench, -1).join()).toContain('web already has the address 192.0.2.7');
    expect(bench.control.changes).toHaveLength(1);
  });

  test('back from there, everything can be answered anew', async () => {
    const bench = await attachedOnce();
    const eth1 = { name: 'eth1', mac: null, up: true, mtu: 1500, altnames: [], vf: null, addresses: [] };
    await sees(
      bench,
      bareHost({
        pfs: [pf([vf(0), vf(1)])],
        containers: [container('fw', { interfaces: [eth1] })],
      }),
    );
    bench.dialogs.answers = ['Like Last Time', back, 'New Answers…', 'VF 0 of enp1s0', 'eth2', '', 'Attach'];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    expect(bench.control.changes.at(-1)).toMatchObject({ vf: '0000:01:10.0', name: 'eth2' });
  });

  test('by itself: without a question, from the palette with the container alone', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.container.attachAgain');
    await run(bench, 'sriov.container.attachAgain', { container: 'fw' });
    expect(bench.dialogs.shown).toEqual([
      'Nothing has been attached to a container of this host from here yet.',
      'Nothing has been attached to fw from here yet.',
    ]);
    const second = await attachedOnce();
    second.dialogs.answers = ['fw'];
    await run(second, 'sriov.container.attachAgain');
    expect(second.control.changes[1]).toEqual(second.control.changes[0]);
  });

  test('of two hundred containers at most, each by its host, engine and name', async () => {
    const kept = new KeptAnswers(memento());
    const answers = {
      name: 'eth1',
      addresses: '',
      gateway: '',
      routes: '',
      mac: '',
      vlan: '',
      trust: '',
      mtu: '',
    };
    for (let at = 0; at < 201; at += 1)
      await kept.keep('lab', container(`c${at}`), { answers, vf: 'v', pf: 'p' });
    expect(kept.of('lab', container('c0'))).toBeUndefined();
    expect(kept.of('lab', container('c200'))?.answers.name).toBe('eth1');
    expect(kept.of('other', container('c200'))).toBeUndefined();
    expect(kept.of('lab', container('c200', { engine: 'podman' }))).toBeUndefined();
  });

  test('what another version has kept is no last time', async () => {
    const state = memento();
    await state.update('sriov.attach.lastAnswers', { x: { name: 7 } });
    expect(new KeptAnswers(state).of('lab', container('fw'))).toBeUndefined();
  });
});

describe('a preset', () => {
  test('answers everything but the VF, with the next address that nobody has', async () => {
    const bench = await attachedOnce({ presets: presets(edge) });
    bench.dialogs.answers = ['edge', 'VF 0 of enp1s0'];
    await run(bench, 'sriov.container.attachVf', { container: 'web' });
    expect(rowsOf(bench, -2)).toEqual([
      'edge | as eth1 · 192.0.2.1/24 · VLAN 100 · trusted · MTU 1400',
      'New Answers…',
    ]);
    expect(bench.control.changes.at(-1)).toMatchObject({
      ...{ vf: '0000:01:10.0', name: 'eth1', addresses: ['192.0.2.1/24'] },
      ...{ vlan: 100, trust: true, mtu: 1400 },
    });
  });

  test('stands after the last time, and says when its addresses are used up', async () => {
    const one = { edge: { ...edge.edge, addresses: '192.0.2.1-192.0.2.1/24', gateway: '192.0.2.1' } };
    const bench = await attachedOnce({ presets: presets(one) });
    bench.dialogs.answers = [undefined];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    expect(rowsOf(bench, -1).slice(1)).toEqual([
      'edge | no address is free | No address of 192.0.2.1-192.0.2.1/24 is free.',
      'New Answers…',
    ]);
  });

  test.each([
    ['a VLAN that there is not', { vlan: 4095 }],
    ['a word for a number', { mtu: '1500' }],
    ['a name that is too long', { name: 'a-name-that-is-too-long' }],
    ['addresses that are none', { addresses: 'some' }],
    ['a gateway that is none', { gateway: 'there' }],
    ['no object', 'edge'],
  ])('with %s is left out, and the others stay', (_, wrong) => {
    expect(presets({ wrong, dhcp: { addresses: 'dhcp' } })).toEqual({ dhcp: { addresses: 'dhcp' } });
  });
});
