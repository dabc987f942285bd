import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { logTransitions } from '../../../src/ui/hosts/logTransitions';
import { Watching } from '../../../src/ui/hosts/watching';
import { FakeControl } from './fakeControl';
import { bareHost } from '../hosts/host';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Seconds by the fake clock. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

async function connected(interval = { seconds: 10 }) {
  const controls: FakeControl[] = [];
  const host = new CurrentHost((id) => {
    const control = new FakeControl(id, bareHost({ takenAt: new Date().toISOString() }));
    controls.push(control);
    return control;
  });
  const watching = new Watching(host, () => interval.seconds);
  await host.connect('lab');
  const [control] = controls as [FakeControl];
  const hear = (live: boolean) =>
    control.followers.forEach((tell) => tell(live ? { live } : { live, why: 'no udevadm' }));
  return { host, watching, control, controls, hear, interval };
}

describe('a host whose changes are not heard', () => {
  test('is read by the clock while a view is visible, and says why', async () => {
    const { watching, control, hear } = await connected();
    await pass(60);
    expect(control.reads).toBe(1);
    watching.setWatched(true);
    hear(false);
    expect(watching.updates).toEqual({ by: 'reads', every: 10, why: 'no udevadm' });
    await pass(20);
    // Once at once, since the data was a minute old, and twice by the clock.
    expect(control.reads).toBe(4);
    watching.setWatched(false);
    expect(watching.updates).toEqual({ by: 'nothing' });
    await pass(60);
    expect(control.reads).toBe(4);
  });
});

describe('a host that is heard', () => {
  test('is read once a minute, for what nobody reports', async () => {
    const { watching, control, hear } = await connected();
    watching.setWatched(true);
    hear(true);
    expect(watching.updates).toEqual({ by: 'events' });
    await pass(59);
    expect(control.reads).toBe(1);
    await pass(121);
    expect(control.reads).toBe(4);
    hear(false);
    await pass(20);
    expect(control.reads).toBe(6);
  });

  test('is read as rarely as the user wants', async () => {
    const { watching, control, hear } = await connected({ seconds: 300 });
    watching.setWatched(true);
    hear(true);
    await pass(299);
    expect(control.reads).toBe(1);
  });

  test('is listened to for a minute after nobody watches, then nothing runs until somebody does', async () => {
    const { watching, control, hear } = await connected();
    watching.setWatched(true);
    hear(true);
    watching.setWatched(false);
    await pass(59);
    expect(control.followers).toHaveLength(1);
    watching.setWatched(true);
    await pass(30);
    watching.setWatched(false);
    await pass(59);
    expect(control.followers).toHaveLength(1);
    await pass(1);
    expect(control.followers).toEqual([]);
    expect(watching.updates).toEqual({ by: 'nothing' });
    const { reads } = control;
    await pass(600);
    expect(control.reads).toBe(reads);
    watching.setWatched(true);
    expect(control.reads).toBe(reads + 1);
    expect(control.followers).toHaveLength(1);
  });

  test('is let go for another one, which is listened to in its place', async () => {
    const { host, watching, controls, hear } = await connected();
    watching.setWatched(true);
    hear(true);
    await host.connect('other');
    expect(controls.map(({ followers }) => followers.length)).toEqual([0, 1]);
    expect(watching.updates).toMatchObject({ by: 'reads' });
    await host.disconnect();
    expect(controls[1]?.followers).toEqual([]);
    watching.dispose();
  });
});

test('where the interval is 0 the host is neither read nor listened to, until it isn’t', async () => {
  const { watching, control, interval } = await connected({ seconds: 0 });
  watching.setWatched(true);
  await pass(60);
  expect([control.reads, control.followers.length]).toEqual([1, 0]);
  expect(watching.updates).toEqual({ by: 'hand' });
  interval.seconds = 10;
  watching.restart();
  expect(control.followers).toHaveLength(1);
  interval.seconds = 0;
  watching.restart();
  expect(control.followers).toEqual([]);
});

test('a lost host is not read by the clock', async () => {
  const { host, watching, control } = await connected();
  watching.setWatched(true);
  control.failure = new Error('no route');
  await host.refresh().catch(() => {});
  expect(watching.updates).toEqual({ by: 'nothing' });
  const { reads } = control;
  await pass(60);
  expect(control.reads).toBe(reads);
});

test('the log has one line for each transition', async () => {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const { host, watching, hear } = await connected();
  logTransitions(host, watching, { info: add, warn: add, error: add, show: () => {}, lines: () => lines });
  watching.setWatched(true);
  for (const live of [true, true, false, false, true]) {
    hear(live);
    await host.refresh();
  }
  watching.setWatched(false);
  await pass(61);
  expect(lines.filter((line) => / heard|read /.test(line))).toEqual([
    'lab: read every 10 s, since not yet',
    'lab: changes are heard',
    'lab: read every 10 s, since no udevadm',
    'lab: changes are heard',
    'lab: neither read nor listened to; nobody is watching',
  ]);
});
