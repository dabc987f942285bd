import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { HostError } from '../../../src/host/host';
import { listening } from '../../../src/inventory/events/listen';
import { live, ListenedHost, pass, quiet, type Stream } from './listened';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is heard is looked at', () => {
  test.each([
    ['network', 'narrow'],
    ['device', 'narrow'],
    ['journal', 'narrow'],
    ['namespaces', 'narrow all'],
    ['engine docker', 'narrow all'],
  ])('%s: %s, after 150 ms at most', async (words, look) => {
    const { host } = await live();
    host.last.say(words);
    await pass(0.15);
    expect(host.looks).toEqual([look]);
  });

  test('an engine is asked for its containers, and no other one', async () => {
    const { host } = await live();
    const run = vi.spyOn(host, 'run');
    host.last.say('engine docker');
    await pass(1);
    const [program] = run.mock.calls[0]!;
    expect(program).toMatch(/^narrow -- all \| beside ask_socket docker /m);
    expect(program).not.toMatch(/beside ask_\w+ podman|^whole "/m);
  });

  test('500 events at once are two looks, one after the other', async () => {
    const host = new ListenedHost();
    host.takes = 300;
    await live(host);
    for (let at = 0; at < 500; at += 1) {
      host.last.say(at % 3 ? 'network' : 'device');
      await pass(0.0005);
    }
    await pass(5);
    expect(host.looks).toEqual(['narrow', 'narrow']);
    expect(host.most).toBe(1);
  });

  test('a host that never rests is looked at for a third of the time', async () => {
    const host = new ListenedHost();
    host.takes = 300;
    await live(host);
    for (let at = 0; at < 600; at += 1) {
      host.last.say('network');
      await pass(0.1);
    }
    expect(host.looks.length).toBeGreaterThan(50);
    expect(host.looks.length * 0.3).toBeLessThanOrEqual(60 / 3);
  });

  test('what happens during a change is looked at once after it', async () => {
    const { host, control } = await live();
    host.takes = 2000;
    const change = control.recover('undo');
    for (let at = 0; at < 10; at += 1) {
      host.last.say('network');
      await pass(0.15);
    }
    expect(host.most).toBe(1);
    await pass(10);
    await change;
    await pass(10);
    expect(host.looks).toEqual(['whole', 'narrow']);
  });

  test('lines that are not its own say nothing', async () => {
    const { host, heard } = await live();
    const before = heard.length;
    const nonce = /@@(\w+)@@/.exec(listening(0).program)![1];
    for (const line of ['@@x@@ network', `@@${nonce}@@ network`, ' network', 'engine docker'])
      host.last.print(line);
    for (const words of ['engine sh', 'engine docker x', 'network x', 'constructor', 'engine', 'hears', ''])
      host.last.say(words);
    await pass(1);
    expect(host.looks).toEqual([]);
    expect(heard).toHaveLength(before);
  });

  test('another user’s look is not put into the one before', async () => {
    const { host, control } = await live();
    host.sections = { ...quiet, login: '1000\nnfv', asker: '1000' };
    host.last.say('network');
    await pass(1);
    expect(host.looks).toEqual(['narrow', 'whole']);
    expect(control.connection.state).toBe('limited');
  });
});

describe('a function that went out of sight', () => {
  const sysfs = (driver: string) => ({
    sysfs: '/sys/bus/pci/devices/0000:01:00.0/sriov_totalvfs:7\n',
    links: `/sys/bus/pci/devices/0000:01:00.0/virtfn0 -> ../0000:01:10.0
/sys/bus/pci/devices/0000:01:00.0/virtfn0/driver -> ../../../../bus/pci/drivers/${driver}\n`,
  });

  test('is looked for in every namespace, once for each event', async () => {
    const { host, control } = await live();
    host.sections = { ...quiet, ...sysfs('igbvf') };
    host.last.say('network');
    await pass(1);
    expect(control.snapshot?.pfs[0]?.vfs[0]).toMatchObject({ driver: 'igbvf', name: null });
    expect(host.looks).toEqual(['narrow', 'namespaces all']);
    host.last.say('network');
    await pass(1);
    expect(host.looks).toEqual(['narrow', 'namespaces all', 'narrow all']);
  });

  test('is not when it is for a virtual machine, or when nobody could look', async () => {
    const { host } = await live();
    host.sections = { ...quiet, ...sysfs('vfio-pci') };
    host.last.say('network');
    await pass(1);
    const user = { login: '1000\nnfv', asker: '1000' };
    const other = new ListenedHost();
    other.sections = { ...quiet, ...user, ...sysfs('igbvf') };
    await live(other);
    other.last.say('network');
    await pass(1);
    expect([host.looks, other.looks]).toEqual([['narrow'], ['narrow']]);
  });
});

