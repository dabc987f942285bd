import { describe, expect, test } from 'vitest';
import type { HostLink, HostSnapshot } from '../../../src/model/snapshot';
import { change } from '../../../src/ui/changes/change';
import { run } from '../../../src/ui/commands/run';
import type { Choice, PickQuestion } from '../../../src/ui/dialogs/dialogs';
import { fakeWorkbench, textOf as pageText, type FakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment, pendingChange } from '../hosts/situations';

const link = (name: string, more: Partial<HostLink> = {}): HostLink => ({
  ...{ index: 3, name, mac: null, up: true, carrier: true, mtu: 1500, kind: null, master: null, lower: null },
  ...{ pci: null, altnames: [], addresses: [] },
  ...more,
});

/** enp1s0 has an address, a route and a VLAN device on the host. */
function busy(): HostSnapshot {
  const words = ['198.51.100.0/24', 'via', '192.0.2.9', 'dev', 'enp1s0'];
  const route = { family: 4 as const, destination: words[0]!, gateway: words[2]!, device: 'enp1s0', words };
  return bareHost({
    containers: [container('fw')],
    links: [
      link('enp1s0', { pci: '0000:01:00.0', addresses: ['192.0.2.1/24'], routes: [route] }),
      link('enp1s0.5', { kind: 'vlan', lower: 'enp1s0' }),
    ],
  });
}
const ends = [
  'the address 192.0.2.1/24 of enp1s0',
  'the route to 198.51.100.0/24 via 192.0.2.9 on enp1s0',
  'enp1s0.5, a VLAN device on enp1s0',
];

/** What the last question showed. */
function lastRows({ dialogs }: FakeWorkbench): string[] {
  const question = dialogs.questions.at(-1) as PickQuestion<unknown>;
  return question.choices.map((one) => (typeof one === 'string' ? `# ${one}` : textOf(one)));
}
const textOf = ({ label, detail }: Choice<unknown>): string => [label, detail].filter(Boolean).join(' ');

describe('the last step before a change shows all that its plan says', () => {
  const answers = ['The Whole Adapter', 'fw', 'eth1', '', 'Attach'];

  test('a busy adapter: what ends stands there, and is asked about once more', async () => {
    const bench = await fakeWorkbench(busy());
    bench.dialogs.answers = [...answers, undefined];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(lastRows(bench)).toEqual([
      ...['Attach', 'Show Plan', 'More Options…'],
      ...['# will be removed', ...ends],
      '# notes',
      expect.stringContaining('When fw stops, it comes back to the host as eth1') as string,
      expect.stringContaining('renames it back to enp1s0') as string,
    ]);
    expect(bench.dialogs.warnings).toEqual([
      {
        message: 'Attach enp1s0 to fw as eth1?',
        detail: expect.stringContaining(
          `This will be removed:\n${ends.map((one) => `• ${one}`).join('\n')}\n\nWhen fw stops`,
        ) as string,
        buttons: ['Attach', 'Show Plan'],
      },
    ]);
    expect(bench.control.changes).toEqual([]);
    bench.dialogs.answers = [...answers, 'Attach'];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(bench.control.changes).toHaveLength(1);
  });

  test('picking what it says shows the plan', async () => {
    const bench = await fakeWorkbench(busy());
    bench.dialogs.answers = [...answers.slice(0, -1), ends[0]];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(pageText(bench.pagesShown[0])).toContain(ends[2]!);
    expect(bench.control.changes).toEqual([]);
  });

  test('a VF that carries a VLAN says so, and can be cleared first', async () => {
    const vfs = [vf(0, { vlan: { id: 42, qos: 0, proto: '802.1Q' }, trust: true })];
    const bench = await fakeWorkbench(bareHost({ pfs: [pf(vfs)], containers: [container('fw')] }));
    bench.dialogs.answers = ['fw', '', '', 'Clear and Attach'];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect(lastRows(bench)).toEqual([
      ...['Attach', 'Clear and Attach', 'Attach and Keep', 'Show Plan', 'More Options…', '# notes'],
      'VF 0 of enp1s0 keeps what enp1s0 already enforces for it: VLAN 42, trust.',
      'Use “Clear and Attach” to attach it without these settings.',
    ]);
    expect(bench.control.changes).toMatchObject([{ clear: true }]);
    bench.dialogs.answers = ['fw', 'New Answers…', '', '', 'Attach'];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect(bench.control.changes[1]).not.toHaveProperty('clear');
    expect(bench.dialogs.warnings).toEqual([]);
  });

  test('an address that another container has is asked about', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = ['router', '', '192.0.2.10/24', 'Attach', undefined];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.2');
    expect(lastRows(bench)).toContain('# warnings');
    expect(bench.dialogs.warnings[0]?.detail).toContain('fw already has the address 192.0.2.10 on eth1');
    expect(bench.control.changes).toEqual([]);
  });

  test('what can’t be done says why before it is tried', async () => {
    const interrupted = pendingChange('1', 'Attach VF 1');
    const bench = await fakeWorkbench(
      bareHost({
        pfs: [pf([vf(0)])],
        containers: [container('fw')],
        pending: [interrupted],
      }),
    );
    bench.dialogs.answers = ['fw', '', '', undefined];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect(lastRows(bench).slice(-2)).toEqual([
      '# not possible',
      expect.stringMatching(/^A change on lab was interrupted .*Recover to undo it/),
    ]);
  });

  test('a VF that gets another driver: in the list of what can be set', async () => {
    const vfs = [vf(0, { up: true, addresses: ['192.0.2.7/24'] })];
    const bench = await fakeWorkbench(bareHost({ pfs: [pf(vfs)] }));
    bench.dialogs.answers = ['Driver', 'vfio-pci', 'Configure', undefined];
    await run(bench, 'sriov.vf.configure', 'vf=0000:01:10.0');
    expect(lastRows(bench).join('\n')).toMatch(/# will be removed\nenp1s0v0, the network device of VF 0/);
    expect(bench.dialogs.warnings[0]?.detail).toContain('• enp1s0v0, the network device of VF 0');
  });
});

describe('a change that had no last step', () => {
  test('asks when its plan says anything at all', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = [undefined];
    await change(bench, [{ kind: 'attach', vf: '0000:01:10.2', container: 'router', name: 'eth2' }]);
    expect(bench.dialogs.warnings[0]?.detail).toContain('When router stops');
    expect(bench.control.changes).toEqual([]);
  });

  test('a loss is asked about even where detaching needs no confirmation', async () => {
    const foreign = { ...hostWithAttachment(), attachments: [] };
    const bench = await fakeWorkbench(foreign, { confirmDetach: 'never' });
    bench.dialogs.answers = [undefined];
    await change(bench, [{ kind: 'detach', vf: '0000:01:10.0' }]);
    expect(bench.dialogs.warnings).toMatchObject([
      {
        detail: expect.stringContaining('was not attached by SR-IOV Workbench') as string,
        buttons: ['Detach', 'Show Plan'],
      },
    ]);
    expect(bench.control.changes).toEqual([]);
  });
});
