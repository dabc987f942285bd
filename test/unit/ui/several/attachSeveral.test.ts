import { describe, expect, test } from 'vitest';
import { run } from '../../../../src/ui/commands/run';
import { back, type PickQuestion } from '../../../../src/ui/dialogs/dialogs';
import { readSettings } from '../../../../src/ui/settings';
import { fakeWorkbench, textOf, type FakeWorkbench } from '../fakeWorkbench';
import { bareHost, container, onHost, pf, vf } from '../../hosts/host';
import { hostWithAttachment } from '../../hosts/situations';

const eth0 = { name: 'eth0', mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: null };
const names = ['fw', 'web', 'cache'];
const containers = names.map((name, at) =>
  container(name, { netnsInode: 4026532100 + at, interfaces: [eth0] }),
);
const eight = Array.from({ length: 8 }, (_, index) => vf(index));
const free = () => bareHost({ pfs: [pf(eight, { totalVfs: 8 })], containers });
const rowsOf = (...indexes: number[]) => indexes.map((index) => `vf=${eight[index]!.pci}`);
const subjects = (...indexes: number[]) =>
  indexes.map((index) => ({ kind: 'vf' as const, pci: eight[index]!.pci }));
const asSubject = ({ id, engine }: (typeof containers)[number]) => ({
  kind: 'container' as const,
  id,
  engine,
});

/** What a question offers, each with what stands beside it; of a group, its heading. */
const offered = ({ dialogs }: FakeWorkbench, at: number): string[] =>
  (dialogs.questions.at(at) as PickQuestion<unknown>).choices.map((one) =>
    typeof one === 'string'
      ? `# ${one}`
      : [one.label, one.description, one.unavailable].filter(Boolean).join(' | '),
  );

const made = ({ control }: FakeWorkbench) =>
  control.changes.map((one) =>
    one.kind === 'attach'
      ? [
          one.vf,
          containers.find(({ id }) => id === one.container)?.name,
          one.name,
          one.addresses,
          one.gateway,
        ]
      : one,
  );

