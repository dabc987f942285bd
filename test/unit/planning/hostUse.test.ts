import { describe, expect, test } from 'vitest';
import { asksFirst, type Argv, type Plan } from '../../../src/model/plan';
import type { HostRoute } from '../../../src/model/hostRoute';
import type { AttachRequest, ChangeRequest } from '../../../src/model/request';
import type { Attachment, HostSnapshot } from '../../../src/model/snapshot';
import { planRestores } from '../../../src/planning/plan';
import { container, host, link, linksOf, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const route = (destination: string, device: string, gateway: string | null = null): HostRoute => ({
  ...{ family: 4, destination, gateway, device },
  words: [destination, ...(gateway ? ['via', gateway] : []), 'dev', device, 'proto', 'static'],
});

/** A host on which a function has an address, a route, and devices on top. */
function busy(name: string, pfs = [pf([vf(0), vf(1)])]): HostSnapshot {
  const links = linksOf(pfs).map((one) =>
    one.name === name
      ? {
          ...one,
          up: true,
          addresses: ['192.0.2.1/24'],
          routes: [route('198.51.100.0/24', name, '192.0.2.9')],
        }
      : one,
  );
  const on = links.find((one) => one.name === name)!;
  const withAddress = pfs.map((one) => ({
    ...one,
    vfs: one.vfs.map((other) =>
      other.name === name ? { ...other, up: true, addresses: on.addresses } : other,
    ),
  }));
  return host({
    pfs: withAddress,
    links: [
      ...links,
      link(`${name}.5`, {
        ...{ kind: 'vlan', lower: name, addresses: ['192.0.3.1/24'], master: 'br5' },
        routes: [route('203.0.113.0/24', `${name}.5`)],
      }),
      link('br5', { kind: 'bridge' }),
      link('tap9', { kind: 'macvtap', lower: `${name}.5` }),
    ],
    containers: [
      container('fw'),
      container('router', {
        interfaces: [
          {
            ...{ name: 'eth0', mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: null },
            standsOn: on.index,
          },
        ],
      }),
    ],
  });
}

const endsOf = (name: string): string[] => [
  `the route to 203.0.113.0/24 on ${name}.5`,
  `the route to 198.51.100.0/24 via 192.0.2.9 on ${name}`,
  `${name}.5, a VLAN device on ${name} (192.0.3.1/24, a port of the bridge br5)`,
  `tap9, a macvtap on ${name}.5`,
  `eth0 in router, which is on top of ${name}`,
];
const attach = (more: Partial<AttachRequest> = {}): ChangeRequest => ({
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'fw' },
  ...more,
});
const commands = ({ steps }: Plan): string[] => steps.map(({ apply }) => apply.join(' '));
const undone = ({ steps }: Plan): string[] =>
  [...steps].reverse().map(({ undo }) => (undo as Argv).join(' '));

