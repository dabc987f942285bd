import { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { onTheCommandLine } from '../../../src/cli/adviceText';
import { change } from '../../../src/cli/change';
import { written } from '../../../src/cli/shown/colors';
import { elsewhere, type Text } from '../../../src/cli/shown/styled';
import type { Context } from '../../../src/cli/context';
import { withAdvice } from '../../../src/control/withAdvice';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, linksOf, pf, vf } from '../hosts/host';
import { FakeControl } from '../ui/fakeControl';

const attach = (more: object = {}): ChangeRequest => ({
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'fw' },
  ...more,
});
const route = {
  family: 4 as const,
  destination: '198.51.100.0/24',
  gateway: '192.0.2.9',
  device: 'enp1s0v0',
};
const busy = (): HostSnapshot => {
  const pfs = [pf([vf(0, { up: true, addresses: ['192.0.2.1/24'], master: 'br0' }), vf(1)])];
  const links = linksOf(pfs).map((one) =>
    one.name === 'enp1s0v0' ? { ...one, routes: [{ ...route, words: [] }] } : one,
  );
  return host({ pfs, links });
};

/** What a changing command prints on the terminal, its exit status, and what was asked of the host. */
async function run(
  snapshot: HostSnapshot,
  request: ChangeRequest,
  said = '',
  values: Context['values'] = {},
) {
  const stdin = vi
    .spyOn(process, 'stdin', 'get')
    .mockReturnValue(Readable.from([said]) as typeof process.stdin);
  const control = new FakeControl('lab', snapshot);
  const terminal: string[] = [];
  const say = (text: Text) => void terminal.push(written(text, false));
  const print: Context['print'] = {
    answer: (_, text) => say(text(elsewhere)),
    ...{ text: say, progress: say, problem: say, program: say, view: elsewhere },
    ...{ oneOf: (_, text) => say(text(elsewhere)), screen: undefined, onClosed: () => {} },
    isTerminal: false,
    failure: (_, text) => say(text),
  };
  const context = {
    control: withAdvice(control, onTheCommandLine),
    values,
    positionals: [],
    print,
    signal: new AbortController().signal,
  };
  const code = await change(context, () => request);
  stdin.mockRestore();
  return { code, terminal: terminal.join('\n'), changes: control.changes };
}

describe('what a change costs is confirmed', () => {
  const all = [
    'Attach VF 0 of enp1s0 to fw as enp1s0v0',
    '  loses: the address 192.0.2.1/24 of enp1s0v0',
    '  loses: enp1s0v0 as a port of br0',
    '  loses: the route to 198.51.100.0/24 via 192.0.2.9 on enp1s0v0',
  ].join('\n');

  test.each(['', 'n\n', 'no\n'])(
    'with %j on stdin nothing is done, and what would end is listed',
    async (said) => {
      const { code, terminal, changes } = await run(busy(), attach(), said);
      expect([code, changes]).toEqual([3, []]);
      expect(terminal).toContain(all);
    },
  );
  test('a y, or --yes, and it is done; it is listed all the same', async () => {
    for (const [said, values] of [
      ['y\n', {}],
      ['', { yes: true }],
    ] as const) {
      const { code, terminal, changes } = await run(busy(), attach(), said, values);
      expect([code, changes.length]).toEqual([0, 1]);
      expect(terminal).toContain(all);
    }
  });
  test('a doubt, too', async () => {
    const face = {
      name: 'eth1',
      mac: null,
      addresses: ['10.0.0.2/24'],
      up: true,
      mtu: 1500,
      altnames: [],
      vf: null,
    };
    const taken = host({ containers: [container('fw'), container('router', { interfaces: [face] })] });
    const { code, terminal, changes } = await run(taken, attach({ addresses: ['10.0.0.2/24'] }));
    expect([code, changes]).toEqual([3, []]);
    expect(terminal).toContain('  warning: router already has the address 10.0.0.2');
  });
});

describe('what a plan says stands before its first step', () => {
  test('also where nobody is asked', async () => {
    const carrying = host({ pfs: [pf([vf(0, { vlan: { id: 42, qos: 0, proto: '802.1Q' } }), vf(1)])] });
    const { code, terminal } = await run(carrying, attach({ name: 'eth1' }));
    expect(code).toBe(0);
    const said = [
      '  note: When fw stops',
      '  note: VF 0 of enp1s0 keeps',
      'Use --clear to attach it without these settings',
    ];
    const places = said.map((text) => terminal.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(Math.max(...places)).toBeLessThan(terminal.indexOf('1/'));
    expect(terminal.match(/When fw stops/g)).toHaveLength(1);
  });
  test('and a plan that says nothing is not announced', async () => {
    const { terminal } = await run(host(), attach());
    expect(terminal.split('\n')[0]).toMatch(/^1\//);
  });
});
