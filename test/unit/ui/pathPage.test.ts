import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import type { PathResult } from '../../../src/model/wire/path';
import { refuse } from '../../../src/model/plan';
import { change } from '../../../src/ui/changes/change';
import { run } from '../../../src/ui/commands/run';
import { hostWithAttachment } from '../hosts/situations';
import { fakeWorkbench, markupOf, textOf } from './fakeWorkbench';

const finding = (id: string, severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  ...{
    id,
    cause: 'other',
    severity,
    subject: '0000:01:10.0',
    title: `title of ${id}`,
    explanation: 'because',
  },
  ...{ evidence: ['seen'], fixes: [] },
  ...more,
});
const result = (...findings: Finding[]): PathResult => ({
  ...{ label: 'fw:eth1', vf: '0000:01:10.0', findings },
  verdict: findings.find(({ severity }) => severity === 'error') ?? null,
});
const checked = async (path: PathResult) => {
  const bench = await fakeWorkbench(hostWithAttachment());
  bench.control.path = path;
  await run(bench, 'sriov.vf.checkPath', 'att=0000:01:10.0');
  return { bench, page: bench.pagesShown.at(-1)! };
};

describe('the page of a path', () => {
  test('says first what is wrong first, then all checks', async () => {
    const { bench, page } = await checked(
      result(finding('path.link', 'pass'), finding('path.vlan', 'error')),
    );
    expect(bench.control.paths).toEqual([{ on: '0000:01:10.0' }]);
    const text = textOf(page);
    for (const part of [
      'Path of fw:eth1',
      'The first thing that is wrong: title of path.vlan',
      'because',
      'All Checks',
    ])
      expect(text).toContain(part);
    expect(markupOf(page)).toContain('class="error"');
  });

  test('says that it works, or that some of it could not be checked', async () => {
    expect(textOf((await checked(result(finding('path.link', 'pass')))).page)).toContain('The path works.');
    const { page } = await checked(result(finding('path.mtu', 'unknown')));
    expect(textOf(page)).toContain('some of it could not be checked');
  });

  test('has a button for what can be mended here', async () => {
    const { bench, page } = await checked(result(finding('path.vlan', 'error')));
    await page.press('configure');
    expect(bench.calls).toEqual([['sriov.vf.configure', { host: 'lab', vf: '0000:01:10.0' }]]);
    const { page: other } = await checked(result(finding('path.neighbour', 'error')));
    expect(textOf(other)).not.toContain('Configure VF…');
  });

  test('brings up an adapter, and checks again', async () => {
    const fixes = [
      {
        ...{ kind: 'command' as const, summary: 'Bring it up', commands: ['ip link set dev enp1s0 up'] },
        ...{ risk: null, needsReboot: false, change: { kind: 'pf-up' as const, pf: '0000:01:00.0' } },
      },
    ];
    const { bench, page } = await checked(result(finding('path.link', 'error', { fixes })));
    bench.control.host.pfs[0]!.up = false;
    bench.control.path = result(finding('path.link', 'pass'));
    bench.dialogs.answers = [undefined];
    await page.press('commands', '0');
    expect(bench.copied).toEqual(['ip link set dev enp1s0 up\n']);
    await page.press('apply', '0');
    expect(bench.dialogs.warnings).toHaveLength(1);
    expect(bench.control.paths).toHaveLength(2);
    expect(textOf(page)).toContain('The path works.');
  });

  test('asks whom to reach instead', async () => {
    const { bench, page } = await checked(result(finding('path.neighbour', 'unknown')));
    bench.dialogs.answers = ['192.0.2.9'];
    await page.press('address');
    expect(bench.control.paths.at(-1)).toEqual({ on: '0000:01:10.0', gateway: '192.0.2.9' });
  });

  test('keeps what it shows when it can’t be checked again, and says why', async () => {
    const { bench, page } = await checked(result(finding('path.vlan', 'error')));
    bench.control.path = refuse('stale', 'Gone.');
    await page.press('again');
    expect(bench.dialogs.shown).toEqual(['Gone.']);
    expect(textOf(page)).toContain('title of path.vlan');
  });

  test('shows what a host says as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e';
    const { page } = await checked({
      ...result(finding('path.vlan', 'error', { title: hostile, evidence: [hostile] })),
      label: hostile,
    });
    expect(markupOf(page)).not.toMatch(/<img|\u202e/);
  });

  test('is offered after an attachment', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.presses = ['Check Path'];
    await change(bench, [{ kind: 'attach', vf: '0000:01:10.2', container: 'fw', name: 'eth2' }], {
      reviewed: true,
    });
    expect(bench.calls).toEqual([['sriov.vf.checkPath', { host: 'lab', on: '0000:01:10.2' }]]);
  });
});
