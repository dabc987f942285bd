import { expect, test } from 'vitest';
import type { Finding, Fix } from '../../../src/model/finding';
import { run } from '../../../src/ui/commands/run';
import { commands } from '../../../src/ui/commands/table';
import { bareHost } from '../hosts/host';
import { fakeWorkbench, markupOf, textOf } from './fakeWorkbench';

const byHand: Fix = {
  ...{ kind: 'bios', summary: 'Turn VT-d on', commands: [], risk: null, needsReboot: true },
};
const planned: Fix = {
  ...{ kind: 'kernel-args', summary: 'Add intel_iommu=on', risk: 'It may not boot.', needsReboot: true },
  commands: ['update-grub', 'reboot'],
  change: { kind: 'kernel-args', add: ['intel_iommu=on'], remove: [] },
};
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'iommu.flag', cause: 'iommu-flag-missing', severity: 'error', subject: 'host' },
  ...{ title: 'The IOMMU is off', explanation: 'VFIO needs it.', evidence: ['quiet <splash>'] },
  fixes: [byHand, planned],
  ...more,
});

/** A workbench with the page of a check on it. */
async function shown(findings = [finding()]) {
  const bench = await fakeWorkbench(bareHost());
  bench.control.findings = findings;
  await run(bench, 'sriov.readiness.run');
  bench.executed.length = 0;
  await run(bench, 'sriov.readiness.showFix', { check: findings[0]?.id, about: findings[0]?.subject });
  const page = bench.pagesShown[0]!;
  const buttons = () =>
    [...markupOf(page).matchAll(/<button[^>]*data-press="(\w+)"/g)].map(([, press]) => press);
  return { bench, page, buttons };
}

test('it says how the check went, what that means, what it rests on, and what to do', async () => {
  const { page, buttons } = await shown();
  const text = textOf(page);
  for (const said of [
    ...['The IOMMU is off', 'Result: failed', 'VFIO needs it.', 'quiet <splash>', 'Turn VT-d on'],
    ...['Add intel_iommu=on', 'kernel arguments · needs a reboot', 'Risk: It may not boot.', 'update-grub'],
  ])
    expect(text).toContain(said);
  expect(page.title).toBe('The IOMMU is off');
  expect(buttons()).toEqual(['again', 'copy', 'apply', 'commands']);
});

test('what there is nothing of has no heading', async () => {
  const { page, buttons } = await shown([
    finding({ severity: 'pass', evidence: [], fixes: [], explanation: '' }),
  ]);
  expect(textOf(page)).toContain('Result: passed');
  for (const heading of ['What It Means', 'What Was Seen', 'What to Do'])
    expect(textOf(page)).not.toContain(heading);
  expect(buttons()).toEqual(['again', 'copy']);
});

test('its buttons do what they say', async () => {
  const { bench, page } = await shown();
  const calls: unknown[] = [];
  bench.execute = (command, ...words) => {
    calls.push([command, ...words]);
    return Promise.resolve();
  };
  for (const press of ['again', 'cancel']) await page.press(press);
  await page.press('apply', '1');
  const host = 'lab';
  const check = { host, check: 'iommu.flag', about: 'host' };
  expect(calls).toEqual([
    ['sriov.readiness.runAgain', check],
    ['sriov.readiness.cancel', { host }],
    ['sriov.readiness.applyFix', { ...check, fix: '1' }],
  ]);
  for (const [command] of calls as [string][]) expect(Object.keys(commands)).toContain(command);
  await page.press('copy');
  await page.press('commands', '1');
  expect(bench.copied[0]).toContain('The IOMMU is off');
  expect(bench.copied[1]).toBe('update-grub\nreboot\n');
});

test('the fix of its button is planned, of several', async () => {
  const other = {
    ...planned,
    change: { kind: 'load-module', module: 'vfio-pci' } as const,
    summary: 'Load it',
  };
  const { bench } = await shown([finding({ fixes: [planned, byHand, other] })]);
  const asked: unknown[] = [];
  bench.control.plan = (request) => {
    asked.push('change' in request ? request.change : request);
    return { refused: true, code: 'unknown-state', reason: 'not now' };
  };
  await run(bench, 'sriov.readiness.applyFix', { check: 'iommu.flag', fix: '2' });
  expect(asked).toEqual([other.change]);
});

test('Run Again checks the host, and the page follows', async () => {
  const { bench, page, buttons } = await shown();
  const drawn: string[] = [];
  page.changed.on(() => drawn.push(textOf(page)));
  bench.control.findings = [finding({ severity: 'pass', title: 'The IOMMU is on', fixes: [] })];
  await run(bench, 'sriov.readiness.runAgain', { check: 'iommu.flag' });
  expect(bench.dialogs.said.at(-1)).toBe('The IOMMU is on: passed');
  expect(drawn[0]).toContain('Checking lab…');
  expect(textOf(page)).toContain('Result: passed');
  expect(textOf(page)).not.toContain('The IOMMU is off');

  bench.control.findings = [];
  await run(bench, 'sriov.readiness.runAgain', { check: 'iommu.flag' });
  expect(bench.dialogs.said.at(-1)).toBe('The IOMMU is on: no longer found');
  expect(textOf(page)).toContain('The last run no longer found this.');
  expect(buttons()).toEqual(['again', 'copy']);
  await page.press('again');
  expect(bench.executed.at(-1)).toBe('sriov.readiness.run');
});

test('of a host that isn’t connected any more it stays, without what needs the host', async () => {
  const { bench, page, buttons } = await shown();
  await bench.host.disconnect();
  expect(textOf(page)).toContain('lab is not the connected host.');
  expect(textOf(page)).toContain('The IOMMU is off');
  expect(buttons()).toEqual(['copy', 'commands']);
});
