import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { printer, type Stream } from '../../../src/cli/printer';
import type { Context } from '../../../src/cli/context';
import { watch } from '../../../src/cli/watch/watch';
import { HostError } from '../../../src/host/host';
import { bareHost, host } from '../hosts/host';
import { FakeControl } from '../ui/fakeControl';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Seconds by the fake clock. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

/** `sriov inventory --watch`, begun; what it wrote since it was last asked. */
async function watching({ json = false, isTTY = false, rows = 40, env = { TERM: 'xterm' } } = {}) {
  const control = new FakeControl('lab', host());
  const written = { out: '', err: '' };
  const closed: (() => void)[] = [];
  const stream = (to: keyof typeof written): Stream => ({
    ...{ isTTY, rows, columns: 80, write: (text) => (written[to] += text) },
    on: (_, then) => closed.push(then),
  });
  const stop = new AbortController();
  const context: Context = {
    ...{ control, positionals: [], values: { watch: true }, signal: stop.signal },
    print: printer({ json, color: 'never', env }, stream('out'), stream('err')),
  };
  const ended = watch(context).catch((error: unknown) => error);
  await pass(0);
  return {
    ...{ control, stop, ended, closed },
    said(to: keyof typeof written) {
      const text = written[to];
      written[to] = '';
      return text;
    },
    hear: (live: boolean) =>
      control.followers.forEach((tell) => tell(live ? { live } : { live, why: 'no udevadm' })),
    async changes(name: string) {
      control.host = bareHost({ host: { ...control.host.host, hostname: name } });
      await control.refresh();
    },
  };
}

describe('in a pipe', () => {
  test('each change is one more table, and what is the same is none', async () => {
    const { said, changes, control } = await watching();
    expect(said('out').match(/^lab /gm)).toHaveLength(1);
    control.host = host({ takenAt: '2026-01-02T03:04:06.000Z' });
    await control.refresh();
    expect(said('out')).toBe('');
    await changes('other');
    expect(said('out')).toMatch(/^\n2026\S+Z\nother \(/);
  });

  test('with --json it is one document a line, and nothing else', async () => {
    const { said, changes, hear } = await watching({ json: true });
    hear(true);
    await changes('other');
    const lines = said('out').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as ReturnType<typeof host>).host.hostname)).toEqual([
      'lab',
      'other',
    ]);
    expect(lines.join()).not.toContain('lastChange');
  });

  test('how it keeps up goes to stderr, once', async () => {
    const { said, hear } = await watching();
    hear(true);
    hear(true);
    expect(said('err')).toBe('Live: every change is shown as it happens. Ctrl-C ends it.\n');
    hear(false);
    expect(said('err')).toBe('Read every 10 s, since not every change can be heard: no udevadm.\n');
  });
});

test('what is not heard is read by the clock; what is heard, once a minute', async () => {
  const { control, hear } = await watching();
  hear(false);
  await pass(20);
  expect(control.reads).toBe(3);
  hear(true);
  await pass(59);
  expect(control.reads).toBe(3);
  await pass(1);
  expect(control.reads).toBe(4);
});

describe('a host that is lost', () => {
  test('is said, and tried ever more slowly until it is back', async () => {
    const { control, said, hear } = await watching();
    hear(true);
    said('err');
    control.failure = new HostError('lost', 'The connection was lost.', '');
    await control.refresh().catch(() => {});
    expect(said('err')).toBe('Trying again in 1 s: The connection was lost.\n');
    await pass(1);
    expect(said('err')).toContain('again in 2 s');
    await pass(2);
    expect(said('err')).toContain('again in 5 s');
    control.failure = undefined;
    await pass(5);
    expect(control.connection.state).toBe('admin');
    expect(said('err')).toContain('Live');
    const { reads } = control;
    await pass(59);
    expect(control.reads).toBe(reads);
  });

  test('ends it where no other try helps', async () => {
    const { control, ended } = await watching();
    const refused = new HostError('login', 'It refused the login.', '');
    control.failure = new HostError('lost', 'The connection was lost.', '');
    await control.refresh().catch(() => {});
    control.failure = refused;
    await pass(1);
    expect(await ended).toBe(refused);
    expect(control.followers).toEqual([]);
  });
});

describe('it ends', () => {
  test.each(['Ctrl-C', 'when nobody reads it any more'])('by %s: done, and nothing goes on', async (how) => {
    const before = process.listenerCount('SIGTERM');
    const { control, stop, ended, closed } = await watching();
    if (how === 'Ctrl-C') stop.abort();
    else closed.forEach((then) => then());
    expect(await ended).toBe(0);
    expect(control.followers).toEqual([]);
    const { reads } = control;
    await pass(120);
    expect(control.reads).toBe(reads);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
  test('by a signal: with its number', async () => {
    const { ended } = await watching();
    process.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toBe(143);
  });
});

describe('on a terminal', () => {
  test('it is drawn again in its place, with how it keeps up, and the screen is given back', async () => {
    const { said, changes, hear, stop, ended } = await watching({ isTTY: true });
    expect(said('out')).toMatch(/^\u001b\[\?1049h/);
    hear(true);
    await changes('other');
    const drawn = said('out').split('\u001b[H').at(-1);
    expect(drawn).toMatch(/^Live: [^]*\nother \(/);
    stop.abort();
    await ended;
    expect(said('out')).toMatch(/\u001b\[\?1049l$/);
    expect(said('err')).toBe('');
  });
  test('what does not fit is counted', async () => {
    const { said } = await watching({ isTTY: true, rows: 6 });
    const drawn = said('out').split('\u001b[H').at(-1)!.split('\n');
    expect(drawn).toHaveLength(6);
    expect(drawn.at(-1)).toMatch(/^… and \d+ more lines/);
  });
  test('a dumb one, or --json, is written to as a pipe is', async () => {
    for (const how of [{ env: { TERM: 'dumb' } }, { json: true }])
      expect((await watching({ isTTY: true, ...how })).said('out')).not.toContain('\u001b');
  });
});