describe('several VFs to one container', () => {
  test('eight in one go: the container, one question for names, one for addresses, and all in the last step', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['fw', 'eth{n}', '192.0.2.10-192.0.2.50/24', 'Attach 8 VFs'];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1, 2, 3, 4, 5, 6, 7));
    expect(made(bench)).toEqual(
      eight.map(({ pci }, at) => [pci, 'fw', `eth${at + 1}`, [`192.0.2.${10 + at}/24`], undefined]),
    );
    expect(bench.dialogs.asked).toHaveLength(4);
    expect(bench.dialogs.warnings).toEqual([]);
    expect(bench.dialogs.progressed[0]).toBe('Attach 8 VFs');
    expect(bench.dialogs.progressed).toContain('8 of 8: Attach VF 7 of enp1s0 to fw as eth8');
    expect(bench.dialogs.shown).toEqual(['8 VFs were attached.']);
    const last = offered(bench, -1);
    expect(last[0]).toBe('Attach 8 VFs');
    expect(last).toContain('VF 7 of enp1s0 → fw | as eth8 · 192.0.2.17/24');
    expect(last.filter((row) => row.includes('comes back to the host'))).toHaveLength(1);
  });

  test('keys mean all that are selected', async () => {
    const bench = await fakeWorkbench(free());
    bench.selection = subjects(0, 1);
    bench.dialogs.answers = ['web', '', '', 'Attach 2 VFs'];
    await run(bench, 'sriov.vf.attach', { view: 'sriov.adapters' });
    expect(made(bench).map((one) => (one as unknown[]).slice(0, 3))).toEqual([
      [eight[0]!.pci, 'web', undefined],
      [eight[1]!.pci, 'web', undefined],
    ]);
  });

  test('a default route goes through the first, VLAN and MTU are asked for when wanted, and going back keeps what was said', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [
      ...['fw', 'eth5', '192.0.2.0/24 via 192.0.2.1', back, ''],
      ...['More Options…', '42', '1400', 'Attach 2 VFs'],
    ];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1));
    expect(bench.control.changes).toMatchObject([
      { name: 'eth5', addresses: ['192.0.2.2/24'], gateway: '192.0.2.1', vlan: 42, mtu: 1400 },
      { name: 'eth6', addresses: ['192.0.2.3/24'], vlan: 42, mtu: 1400 },
    ]);
    expect(bench.control.changes[1]).not.toHaveProperty('gateway');
  });

  test('what was typed is judged for all of them, and shown as what it comes to', async () => {
    const bench = await fakeWorkbench(free());
    const asked = { problems: [] as unknown[], comesTo: [] as unknown[] };
    const tried =
      (...texts: string[]) =>
      (question: object) => {
        if (!('prompt' in question)) throw new Error('no text');
        const { problem, comesTo } = question as FakeWorkbench['dialogs']['questions'][number] & {
          problem: (text: string) => unknown;
          comesTo?: (text: string) => unknown;
        };
        asked.problems.push(...texts.slice(0, -1).map((text) => problem(text)));
        asked.comesTo.push(comesTo?.(texts.at(-1)!));
        return texts.at(-1);
      };
    bench.dialogs.answers = [
      'fw',
      tried('uplink', 'eth{n}'),
      tried(
        ...['192.0.2.1-192.0.2.2/24', '192.0.2.1-192.0.2.3/24 via 192.0.2.1'],
        ...['192.0.2.1-192.0.2.3/24 via 198.51.100.1', '192.0.2.1-192.0.2.3/24'],
      ),
      undefined,
    ];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1, 2));
    expect(asked.problems).toEqual([
      expect.stringContaining('must differ'),
      'Free addresses of 192.0.2.1-192.0.2.2/24: 2. Needed: 3.',
      'Free addresses of 192.0.2.1-192.0.2.3/24: 2. Needed: 3.',
      expect.stringContaining('not in a network'),
    ]);
    expect(asked.comesTo.slice(0, 2)).toEqual([
      'eth1, eth2, eth3',
      '192.0.2.1/24, 192.0.2.2/24, 192.0.2.3/24',
    ]);
    expect(bench.control.changes).toEqual([]);
  });

  test('a preset answers all: its name is counted on from, its pool is shared', async () => {
    const presets = readSettings((key) =>
      key === 'presets'
        ? {
            edge: { name: 'eth1', addresses: '192.0.2.0/24', vlan: 7, trust: true },
            few: { addresses: '192.0.2.0/30' },
          }
        : undefined,
    ).presets;
    const bench = await fakeWorkbench(free(), { presets });
    bench.dialogs.answers = ['fw', 'edge'];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1, 2));
    expect(bench.control.changes).toMatchObject([
      { name: 'eth1', addresses: ['192.0.2.1/24'], vlan: 7, trust: true },
      { name: 'eth2', addresses: ['192.0.2.2/24'], vlan: 7, trust: true },
      { name: 'eth3', addresses: ['192.0.2.3/24'], vlan: 7, trust: true },
    ]);
    expect(offered(bench, -1)[1]).toContain('Free addresses of 192.0.2.0/30: 2. Needed: 3.');
  });

  test('the plan of all can be seen first', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['fw', '', '', 'Show Plan'];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1));
    expect(bench.control.changes).toEqual([]);
    expect(bench.pagesShown[0]?.name).toBe('Plan: Attach 2 VFs');
    expect(textOf(bench.pagesShown[0])).toContain('Attach VF 1 of enp1s0 to fw as enp1s0v1');
  });
});

