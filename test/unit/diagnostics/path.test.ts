import { describe, expect, test } from 'vitest';
import { judgePath, questions } from '../../../src/diagnostics/path/checks';
import { arpAnswers, neighbourFound, pingAnswered } from '../../../src/diagnostics/path/reached';
import type { Answers, PathOrder, SeenDevice } from '../../../src/model/wire/path';
import { unknownSettings } from '../../../src/model/vfAttributes/table';

const order: PathOrder = {
  ...{ label: 'fw:eth1', device: 'eth1', enter: ['nsenter', '--net=/proc/100/ns/net'], mtu: 1500 },
  addresses: ['192.0.2.10/24'],
  targets: [{ address: '192.0.2.1', isNear: true }],
  pf: { pci: '0000:01:00.0', name: 'enp1s0' },
  vf: { pci: '0000:01:10.0', index: 0 },
};
const mac = '02:00:00:00:00:01';
const device = (more: Partial<SeenDevice> = {}): SeenDevice => ({
  ...{ up: true, carrier: true, mac, mtu: 1500, addresses: ['192.0.2.10/24'], duplicates: [] },
  ...{ received: 5, sent: 5, vfs: new Map() },
  ...more,
});
const adapter = (more: Partial<SeenDevice> = {}, settings: object = {}): SeenDevice => ({
  ...device({
    vfs: new Map([
      [
        0,
        {
          ...unknownSettings,
          ...{ adminMac: mac, vlan: { id: 0, qos: 0, proto: '802.1Q' as const }, spoofchk: true },
          ...settings,
        },
      ],
    ]),
  }),
  ...more,
});
const ping = (received: number) => `3 packets transmitted, ${received} received, 0% packet loss\n`;
const arp = (...macs: string[]) =>
  [
    ...macs.map((one) => `Unicast reply from 192.0.2.1 [${one.toUpperCase()}]  1.2ms`),
    `Received ${macs.length} response(s)`,
  ].join('\n');

interface Said {
  devices: Record<string, SeenDevice | undefined>;
  texts: Record<string, string | undefined>;
}
const good: Said = {
  devices: { device: device(), pf: adapter(), 'device-after': device({ received: 9, sent: 9 }) },
  texts: {
    'ping 192.0.2.1': ping(3),
    'whole 192.0.2.1': ping(2),
    'arp 192.0.2.1': arp('52:54:00:00:00:01'),
    'neighbour 192.0.2.1': '192.0.2.1 lladdr 52:54:00:00:00:01 REACHABLE',
    'twice 192.0.2.10': arp(),
  },
};
const silent = {
  'ping 192.0.2.1': ping(0),
  'whole 192.0.2.1': ping(0),
  'arp 192.0.2.1': arp(),
  'neighbour 192.0.2.1': '192.0.2.1 FAILED',
};
function judged(devices: Said['devices'] = {}, texts: Said['texts'] = {}, of: Partial<PathOrder> = {}) {
  const said = { devices: { ...good.devices, ...devices }, texts: { ...good.texts, ...texts } };
  const answers: Answers = {
    text: (section) => said.texts[section],
    device: (section) => said.devices[section],
  };
  return judgePath({ ...order, ...of }, answers);
}
const nothing = Object.fromEntries(Object.keys(good.texts).map((section) => [section, undefined]));

describe('the questions', () => {
  test('are each asked once, of the host only what it knows itself', () => {
    const all = questions(order);
    const sections = all.map(({ section }) => section);
    expect(new Set(sections).size).toBe(sections.length);
    expect(sections.sort()).toEqual([...Object.keys(good.devices), ...Object.keys(good.texts)].sort());
    expect(all.filter(({ onHost }) => onHost).map(({ section }) => section)).toEqual(['pf']);
  });
  test('of an address of IPv6 are no ARP, and a packet as large as the MTU', () => {
    const all = questions({
      ...order,
      addresses: ['fd00::a/64'],
      targets: [{ address: 'fd00::1', isNear: true }],
    });
    expect(all.filter(({ program }) => program === 'arping')).toEqual([]);
    expect(all.find(({ section }) => section === 'whole fd00::1')?.argv).toContain('1452');
  });
});

describe('how an answer is read', () => {
  test.each([
    [ping(3), true],
    ['4 packets transmitted, 0 packets received, 100% packet loss', false],
    ['ping: connect: Network is unreachable', false],
    ['ping: invalid option -- M', null],
    [undefined, null],
  ])('ping says %j: %j', (said, is) => expect(pingAnswered(said)).toBe(is));
  test.each([
    [arp(), []],
    [arp('52:54:00:AA:00:02', '52:54:00:AA:00:02'), ['52:54:00:aa:00:02']],
    ['Sent 2 probe(s) (2 broadcast(s))\nReceived 0 response(s)', []],
    ['arping: socket: Operation not permitted', null],
    [undefined, null],
  ])('arping says %j: %j', (said, macs) => expect(arpAnswers(said)).toEqual(macs));
  test.each([
    ['192.0.2.1 lladdr 52:54:00:aa:00:02 REACHABLE', true],
    ['192.0.2.1 lladdr 52:54:00:aa:00:02 STALE', null],
    ['192.0.2.1 INCOMPLETE', false],
    ['192.0.2.1 FAILED', false],
    ['', null],
  ])('the kernel says %j: %j', (said, is) => expect(neighbourFound(said)).toBe(is));
});