describe('what the host uses leaves it only after a question that lists what ends', () => {
  test.each<[string, string, ChangeRequest]>([
    ['a VF', 'enp1s0v0', attach()],
    ['a whole adapter', 'enp1s0', attach({ vf: 'enp1s0', mode: 'pf' })],
  ])('%s that is attached', (_, name, request) => {
    const plan = planned(busy(name), request);
    expect(plan.losses).toEqual([`the address 192.0.2.1/24 of ${name}`, ...endsOf(name)]);
    expect(asksFirst(plan)).toBe(true);
  });

  test('a VF that gets another driver, and VFs that are removed', () => {
    const driver = planned(busy('enp1s0v0'), { kind: 'configure', vf: 'enp1s0:0', driver: 'vfio-pci' });
    expect(driver.losses).toEqual([
      'enp1s0v0, the network device of VF 0 of enp1s0 (up, 192.0.2.1/24)',
      ...endsOf('enp1s0v0'),
    ]);
    const count = planned(busy('enp1s0v0'), { kind: 'set-vfs', pf: 'enp1s0', count: 0 });
    expect(count.losses).toEqual([
      expect.stringMatching(/^VF 0 enp1s0v0 \(up, 192/),
      ...endsOf('enp1s0v0'),
      expect.stringMatching(/^VF 1/),
    ]);
  });

  test.each(['bridge', 'bond', 'openvswitch'])('a port of a %s', (kind) => {
    const pfs = [pf([vf(0, { master: 'sw0' })])];
    const snapshot = host({ pfs, links: [...linksOf(pfs), link('sw0', { kind })] });
    const plan = planned(snapshot, attach());
    const named = kind === 'openvswitch' ? 'Open vSwitch' : `the ${kind} sw0`;
    expect(plan.losses).toEqual([`enp1s0v0 as a port of ${named}`]);
    // Open vSwitch gives up its port by itself.
    expect(commands(plan).includes('ip link set dev enp1s0v0 nomaster')).toBe(kind !== 'openvswitch');
    const record = JSON.parse(plan.steps[0]!.apply[2]!) as Attachment['record'];
    expect(record.before.master).toBe(kind === 'openvswitch' ? undefined : 'sw0');
    // A port of a bond has the bond's MAC, not its own.
    expect(record.before.mac === null).toBe(kind === 'bond');
    expect(plan.promises).toMatchObject([{ mac: record.before.mac }]);
  });

  test('a function that nobody uses goes without a question', () => {
    const plan = planned(host(), attach());
    expect(plan).toMatchObject({ losses: [], doubts: [] });
    expect(asksFirst(plan)).toBe(false);
  });
});

describe('what it was for the host is put back', () => {
  const pfs = [pf([vf(0, { master: 'br0', up: true, addresses: ['192.0.2.1/24'] }), vf(1)])];
  const links = linksOf(pfs).map((one) =>
    one.name === 'enp1s0v0'
      ? {
          ...one,
          routes: [route('198.51.100.0/24', 'enp1s0v0', '192.0.2.9'), route('203.0.113.1', 'enp1s0v0')],
        }
      : one,
  );
  const before = host({ pfs, links: [...links, link('br0', { kind: 'bridge' })] });
  const attaching = planned(before, attach({ name: 'eth1' }));
  const record = JSON.parse(attaching.steps[0]!.apply[2]!) as Attachment['record'];
  const { id: containerId, netnsInode } = container('fw');
  const holder = { kind: 'container' as const, containerId, netnsInode, name: 'fw' };
  const after = (more: object, status: Attachment['status']) =>
    host({
      pfs: [pf([vf(0, { name: 'eth1', ...more }), vf(1)])],
      links: [link('br0', { kind: 'bridge' })],
      attachments: [{ vf: record.vf, containerId, containerName: 'fw', status, recordedAt: '', record }],
    });
  const givenBack = [
    'join_master enp1s0v0 br0',
    'ip addr replace 192.0.2.1/24 dev enp1s0v0',
    'ip link set dev enp1s0v0 up',
    'put_host_route enp1s0v0 -4 203.0.113.1 dev enp1s0v0 proto static',
    'put_host_route enp1s0v0 -4 198.51.100.0/24 via 192.0.2.9 dev enp1s0v0 proto static',
  ];

  test('when attaching fails, in the order in which the kernel takes it', () => {
    const back = undone(attaching);
    const [port, address, up, ...routes] = givenBack;
    expect(back.filter((one) => givenBack.includes(one))).toEqual([port, up, address, ...routes]);
    expect(back.indexOf('bring_home 0000:01:10.0 enp1s0v0')).toBeLessThan(back.indexOf(givenBack[0]!));
  });
  test('by detaching', () => {
    const plan = planned(after({ holder, up: true }, 'live'), { kind: 'detach', vf: 'enp1s0:0' });
    expect(commands(plan).filter((one) => givenBack.includes(one))).toEqual(givenBack);
    expect(commands(plan).at(-1)).toMatch(/^drop_record/);
  });
  test('when its container died, also where the bridge took it back already', () => {
    for (const master of [null, 'br0']) {
      const [plan] = planRestores(after({ master }, 'returned-not-restored'));
      expect(commands(plan!).filter((one) => givenBack.includes(one))).toEqual(givenBack);
    }
    expect(
      refused(after({ master: 'br7' }, 'returned-not-restored'), { kind: 'detach', vf: 'enp1s0:0' }),
    ).toMatch(/^in-use: .*port of br7/);
  });
  test('after another container had it: in between it is nobody’s, and the record goes on', () => {
    const plan = planned(
      after({ holder, up: true }, 'live'),
      attach({ container: 'router', move: true, name: 'eth1' }),
    );
    expect(
      commands(plan).filter((one) => /master|host_route/.test(one) && !one.startsWith('save_record')),
    ).toEqual([]);
    expect(plan.losses).toEqual([]);
    const saved = plan.steps.find(({ apply }) => apply[0] === 'save_record')!;
    expect((JSON.parse(saved.apply[2]!) as Attachment['record']).before).toMatchObject({
      master: 'br0',
      routes: record.before.routes,
    });
  });
  test('undoing the detachment takes what the detachment gave back, without a question', () => {
    const detach = planned(after({ holder, up: true }, 'live'), { kind: 'detach', vf: 'enp1s0:0' });
    const lastChange = {
      ...{ id: 'c1', title: detach.title, at: null, by: null, beforeBoot: false },
      plan: detach,
    };
    expect(planned({ ...before, lastChange }, { kind: 'undo' }).losses).toEqual([]);
    const more = before.links.map((one) =>
      one.name === 'enp1s0v0' ? { ...one, addresses: [...one.addresses, '192.0.2.2/24'] } : one,
    );
    expect(planned({ ...before, links: more, lastChange }, { kind: 'undo' }).losses).toEqual([
      'the address 192.0.2.2/24 of enp1s0v0',
    ]);
  });
});
