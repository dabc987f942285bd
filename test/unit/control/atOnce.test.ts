import { describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { HostControl } from '../../../src/control/hostControl';
import { PrivilegeError } from '../../../src/host/privilege';
import type { ChangeRequest } from '../../../src/model/request';
import { changing, heard, off, request } from './changing';

interface Changed {
  asked: ChangeRequest;
  after: typeof off;
  /** What is said of the host before it is asked for the change. */
  said: string;
  listened: boolean;
}

/** A host that was looked at and is listened to, is asked for a change, and executes it as `outcome` says. */
async function changed(
  outcome: string,
  { asked = request, after = off, said, listened = true }: Partial<Changed>,
  prepare: (control: HostControl) => unknown = () => {},
) {
  const { host, programs, say } = await changing(outcome, after);
  const control = createHostControl(host);
  await control.refresh();
  if (listened) await heard(control);
  if (said !== undefined) say(said);
  await prepare(control);
  const found = await control.change(asked);
  await control.dispose();
  return { ended: found.status === 'refused' ? found.refusal.code : found.status, programs };
}

test('a change of a host that is listened to is one round trip', async () => {
  expect(await changed('done', {})).toEqual({ ended: 'done', programs: ['look', 'change'] });
});

test('so is the next one', async () => {
  const first = (control: HostControl) => control.change(request);
  const { programs } = await changed('done', { asked: { ...request, on: true } }, first);
  expect(programs.slice(0, 3)).toEqual(['look', 'change', 'change']);
});

describe('the host is looked at first', () => {
  test.each<[string, Partial<Changed>]>([
    ['where nobody listens', { listened: false }],
    ['where something was heard that nobody has looked at', { said: 'network' }],
    ['where an engine is no longer heard', { said: 'deaf docker' }],
  ])('%s', async (_, how) => {
    const { programs } = await changed('done', how);
    expect(programs.slice(0, 3)).toEqual(['look', 'look', 'change']);
  });

  test('once nobody listens any more', async () => {
    const stop = async (control: HostControl) => (await heard(control))();
    expect((await changed('done', {}, stop)).programs).toEqual(['look', 'look', 'change']);
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
  await heard(control);
  expect((await control.change(request)).status).toBe('done');
  expect(programs).toEqual(['look', 'look', 'change']);
});