test('what somebody else changed is looked for in every namespace, once', async () => {
  const { host } = await live();
  host.sections = { ...quiet, 'finished 1-ab': '{"title":"Attach a macvlan"}' };
  for (let times = 0; times < 2; times += 1) {
    host.last.say('journal');
    await pass(1);
  }
  expect(host.looks).toEqual(['narrow', 'namespaces all', 'narrow']);
});

describe('listening', () => {
  test('is live when all that is there is heard', async () => {
    const { heard } = await live();
    expect(heard.map((one) => one.live)).toEqual([false, true]);
  });

  test('names what is not heard, until it is, and looks at what it missed', async () => {
    const { host, heard } = await live();
    host.last.say('beat');
    host.last.say('deaf docker');
    expect(heard.at(-1)).toEqual({ live: false, why: '"docker events" does not run there' });
    host.last.say('hears docker');
    expect(heard.at(-1)).toEqual({ live: true });
    await pass(1);
    expect(host.looks).toEqual(['narrow all']);
  });

  test('an engine that is not used needs not be heard', async () => {
    const { host, heard } = await live();
    host.last.say('beat');
    host.last.say('deaf podman');
    expect(heard.at(-1)).toEqual({ live: true });
  });

  test('45 s of silence end it, and it begins again', async () => {
    const { host, heard } = await live();
    await pass(40);
    host.last.say('beat');
    await pass(44);
    const [{ signal }] = host.streams as [Stream];
    expect(signal.aborted).toBe(false);
    await pass(1.5);
    expect(signal.aborted).toBe(true);
    expect(heard.at(-1)).toEqual({ live: false, why: 'nothing was heard for 45 s' });
    await pass(1);
    expect(host.streams).toHaveLength(2);
    host.last.say('began');
    await pass(1);
    expect(host.looks).toEqual(['narrow']);
  });

  test('begins again after 1, 2, 5, 10, 30, 30 … s where it does not stay', async () => {
    const { host, heard } = await live();
    const began: number[] = [];
    const run = host.run.bind(host);
    let at = Date.now();
    host.run = (program, options) => {
      if (options?.timeoutMs !== Infinity) return run(program, options);
      began.push((Date.now() - at) / 1000);
      at = Date.now();
      return Promise.resolve({ exitCode: 3, stdout: '', stderr: 'box is a recorded host: read-only.\n' });
    };
    host.last.end({ exitCode: 143, stdout: '', stderr: '' });
    await pass(120);
    expect(began).toEqual([1, 2, 5, 10, 30, 30, 30]);
    expect(heard.at(-1)).toEqual({ live: false, why: 'box is a recorded host: read-only.' });
  });

  test('a connection that broke is noticed by a look at once, and the stream waits until the host is back', async () => {
    const { host, control, stop } = await live();
    host.failure = new HostError('lost', 'The connection broke.', '');
    host.last.fail(host.failure);
    await pass(1);
    expect(control.connection.state).toBe('lost');
    await pass(120);
    expect([host.streams.length, host.looks]).toEqual([1, ['narrow']]);
    host.failure = undefined;
    const back = control.refresh();
    await pass(1);
    await back;
    expect(host.streams).toHaveLength(2);
    stop();
    expect(host.last.signal.aborted).toBe(true);
  });

  test('begins anew as root, and again as the user', async () => {
    const host = new ListenedHost();
    host.sections = { ...quiet, login: '1000\nnfv', asker: '1000' };
    const { control } = await live(host);
    host.sections = quiet;
    for (const count of [2, 3]) {
      const before = host.last;
      const look = control.refresh();
      await pass(1);
      await look;
      expect([before.signal.aborted, host.streams.length]).toEqual([true, count]);
      host.sections = { ...quiet, login: '1000\nnfv', asker: '1000' };
    }
  });

  test.each(['stop', 'dispose'] as const)('ends with %s, and nothing runs any more', async (how) => {
    const { host, control, stop } = await live();
    host.last.say('network');
    if (how === 'stop') stop();
    else await control.dispose();
    await pass(300);
    expect(host.last.signal.aborted).toBe(true);
    expect([host.streams.length, host.looks]).toEqual([1, []]);
  });

  test('ends with the login, and begins with the next one', async () => {
    const { host, control } = await live();
    await control.hangUp();
    expect(host.last.signal.aborted).toBe(true);
    const next = control.refresh();
    await pass(1);
    await next;
    expect(host.streams).toHaveLength(2);
  });
});

test('nobody listens until somebody follows', async () => {
  const host = new ListenedHost();
  const control = createHostControl(host);
  const read = control.refresh();
  await pass(1);
  await read;
  expect(host.streams).toEqual([]);
});
