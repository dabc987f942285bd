import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/model/plan';
import { requestFrom } from '../../../src/ui/agents/requestFrom';
import { tools } from '../../../src/ui/agents/tools';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { fakeWorkbench } from './fakeWorkbench';

const free = () => bareHost({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });
const attach = { change: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' };
const detach = { change: 'detach', vf: 'enp1s0:0' };
const never = new AbortController().signal;
type Bench = Awaited<ReturnType<typeof fakeWorkbench>>;
const apply = (bench: Bench, input: object) => tools.sriov_apply_change.run(bench, input, never);
/** What VS Code does: it shows the question, and calls the tool when the person agreed. */
const agreed = (bench: Bench, input: object) => {
  const question = tools.sriov_apply_change.confirm?.(bench, input);
  expect(question).toBeDefined();
  return apply(bench, input);
};

describe('what an agent asks for', () => {
  test.each([
    [
      { change: 'set-vfs', pf: 'enp1s0', count: 4 },
      { kind: 'set-vfs', pf: 'enp1s0', count: 4 },
    ],
    [
      { ...attach, mac: '0200.0012.3456', vlan: '42', mtu: '9000', routes: ['198.51.100.0/24,192.0.2.1'] },
      {
        ...{ kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1', mac: '02:00:00:12:34:56' },
        ...{ vlan: 42, mtu: 9000, routes: [{ destination: '198.51.100.0/24', gateway: '192.0.2.1' }] },
      },
    ],
    [detach, { kind: 'detach', vf: 'enp1s0:0' }],
    [
      { change: 'configure', vf: 'enp1s0:0', settings: { vlan: '42:3', trust: 'on', 'max-rate': '100' } },
      {
        ...{ kind: 'configure', vf: 'enp1s0:0', trust: true, maxTxRate: 100 },
        vlan: { id: 42, qos: 3, proto: '802.1Q' },
      },
    ],
    [
      { change: 'set-autoprobe', pf: 'enp1s0', on: false },
      { kind: 'set-autoprobe', pf: 'enp1s0', on: false },
    ],
    [{ change: 'undo' }, { kind: 'undo' }],
    [
      { ...detach, container: null },
      { kind: 'detach', vf: 'enp1s0:0' },
    ],
  ])('%j', (input, request) => {
    expect(requestFrom(input)).toEqual(request);
  });

  test.each([
    [{ ...attach, forceInterface: 'enp1s0' }, 'forceInterface'],
    [{ change: 'fix', finding: 'iommu.disabled-by-flag' }, 'change'],
    [{ change: 'set-vfs', pf: 'enp1s0', count: -1 }, 'count'],
    [{ ...attach, addresses: ['192.0.2.10'] }, 'lacks a prefix length'],
    [{ ...attach, name: 'a name that is too long' }, 'the kernel takes 15 at most'],
    [{ ...attach, gateway: 'gw' }, 'is not an IP address'],
    [{ ...attach, vlan: '4095' }, '4094'],
    [{ change: 'attach', vf: 'enp1s0:0' }, '“attach” requires “container”'],
    [{ ...detach, count: 1 }, 'count: this change has no such property'],
    [{ change: 'constructor' }, '“change” must be one of'],
    [{ change: 'configure', vf: 'x', settings: { speed: '1' } }, 'settings: speed: there is no such setting'],
    [{ change: 'configure', vf: 'enp1s0:0', settings: {} }, 'name what to configure'],
    [{ change: 'configure', vf: 'enp1s0:0', settings: { trust: 'maybe' } }, 'settings: trust: '],
    ['attach', 'must be an object'],
    [undefined, 'must be an object'],
  ])('not %j', (input, why) => {
    expect(requestFrom(input)).toContain(why);
  });
});

describe('what is free', () => {
  test('the functions of the host, read now, by the names that a change takes', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    const reads = bench.control.reads;
    expect(await tools.sriov_list_functions.run(bench, {}, never)).toMatchObject({
      access: 'admin',
      adapters: [
        {
          name: 'enp1s0',
          functions: [
            { vf: 'enp1s0:0', state: 'attached', heldBy: 'fw', addresses: ['192.0.2.10/24'] },
            { vf: 'enp1s0:1', state: 'free' },
          ],
        },
      ],
      containers: [{ name: 'fw', interfaces: [{ name: 'eth1', pci: '0000:01:10.0' }] }, { name: 'router' }],
    });
    expect(bench.control.reads).toBe(reads + 1);
    expect(await tools.sriov_list_functions.run(bench, { freeOnly: true }, never)).toMatchObject({
      adapters: [{ functions: [{ vf: 'enp1s0:1' }] }],
    });
    expect(await tools.sriov_list_functions.run(bench, { adapter: 'enp9s0' }, never)).toMatchObject({
      refused: expect.stringContaining('There is no adapter "enp9s0"') as string,
    });
  });

  test('many functions are not all told, and it says how many are left', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf(Array.from({ length: 130 }, (_, i) => vf(i)))] }));
    const said = await tools.sriov_list_functions.run(bench, {}, never);
    expect(said).toMatchObject({ leftOut: { vfs: 30 } });
  });

  test('the checks, worst first, without what is fine', async () => {
    const bench = await fakeWorkbench(free());
    const finding = { cause: 'other' as const, subject: 'host', explanation: '', evidence: [], fixes: [] };
    bench.control.findings = [
      { ...finding, id: 'a', severity: 'pass', title: 'fine' },
      { ...finding, id: 'b', severity: 'warning', title: 'odd' },
      { ...finding, id: 'c', severity: 'error', title: 'wrong' },
    ];
    const said = await tools.sriov_run_readiness.run(bench, { purpose: 'vfio' }, never);
    expect(said).toMatchObject({ purpose: 'vfio', findings: [{ id: 'c' }, { id: 'b' }] });
  });

  test('a log from anywhere, without a host', async () => {
    const bench = await fakeWorkbench(free());
    await bench.host.disconnect();
    const text = 'igb 0000:01:00.0: not enough MMIO resources for SR-IOV';
    expect(await tools.sriov_explain_log.run(bench, { text }, never)).toMatchObject({
      findings: [{ id: 'resources.mmio', severity: 'error' }, { severity: 'warning' }],
    });
    expect(await tools.sriov_explain_log.run(bench, { text: 'hello' }, never)).toMatchObject({
      findings: [],
    });
  });

  test('a plan, or why there is none; nothing is changed and nobody is asked', async () => {
    const bench = await fakeWorkbench(free());
    const said = await tools.sriov_plan_change.run(bench, attach, never);
    expect(said).toMatchObject({ plans: [{ title: 'Attach VF 0 of enp1s0 to fw as eth1', losses: [] }] });
    const [plan] = (said as { plans: { steps: { command: string; undo: string }[] }[] }).plans;
    expect(plan!.steps.some(({ command, undo }) => command !== '' && undo !== '')).toBe(true);
    const busy = await fakeWorkbench(hostWithAttachment());
    expect(await tools.sriov_plan_change.run(busy, attach, never)).toMatchObject({
      code: 'in-use',
      refused: expect.stringContaining('fw') as string,
    });
    expect([...bench.control.changes, ...bench.dialogs.asked]).toEqual([]);
  });

  test.each(Object.entries(tools).filter(([name]) => name !== 'sriov_explain_log'))(
    '%s connects to nothing by itself, and says what the person can do',
    async (_, tool) => {
      const bench = await fakeWorkbench(free());
      await bench.host.disconnect();
      expect(await tool.run(bench, attach, never)).toEqual({
        refused: 'No host is connected yet. The person can choose “Connect to Host…” in the workbench.',
      });
      expect(bench.host.id).toBeUndefined();
    },
  );
});

