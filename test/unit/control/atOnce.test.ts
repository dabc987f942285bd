import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { HostControl } from '../../../src/control/hostControl';
import type { Host } from '../../../src/host/host';
import { PrivilegeError } from '../../../src/host/privilege';
import type { ChangeRequest } from '../../../src/model/request';
import { changing, off, request } from './changing';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A host that was looked at `seconds` ago, is asked for a change, and executes it as `outcome` says. */
async function changed(
  outcome: string,
  {
    seconds = 0,
    asked = request,
    after = off,
  }: Partial<{ seconds: number; asked: ChangeRequest; after: typeof off }>,
  prepare: (control: HostControl) => unknown = () => {},
) {
  const { host, programs } = await changing(outcome, after);
  const control = createHostControl(host);
  await control.refresh();
  vi.setSystemTime(Date.now() + seconds * 1000);
  await prepare(control);
  const found = await control.change(asked);
  return { ended: found.status === 'refused' ? found.refusal.code : found.status, programs };
}

test('a change of a host that was read just now is one round trip', async () => {
  expect(await changed('done', { seconds: 14 })).toEqual({ ended: 'done', programs: ['look', 'change'] });
});

test('so is one of a host whose changes are heard, however long ago it was read', async () => {
  const { host, programs } = await changing('done', off);
  const followed: Host = {
    ...host,
    run(program, options) {
      if (options?.timeoutMs !== Infinity) return host.run(program);
      const nonce = /@@(\w+)@@ %s/.exec(program)?.[1] ?? '';
      for (const source of ['ip', 'udevadm', 'docker', 'podman'])
        options.onLine?.(`@@${nonce}@@ hears ${source}`);
      return new Promise(() => {});
    },
  };
  const control = createHostControl(followed);
  await control.refresh();
  const stop = await new Promise<() => void>((resolve) => {
    const end = control.follow(({ live }) => live && resolve(end));
  });
  vi.setSystemTime(Date.now() + 50_000);
  expect((await control.change(request)).status).toBe('done');
  expect(programs).toEqual(['look', 'change']);
  stop();
  vi.setSystemTime(Date.now() + 50_000);
  await control.change(request);
  expect(programs[2]).toBe('look');
});

test('so is the next one', async () => {
  const first = (control: HostControl) => control.change(request);
  const { programs } = await changed('done', { asked: { ...request, on: true } }, first);
  expect(programs.slice(0, 3)).toEqual(['look', 'change', 'change']);
});

describe('the host is looked at first', () => {
  test('where that was a while ago', async () => {
    const { programs } = await changed('done', { seconds: 16 });
    expect(programs).toEqual(['look', 'look', 'change']);
  });

  test.each([
    ['a refusal', { ...request, pf: 'none' }, 'unknown-function'],
    ['a question', { kind: 'detach', vf: '0000:70:11.2' }, 'not-confirmed'],
  ] as const)('before %s', async (_, asked, ended) => {
    expect(await changed('done', { asked })).toEqual({ ended, programs: ['look', 'look'] });
  });
});

describe('a change that did not begin', () => {
  test.each<[string, typeof off, string]>([
    ['is not made again where the host is as it was', (now) => now, 'stale'],
    ['is planned again from how the host is by then', off, 'nothing-to-do'],
  ])('%s', async (_, after, ended) => {
    expect(await changed('refused', { after })).toEqual({ ended, programs: ['look', 'change', 'look'] });
  });
});

test('where sudo has forgotten the password, the host is looked at and asked for it', async () => {
  const { host, programs } = await changing('done', off);
  let forgotten = true;
  const control = createHostControl({
    ...host,
    run(program, options) {
      if (!program.includes('plan.sh" apply') || !forgotten) return host.run(program, options);
      forgotten = false;
      return Promise.reject(new PrivilegeError('wrong-password', 'Sorry, try again.'));
    },
  });
  await control.refresh();
  expect((await control.change(request)).status).toBe('done');
  expect(programs).toEqual(['look', 'look', 'change']);
});
