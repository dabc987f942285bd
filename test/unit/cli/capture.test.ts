import { afterEach, describe, expect, test, vi } from 'vitest';
import { captureCommand, captureRequest } from '../../../src/cli/capture';
import { checkPathCommand } from '../../../src/cli/checkPath';
import type { Context } from '../../../src/cli/context';
import type { Values } from '../../../src/cli/options';
import { parse } from '../../../src/cli/parse';
import { printer } from '../../../src/cli/printer';
import { UsageError } from '../../../src/cli/usage';
import type { Finding } from '../../../src/model/finding';
import { refuse } from '../../../src/model/plan';
import { hostWithAttachment } from '../hosts/situations';
import { FakeControl } from '../ui/fakeControl';

afterEach(() => void vi.restoreAllMocks());

/** A command on a host in memory, and what it printed. */
function called(values: Values = {}, isTTY = false) {
  const control = new FakeControl('lab', hostWithAttachment());
  control.snapshot = control.host;
  const said = { out: '', err: '' };
  const stream = (to: 'out' | 'err') =>
    ({ isTTY, write: (text: string) => Boolean((said[to] += text)) }) as unknown as NodeJS.WriteStream;
  const print = printer({ json: values.json ?? false }, stream('out'), stream('err'));
  const context: Context = {
    ...{ control, print, values, positionals: ['fw:eth1'] },
    signal: new AbortController().signal,
  };
  return { control, said, context };
}

describe('sriov capture', () => {
  test('takes what the help says', () => {
    const { values, positionals } = parse([
      ...['capture', 'fw:eth1', '--filter', 'icmp or arp', '--count', '5'],
      ...['--seconds', '10', '--size', '7', '-w', '-'],
    ]);
    expect(captureRequest(positionals, values)).toEqual({
      ...{ on: 'fw:eth1', filter: 'icmp or arp', as: 'packets', count: 5, seconds: 10, mebibytes: 7 },
    });
    expect(captureRequest(['fw:eth1'], {})).toMatchObject({ as: 'text' });
  });

  test.each<[Values, RegExp]>([
    [{ count: '0' }, /--count must be a number from 1, not "0"/],
    [{ seconds: '-1' }, /--seconds/],
    [{ size: 'big', write: 'x' }, /--size must be/],
    [{ size: '5' }, /requires -w/],
    [{ filter: 'a\0b' }, /NUL/],
    [{ json: true }, /--json/],
  ])('%j is a usage error', (values, why) => {
    expect(() => captureRequest(['x'], values)).toThrow(UsageError);
    expect(() => captureRequest(['x'], values)).toThrow(why);
  });

  test('writes nothing binary to a terminal', async () => {
    const { context } = called({ write: '-' }, true);
    await expect(captureCommand(context)).rejects.toThrow('stdout is a terminal');
  });

  test('prints lines, whatever is in them, as text', async () => {
    const { control, said, context } = called();
    control.captured = { label: 'fw:eth1', packets: 1, bytes: 0, dropped: 0 };
    control.packets = [Buffer.from('IP 192.0'), Buffer.from('.2.1\u001b[2J\nrest')];
    expect(await captureCommand(context)).toBe(0);
    expect(said.out).toBe('IP 192.0.2.1\\x1b[2J\n');
    expect(said.err).toBe('Capturing fw:eth1. Ctrl-C ends it.\n1 packet, 0 dropped by kernel\n');
  });

  test('a filter that is none is a usage error in the words of tcpdump; a missing tcpdump says how to get it', async () => {
    const { control, said, context } = called({ filter: 'icmp;' });
    control.captured = refuse('invalid', 'This is not a valid filter: syntax error');
    expect(await captureCommand(context)).toBe(2);
    expect(said.err).toContain('syntax error');
    control.captured = { ...refuse('limit', 'tcpdump is not installed on the host.'), lacks: 'tcpdump' };
    expect(await captureCommand(context)).toBe(3);
    expect(said.err).toContain('apt-get install tcpdump');
  });
});

describe('sriov check-path', () => {
  const wrong: Finding = {
    ...{ id: 'path.vlan', cause: 'other', severity: 'error', subject: '0000:01:10.0', title: 'Wrong VLAN' },
    ...{ explanation: 'Because.', evidence: ['VLAN 99'], fixes: [] },
  };

  test('shows every check and what is wrong first, and exits with 1', async () => {
    const { control, said, context } = called({ gateway: '192.0.2.1' });
    control.path = { label: 'fw:eth1', vf: null, findings: [wrong], verdict: wrong };
    expect(await checkPathCommand(context)).toBe(1);
    expect(control.paths).toEqual([{ on: 'fw:eth1', gateway: '192.0.2.1' }]);
    expect(said.out).toContain('ERROR   Wrong VLAN\n\nThe first thing that is wrong:\nERROR   Wrong VLAN');
  });

  test('exits with 0 when nothing is wrong, and prints one document', async () => {
    const { said, context } = called({ json: true });
    expect(await checkPathCommand(context)).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ findings: [], verdict: null });
  });

  test('what is not there is refused, a gateway that is none a usage error', async () => {
    const { control, context } = called();
    control.path = refuse('unknown-container', 'There is no container.');
    expect(await checkPathCommand(context)).toBe(3);
    control.path = refuse('invalid', '"x" is not an IP address.');
    expect(await checkPathCommand(context)).toBe(2);
  });
});
