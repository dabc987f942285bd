import { describe, expect, test } from 'vitest';
import type { Context } from '../../../src/cli/context';
import { lastingCommand } from '../../../src/cli/lasting';
import { parse } from '../../../src/cli/parse';
import { attachOrKeep } from '../../../src/cli/requests';
import { written } from '../../../src/cli/shown/colors';
import { elsewhere, type Text } from '../../../src/cli/shown/styled';
import { UsageError } from '../../../src/cli/usage';
import type { Kept } from '../../../src/model/lasting/kept';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, pf, vf } from '../hosts/host';
import { planned } from '../planning/planning';
import { FakeControl } from '../ui/fakeControl';

const { intent } = planned(host(), {
  kind: 'keep',
  vf: 'enp1s0:0',
  container: 'fw',
  name: 'eth7',
  vlan: 42,
}).keeps!;
const kept: Kept[] = [
  { intent, result: { state: 'attached', at: '2026-01-02T03:04:05Z', why: '' }, watched: true },
];
const fw = container('fw');
const holder = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
const attached = host({ kept, pfs: [pf([vf(0, { name: 'eth7', holder }), vf(1)])] });

/** What the command prints, its document, its exit status, and what was asked of the host. */
async function run(snapshot: HostSnapshot, ...args: string[]) {
  const control = new FakeControl('lab', snapshot);
  const said: string[] = [];
  let document: unknown;
  const print = {
    view: elsewhere,
    answer: (value: unknown, text: (view: typeof elsewhere) => Text) => {
      document = value;
      said.push(written(text(elsewhere), false));
    },
    failure: (_: string, text: string) => said.push(text),
    text: (text: Text) => said.push(written(text, false)),
    progress: () => undefined,
    problem: (text: Text) => said.push(written(text, false)),
  };
  const { values, positionals } = parse(['lasting', ...args]);
  const signal = new AbortController().signal;
  const code = await lastingCommand({ control, values, positionals, print, signal } as unknown as Context);
  return { code, said: said.join('\n'), document };
}

describe('sriov lasting', () => {
  test('lists what is kept, how it stands, and when its program ran last', async () => {
    const { code, said, document } = await run(attached);
    expect(code).toBe(0);
    expect(said).toContain('fw-eth7  enp1s0:0  container fw (docker)  attached  2026-01-02T03:04:05Z');
    expect(document).toMatchObject([
      { id: 'fw-eth7', state: 'attached', watched: true, lastRun: kept[0]!.result },
    ]);
    expect((await run(host())).said).toBe('No VF is kept for a container, and none is created after a boot.');
  });

  test('shows one, with its settings and files; of an unknown one nothing', async () => {
    const { said } = await run(attached, 'show', 'fw-eth7');
    for (const text of ['as eth7; enp1s0v0 on the host', 'vlan: 42', 'attachments.d/fw-eth7.sh'])
      expect(said).toContain(text);
    expect(await run(attached, 'show', 'other')).toMatchObject({ code: 3 });
  });

  test('checks whether each would work now, and by what one could be kept, and fails if one would not', async () => {
    const { code, said } = await run(attached, 'check');
    expect(code).toBe(0);
    expect(said.split('\n')).toEqual([
      'fw-eth7: would work now',
      ...['watcher, docker', 'watcher, podman', 'cdi, docker', 'cdi, podman'].map(
        (way) => `--via ${way}: possible`,
      ),
    ]);
    const none = host({ kept, pfs: [pf([])] });
    expect(await run(none, 'check')).toMatchObject({
      code: 1,
      document: {
        lasting: [{ id: 'fw-eth7', problem: expect.stringContaining('does not exist') as string }],
        ways: [{ via: 'watcher', engine: 'docker', problem: null }, {}, {}, {}],
      },
    });
  });

  test('shows what to make a container with that gets it by CDI', async () => {
    const byCdi = { ...kept[0]!, intent: { ...intent, trigger: 'cdi' as const } };
    const { said } = await run(host({ kept: [byCdi] }), 'show', 'fw-eth7');
    expect(said).toContain('docker run: --device sriov-workbench.local/vf=fw-eth7');
    expect(said).toContain('compose: devices: ["sriov-workbench.local/vf=fw-eth7"]');
    const podmans = { ...byCdi, intent: { ...byCdi.intent, engine: 'podman' as const } };
    expect((await run(host({ kept: [podmans] }), 'show', 'fw-eth7')).said).toContain(
      'Quadlet: AddDevice=sriov-workbench.local/vf=fw-eth7',
    );
  });

  test.each([
    ['show'],
    ['remove'],
    ['remove', 'a', '--all'],
    ['check', 'a'],
    ['--all'],
    ['list', '--detach'],
  ])('does not take: %s %s %s', async (...args) => {
    await expect(run(attached, ...args.filter(Boolean))).rejects.toThrow(UsageError);
  });
});

describe('attach --lasting', () => {
  const request = (...args: string[]) => {
    const { positionals, values } = parse(['attach', 'enp1s0:0', 'fw', ...args]);
    return attachOrKeep(positionals, values);
  };
  test('is the same request, for whenever the container runs', () => {
    const given = ['--name', 'eth7', '--address', '192.0.2.9/24', '--vlan', '42'];
    expect(request(...given, '--lasting')).toEqual({ ...request(...given), kind: 'keep', via: undefined });
    expect(request('--lasting', '--via', 'watcher')).toMatchObject({ kind: 'keep', via: 'watcher' });
    expect(() => request('--via', 'watcher')).toThrow(UsageError);
    expect(() => request('--lasting', '--via', 'cron')).toThrow(UsageError);
  });
});