describe('a change', () => {
  test('is made when the person agreed to its plan, which is shown with what is lost', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    const question = tools.sriov_apply_change.confirm?.(bench, detach);
    expect(question?.title).toBe('Detach VF 0 of enp1s0 from fw on lab?');
    expect(question?.groups.map(({ heading }) => heading)).toContain('This will be done:');
    expect(await apply(bench, detach)).toMatchObject({ done: true });
    expect(bench.control.changes).toEqual([{ kind: 'detach', vf: 'enp1s0:0' }]);
    expect(bench.dialogs.warnings).toEqual([]);
    expect(bench.logged).toContain('an agent, agreed to: Detach VF 0 of enp1s0 from fw on lab');
  });

  test('that nobody was asked about is asked about here', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [undefined, 'Attach'];
    expect(await apply(bench, attach)).toEqual({ refused: 'The person did not agree; nothing was changed.' });
    expect(bench.control.changes).toEqual([]);
    expect(bench.dialogs.warnings[0]).toMatchObject({
      message: 'Attach VF 0 of enp1s0 to fw as eth1 on lab?',
      buttons: ['Attach'],
    });
    expect(bench.dialogs.warnings[0]?.detail).toContain('An agent asks for this.');
    expect(await apply(bench, attach)).toMatchObject({ done: true });
  });

  test('is agreed to once: the same again is asked about again', async () => {
    const bench = await fakeWorkbench(free());
    await agreed(bench, attach);
    bench.dialogs.answers = [undefined];
    await apply(bench, attach);
    expect(bench.control.changes).toHaveLength(1);
    expect(bench.dialogs.warnings).toHaveLength(1);
  });

  test('whose plan is another one by now is asked about again', async () => {
    const bench = await fakeWorkbench(free());
    tools.sriov_apply_change.confirm?.(bench, attach);
    const used = vf(0, { addresses: ['192.0.2.99/24'], up: true });
    bench.control.host = bareHost({ pfs: [pf([used, vf(1)])], containers: [container('fw')] });
    bench.dialogs.answers = [undefined];
    await apply(bench, attach);
    expect(bench.dialogs.warnings).toHaveLength(1);
    expect(bench.control.changes).toEqual([]);
  });

  test('of what is protected is refused, with who can make it', async () => {
    const guarded = pf([vf(0)], { protectedBecause: ['it carries your ssh connection'] });
    const bench = await fakeWorkbench(bareHost({ pfs: [guarded], containers: [container('fw')] }));
    const input = { change: 'set-vfs', pf: 'enp1s0', count: 0 };
    expect(tools.sriov_apply_change.confirm?.(bench, input)).toBeUndefined();
    for (const tool of [tools.sriov_plan_change, tools.sriov_apply_change])
      expect(await tool.run(bench, input, never)).toMatchObject({
        code: 'protected',
        refused: expect.stringMatching(
          /it carries your ssh connection.*Only a person can do that, in the workbench/,
        ) as string,
      });
    expect(await apply(bench, { ...input, forceInterface: 'enp1s0' })).toMatchObject({
      refused: expect.stringContaining('forceInterface') as string,
    });
    expect([...bench.control.changes, ...bench.dialogs.warnings]).toEqual([]);
  });

  test('is refused in a folder that isn’t trusted', async () => {
    const bench = await fakeWorkbench(free());
    bench.trusted = false;
    expect(tools.sriov_apply_change.confirm?.(bench, attach)).toBeUndefined();
    expect(await apply(bench, attach)).toMatchObject({
      refused: expect.stringContaining('untrusted') as string,
    });
  });

  test('says before it that a password may be asked for, and gives it back after', async () => {
    const limited = free();
    limited.host = { ...limited.host, user: { name: 'me', uid: 1000, isRoot: false } };
    const bench = await fakeWorkbench(limited);
    let done = 0;
    bench.access.done = () => void (done += 1);
    const question = tools.sriov_apply_change.confirm?.(bench, attach);
    expect(question?.groups.at(-1)?.heading).toBe('lab may ask you for sudo’s password.');
    await apply(bench, attach);
    expect(done).toBe(1);
  });

  test('that fails is told as it ended', async () => {
    const bench = await fakeWorkbench(free());
    bench.control.outcome = (plan: Plan) => ({
      ...{ status: 'undone', plan, snapshot: bench.control.host },
      failure: { step: 'Move it', exitCode: 2, message: 'busy' },
    });
    expect(await agreed(bench, attach)).toMatchObject({
      done: false,
      result: expect.stringContaining('failed at “Move it”: busy') as string,
    });
  });
});