describe('the verdict', () => {
  test('is that nothing is wrong where nothing is', () => {
    const { findings, verdict } = judged();
    expect(verdict).toBeNull();
    expect(findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual(
      ['link', 'mac', 'vlan', 'address', 'neighbour', 'counters', 'mtu'].map((id) => `path.${id} pass`),
    );
  });

  const down = device({ up: false, carrier: false });
  const far = [{ address: '198.51.100.1', isNear: false }];
  const other = [{ address: '192.0.2.1', isNear: true, at: { label: 'router:eth1', vlan: 42 } }];
  test.each<[string, Said['devices'], Said['texts'], Partial<PathOrder>, string, RegExp]>([
    ['the interface is down', { device: down }, silent, {}, 'path.link', /^fw:eth1 is down$/],
    [
      'its adapter is down',
      { device: device({ carrier: false }), pf: adapter({ up: false, carrier: false }) },
      ...[silent, {}, 'path.link', /adapter enp1s0 is down/],
    ] as never,
    [
      'its adapter has no link',
      { pf: adapter({ carrier: false }) },
      silent,
      {},
      'path.link',
      /enp1s0 has no link/,
    ],
    [
      'its adapter keeps its link down',
      { device: device({ carrier: false }), pf: adapter({}, { linkState: 'disable' }) },
      ...[silent, {}, 'path.link', /keeps the link/],
    ] as never,
    [
      'another MAC is expected',
      { pf: adapter({}, { adminMac: '02:00:00:00:00:99' }) },
      {},
      {},
      'path.mac',
      /a different MAC/,
    ],
    [
      'nobody answers in its VLAN',
      { pf: adapter({}, { vlan: { id: 99, qos: 0, proto: '802.1Q' } }) },
      ...[silent, {}, 'path.vlan', /VLAN 99/],
    ] as never,
    ['the neighbour is in another VLAN', {}, silent, { targets: other }, 'path.vlan', /different VLANs/],
    [
      'another machine has its address',
      {},
      { 'twice 192.0.2.10': arp('52:54:00:00:00:09') },
      {},
      'path.address',
      /Another machine/,
    ],
    [
      'another machine has its address of IPv6',
      { device: device({ duplicates: ['fd00::a'] }) },
      {},
      {},
      'path.address',
      /Another/,
    ],
    ['it has no address', {}, {}, { addresses: [], targets: [] }, 'path.address', /no address/],
    ['its gateway is in no network of it', {}, {}, { targets: far }, 'path.neighbour', /in no network/],
    ['nobody answers', {}, silent, {}, 'path.neighbour', /does not answer/],
    [
      'who is there answers no ping',
      {},
      { 'ping 192.0.2.1': ping(0) },
      {},
      'path.neighbour',
      /answers no ping/,
    ],
    ['large packets are lost', {}, { 'whole 192.0.2.1': ping(0) }, {}, 'path.mtu', /Packets of 1500 bytes/],
  ])('is the first cause: %s', (_, devices, texts, of, id, title) => {
    const { verdict } = judged(devices, texts, of);
    expect(verdict?.id).toBe(id);
    expect(verdict?.title).toMatch(title);
  });

  test('is an error before a warning, however they follow each other', () => {
    const trusted = { adminMac: '02:00:00:00:00:99', trust: true, spoofchk: false };
    const { findings, verdict } = judged({ pf: adapter({}, trusted) }, { 'whole 192.0.2.1': ping(0) });
    expect(findings.find(({ id }) => id === 'path.mac')?.severity).toBe('warning');
    expect(verdict?.id).toBe('path.mtu');
  });

  test('blames no adapter that is down while its VFs reach each other', () => {
    expect(judged({ pf: adapter({ up: false, carrier: false }) }).verdict).toBeNull();
  });

  test('that counts nothing which was sent is about the driver', () => {
    const { findings } = judged({ 'device-after': device() }, silent);
    expect(findings.find(({ id }) => id === 'path.counters')).toMatchObject({
      severity: 'error',
      cause: 'driver-bug',
    });
  });

  test('without arping and ping: what can’t be known is unknown, never failed', () => {
    const { findings, verdict } = judged({}, nothing);
    expect(verdict).toBeNull();
    expect(findings.flatMap(({ id, severity }) => (severity === 'unknown' ? [id] : []))).toEqual([
      ...['path.address', 'path.neighbour', 'path.mtu'],
    ]);
    const blind = judged({ device: undefined, pf: undefined, 'device-after': undefined }, nothing);
    expect(new Set(blind.findings.map(({ severity }) => severity))).toEqual(new Set(['unknown']));
  });

  test('of a whole adapter asks nothing about VFs', () => {
    const { findings } = judged({}, {}, { pf: undefined, vf: undefined });
    expect(findings.map(({ id }) => id)).not.toContain('path.vlan');
  });

  test('suggests commands in which a name is one word', () => {
    const { verdict } = judged({ device: down }, silent, { device: "x;>pwned;'#" });
    expect(verdict?.fixes[0]?.commands).toEqual([
      `nsenter --net=/proc/100/ns/net ip link set dev 'x;>pwned;'\\''#' up`,
    ]);
  });

  test('brings up an adapter by a fix of ours', () => {
    const { verdict } = judged({ pf: adapter({ up: false, carrier: false }) }, silent);
    expect(verdict?.fixes[0]?.change).toEqual({ kind: 'pf-up', pf: '0000:01:00.0' });
  });
});
