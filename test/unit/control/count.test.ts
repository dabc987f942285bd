import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { Counted } from '../../../src/control/hostControl';
import { HostError } from '../../../src/host/host';
import { ListenedHost, pass, quiet } from './listened';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pci = '0000:01:00.0';
const device = (name: string) =>
  JSON.stringify([
    { ifindex: 2, ifname: name, parentbus: 'pci', parentdev: pci, stats64: { rx: { bytes: 1 }, tx: {} } },
  ]);
/** A look at a host with one adapter, which is called so. */
const adapter = (name: string) => ({
  ...quiet,
  sysfs: `/sys/bus/pci/devices/${pci}/sriov_totalvfs:7`,
  links: `/sys/bus/pci/devices/${pci}/driver -> ../igb`,
  'host-devices': `${device(name)}\n${device(name)}\n[]\n[]`,
});

async function counted(interval = 1) {
  const host = new ListenedHost();
  host.sections = adapter('eth0');
  const control = createHostControl(host);
  const read = control.refresh();
  await pass(1);
  await read;
  const said: Counted[] = [];
  const stop = control.count({ interval }, (one) => said.push(one));
  await vi.waitFor(() => expect(host.streams).toHaveLength(1));
  const frame = (name = 'eth0') => {
    host.last.say('host 100');
    host.last.print(device(name));
    host.last.say('frame');
  };
  return { host, control, said, stop, frame };
}

describe('counting', () => {
  test('tells frames, and ends with the function that it returned', async () => {
    const { host, said, stop, frame } = await counted();
    frame();
    expect(said).toEqual([{ frame: { readings: [expect.objectContaining({ pci, at: 1000 })] } }]);
    stop();
    expect(host.last.signal.aborted).toBe(true);
    frame();
    await pass(120);
    expect([said.length, host.streams.length]).toEqual([1, 1]);
  });

  test('ends with the host', async () => {
    const { host, control } = await counted();
    await control.dispose();
    expect(host.last.signal.aborted).toBe(true);
  });

  test('goes on by another program where a device is called otherwise, and by the same one where nothing is', async () => {
    const { host, control, said } = await counted();
    const refresh = async () => {
      const read = control.refresh();
      await pass(1);
      await read;
      await pass(0);
    };
    await refresh();
    expect(host.streams).toHaveLength(1);
    host.sections = adapter('lan0');
    await refresh();
    expect(host.streams.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(said).toEqual([]);
  });

  test('says why it reads nothing, and tries again ever more slowly', async () => {
    const { host, said, frame } = await counted();
    host.last.end({ exitCode: 3, stdout: '', stderr: 'noise\nread-only\n' });
    await pass(0);
    expect(said).toEqual([{ why: 'read-only' }]);
    await pass(1);
    expect(host.streams).toHaveLength(2);
    host.last.end({ exitCode: 4, stdout: '', stderr: '' });
    await pass(1);
    expect(host.streams).toHaveLength(2);
    await pass(1);
    expect(host.streams).toHaveLength(3);
    frame();
    host.last.end({ exitCode: 4, stdout: '', stderr: '' });
    await pass(1);
    expect(host.streams).toHaveLength(4);
  });

  test('waits while the host is lost, and counts again when it is back', async () => {
    const { host, control, said } = await counted();
    host.failure = new HostError('lost', 'The connection was lost.', '');
    host.last.fail(host.failure);
    await pass(60);
    expect(control.connection.state).toBe('lost');
    expect(host.streams).toHaveLength(1);
    host.failure = undefined;
    const read = control.refresh();
    await pass(2);
    await read;
    expect(host.streams).toHaveLength(2);
    expect(said).toEqual([{ why: 'The connection was lost.' }]);
  });

  test('a program without a sign of life is ended, and another one is begun', async () => {
    const { host, said } = await counted(60);
    await pass(15);
    host.last.say('beat');
    await pass(15);
    expect(host.streams).toHaveLength(1);
    await pass(10);
    expect(said).toEqual([{ why: 'nothing was heard for 20 s' }]);
    expect(host.streams).toHaveLength(2);
  });

  test('a function that isn’t where it was is looked for, now and then', async () => {
    const { host } = await counted();
    host.looks.length = 0;
    const empty = () => host.last.say('frame');
    empty();
    await pass(1);
    expect(host.looks).toEqual([]);
    for (let second = 0; second < 9; second += 1) {
      empty();
      await pass(1);
    }
    expect(host.looks).toEqual(['whole']);
    for (let second = 0; second < 3; second += 1) {
      empty();
      await pass(1);
    }
    expect(host.looks).toEqual(['whole', 'whole']);
  });
});