describe('from containers', () => {
  test('the VFs for one are ticked', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [['VF 1 of enp1s0', 'VF 2 of enp1s0'], 'eth{n}', '', 'Attach 2 VFs'];
    await run(bench, 'sriov.container.attachVfs', { container: 'fw' });
    expect(bench.control.changes).toMatchObject([
      { vf: eight[1]!.pci, name: 'eth1' },
      { vf: eight[2]!.pci, name: 'eth2' },
    ]);
  });

  test('one to each of those that are selected; as many free VFs are ticked already', async () => {
    const bench = await fakeWorkbench(free());
    bench.selection = containers.map(asSubject);
    bench.dialogs.answers = ['', 'eth{n}', '192.0.2.0/24 via 192.0.2.1', 'Attach 3 VFs'];
    await run(bench, 'sriov.container.attachVf', { view: 'sriov.containers' });
    expect(made(bench)).toEqual(
      names.map((name, at) => [eight[at]!.pci, name, 'eth1', [`192.0.2.${at + 2}/24`], '192.0.2.1']),
    );
  });

  test('one each is a choice for several VFs, and takes as many containers', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [
      'One to Each of Several Containers…',
      (question) => {
        const { problem, choices } = question as {
          problem: (all: unknown[]) => unknown;
        } & PickQuestion<unknown>;
        expect(problem([1])).toBe('1 are picked, 2 are needed');
        return choices.flatMap((one) =>
          typeof one === 'object' && one.label !== 'cache' ? [one.label] : [],
        );
      },
      ...['eth{n}', '', 'Attach 2 VFs'],
    ];
    await run(bench, 'sriov.vf.attach', rowsOf(4)[0], rowsOf(4, 5));
    expect(made(bench).map((one) => (one as unknown[]).slice(0, 3))).toEqual([
      [eight[4]!.pci, 'fw', 'eth1'],
      [eight[5]!.pci, 'web', 'eth1'],
    ]);
  });
});

describe('what isn’t possible is said before anything runs', () => {
  const held = () => {
    const host = free();
    const inLab = { ...onHost, kind: 'netns' as const, netnsInode: 7, name: 'lab' };
    return { ...host, pfs: [pf(eight.map((one) => (one.index === 1 ? { ...one, holder: inLab } : one)))] };
  };

  test('a VF that is held: with the rest, or not at all', async () => {
    const bench = await fakeWorkbench(held());
    bench.dialogs.answers = [undefined, 'Continue Without Them', 'fw', '', '', 'Attach 2 VFs'];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1, 2));
    expect(bench.dialogs.warnings[0]).toEqual({
      message: 'Not everything that is selected can be attached.',
      detail: '• VF 1 of enp1s0 is already in lab; detach it first, or move it.',
      buttons: ['Continue Without Them'],
    });
    expect(bench.control.changes).toEqual([]);
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1, 2));
    expect(made(bench).map((one) => (one as unknown[])[0])).toEqual([eight[0]!.pci, eight[2]!.pci]);
  });

  test('none can be', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    const off = container('off', { state: 'exited', netnsInode: null });
    const hostnet = container('hostnet', { networkMode: 'host' });
    bench.control.host = { ...free(), containers: [off, hostnet] };
    await bench.control.refresh();
    bench.selection = [off, hostnet].map(asSubject);
    await run(bench, 'sriov.container.attachVf', { view: 'sriov.containers' });
    expect(bench.dialogs.shown).toEqual([
      expect.stringMatching(/^Nothing that is selected can be attached. .*off is not running.*hostnet uses/),
    ]);
    expect(bench.dialogs.warnings).toEqual([]);
  });

  test('more containers than free VFs, and VFs that don’t go up in containers', async () => {
    const bench = await fakeWorkbench({ ...free(), pfs: [pf([vf(0)])] });
    bench.selection = containers.map(asSubject);
    bench.dialogs.presses = ['Set Number of VFs…'];
    await run(bench, 'sriov.container.attachVf', { view: 'sriov.containers' });
    expect(bench.dialogs.shown).toEqual(['Free VFs: 1. Containers: 3.']);
    const other = await fakeWorkbench(free());
    other.selection = [...containers.map(asSubject), ...subjects(0, 1)];
    await run(other, 'sriov.vf.attach');
    expect(other.dialogs.shown[0]).toContain('Choose as many of both');
  });

  test('a name on the host that the container has: it can’t be kept', async () => {
    const taken = container('fw', { netnsInode: 5, interfaces: [{ ...eth0, name: 'enp1s0v1' }] });
    const bench = await fakeWorkbench({ ...free(), containers: [taken] });
    bench.dialogs.answers = [
      'fw',
      (question) => {
        const { problem } = question as { problem: (text: string) => unknown };
        expect(problem('')).toContain('"enp1s0v1" is already taken');
        return undefined;
      },
    ];
    await run(bench, 'sriov.vf.attach', rowsOf(0)[0], rowsOf(0, 1));
    expect(bench.control.changes).toEqual([]);
  });
});
