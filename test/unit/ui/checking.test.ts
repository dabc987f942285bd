import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import type { Finding } from '../../../src/model/finding';
import { families } from '../../../src/diagnostics/rules/families';
import { run } from '../../../src/ui/commands/run';
import { viewTokens } from '../../../src/ui/hosts/viewState';
import { categories, categoryOf } from '../../../src/ui/readiness/categories';
import { fakeWorkbench } from './fakeWorkbench';
import { isShown } from './menuConditions';
import { bareHost } from '../hosts/host';

/** A workbench whose checks end when the test says so. */
async function checking() {
  const bench = await fakeWorkbench(bareHost());
  const ends: ((findings: Finding[]) => void)[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  Object.assign(bench.control, {
    diagnose: (_purpose: string, signal?: AbortSignal) => {
      signals.push(signal);
      return new Promise((resolve) => ends.push(resolve));
    },
  });
  return { bench, ends, signals };
}

/** The buttons of the view's title and the welcome text, by the context key. */
function offered(tokens: string): string[] {
  const { menus, viewsWelcome } = manifest.contributes;
  const title = menus['view/title'].filter(({ when, command }) => /readiness\.(run|cancel)$/.test(command) && isShown(when, tokens)); // prettier-ignore
  const welcome = viewsWelcome.filter(
    ({ view, when }) => view === 'sriov.readiness' && isShown(when, tokens),
  );
  return [...title.map(({ command }) => command), ...welcome.map(({ contents }) => contents)];
}

test('while the checks run, Cancel stands where Run stood', async () => {
  const { bench, ends } = await checking();
  expect(offered(viewTokens(bench.host))).toEqual(['sriov.readiness.run', '%welcome.readiness.notChecked%']);
  const running = run(bench, 'sriov.readiness.run');
  await expect.poll(() => ends.length).toBe(1);
  expect(offered(viewTokens(bench.host))).toEqual(['sriov.readiness.cancel', '%welcome.readiness.checking%']);
  ends[0]!([]);
  await running;
  expect(offered(viewTokens(bench.host))).toEqual(['sriov.readiness.run']);
});

test('cancelling ends them at once, and is no failure', async () => {
  const { bench, ends, signals } = await checking();
  const running = run(bench, 'sriov.readiness.run');
  await expect.poll(() => ends.length).toBe(1);
  await run(bench, 'sriov.readiness.cancel');
  await running;
  expect(signals[0]?.aborted).toBe(true);
  expect(bench.host).toMatchObject({ isChecking: false, readiness: undefined });
  expect(bench.dialogs.shown).toEqual([]);
  expect(bench.dialogs.said).toEqual(['Readiness checks cancelled']);
  ends[0]!([]);
  await run(bench, 'sriov.readiness.cancel');
  expect(bench.host.readiness).toBeUndefined();
});

test('asked twice they run once; for another purpose they begin again', async () => {
  const { bench, ends, signals } = await checking();
  const both = [bench.host.diagnose('netdev'), bench.host.diagnose('netdev')];
  expect(ends.length).toBe(1);
  const stopped = expect(Promise.all(both)).rejects.toThrow();
  const last = bench.host.diagnose('vm');
  await stopped;
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
  expect(bench.host.isChecking).toBe(true);
  ends[1]!([]);
  await last;
  expect(bench.host.readiness).toMatchObject({ purpose: 'vm' });
});

test('disconnecting ends them', async () => {
  const { bench, signals } = await checking();
  const stopped = expect(bench.host.diagnose('netdev')).rejects.toThrow();
  await bench.host.disconnect();
  await stopped;
  expect(signals[0]?.aborted).toBe(true);
});

test('a check without a known cause stands with those of its family', () => {
  const others = families.flatMap(({ id, cause, rules }) =>
    [{ id, cause }, ...rules].filter((one) => one.cause === 'other').map(({ id: of }) => of),
  );
  const placed = others.map((id) => `${id}: ${categories[categoryOf({ id, cause: 'other' })]}`);
  expect(placed.sort()).toEqual([
    'adapter.not-network: Adapters and Their Drivers',
    'adapter.numa: Adapters and Their Drivers',
    'adapter.other-functions: Adapters and Their Drivers',
    'capability.none: Adapters and Their Drivers',
    'engine.host-network: Kernel and Access',
    'engine.only-seen: Kernel and Access',
    'evidence.language: Kernel and Access',
    'host.software: Kernel and Access',
    'host.userspace: Kernel and Access',
    'kernel-args.no-extended-config-space: Kernel and Access',
    'language.not-english: Kernel and Access',
    'language.picture: Kernel and Access',
    'numa.remote: Adapters and Their Drivers',
    'numa.unknown: Adapters and Their Drivers',
    'numvfs.refused: Virtual Functions',
    'numvfs.unreadable-error: Virtual Functions',
    'software.hugepages: Kernel and Access',
    'software.iproute2: Kernel and Access',
    'software.kernel: Kernel and Access',
    'userspace.governor: Kernel and Access',
    'userspace.memlock: Kernel and Access',
    'userspace.no-groups: Kernel and Access',
    'userspace.no-isolation: Kernel and Access',
    'vf.brings-along: Virtual Functions',
    'vf.free: Virtual Functions',
    'vf.setting-refused: Virtual Functions',
  ]);
});
