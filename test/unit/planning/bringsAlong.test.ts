import { describe, expect, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import { asksFirst, type Plan } from '../../../src/model/plan';
import type { AttachRequest, ChangeRequest } from '../../../src/model/request';
import type { Attachment, HostSnapshot } from '../../../src/model/snapshot';
import { container, host, linksOf, onHost, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const attach = (more: Partial<AttachRequest> = {}): ChangeRequest => ({
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'fw' },
  ...more,
});
const commands = ({ steps }: Plan): string[] => steps.map(({ apply }) => apply.join(' '));
const recordOf = ({ steps }: Plan) => JSON.parse(steps[0]!.apply[2]!) as Attachment['record'];
const withVf = (more: Partial<VirtualFunction>, driver = 'igb'): HostSnapshot =>
  host({ pfs: [pf([vf(0, more), vf(1)], { driver })] });
const vlan = { id: 42, qos: 0, proto: '802.1Q' as const };
const adminMac = '02:aa:00:00:00:01';

describe('what a VF brings along', () => {
  test.each<[string, Partial<VirtualFunction>, string]>([
    ['a VLAN', { vlan }, 'VLAN 42'],
    ['trust', { trust: true }, 'trust'],
    ['no spoof check', { spoofchk: false }, 'no spoof check'],
    ['a rate limit', { minTxRate: 10, maxTxRate: 100 }, 'at least 10 Mbit/s, at most 100 Mbit/s'],
    ['a link state', { linkState: 'disable' }, 'link state disable'],
    ['a MAC', { adminMac }, `the MAC ${adminMac}`],
  ])('%s is said, goes with it, and is cleared when that is asked for', (_, more, says) => {
    const plan = planned(withVf(more), attach());
    expect(plan.notes).toEqual([`VF 0 of enp1s0 keeps what enp1s0 already enforces for it: ${says}.`]);
    expect(plan.advice).toEqual([{ do: 'clear-first', brings: [says] }]);
    expect(asksFirst(plan)).toBe(false);
    expect(commands(plan).some((one) => /^(set_vf|free_mac)/.test(one))).toBe(false);

    const clear = planned(withVf(more), attach({ clear: true }));
    expect(clear).toMatchObject({ notes: [] });
    expect(clear.advice).toBeUndefined();
    const [step] = clear.steps.filter(({ apply }) => /^(set_vf|free_mac)/.test(apply[0]));
    expect(step).toBeDefined();
    const key = Object.entries(recordOf(clear).changed).filter(([, changed]) => changed);
    expect(key).toHaveLength(1);
  });

  test('nothing of a new VF; a spoof check that is off at first says nothing', () => {
    expect(planned(host(), attach()).notes).toEqual([]);
    expect(planned(withVf({ spoofchk: false }, 'mlx5_core'), attach()).notes).toEqual([]);
    expect(planned(withVf({ vlan: null, trust: null, adminMac: null }), attach()).notes).toEqual([]);
    // A PF shows the MAC of a VF that was up.
    expect(planned(withVf({ adminMac: vf(0).mac }), attach()).notes).toEqual([]);
  });

  test('a VLAN that is asked for, 0 included, takes the place of the one that it brings', () => {
    const other = planned(withVf({ vlan }), attach({ vlan: 7 }));
    expect(other).toMatchObject({ notes: [], promises: [{ vlan: 7 }] });
    const none = planned(withVf({ vlan }), attach({ vlan: 0 }));
    expect(commands(none)).toContain('set_vf enp1s0 0 VLAN 0 no VLAN vlan 0');
    expect(none.promises).toMatchObject([{ vlan: 0 }]);
    expect(recordOf(none)).toMatchObject({ changed: { vlan: true }, before: { settings: { vlan } } });
    expect(commands(planned(host(), attach({ vlan: 0 }))).join()).not.toContain('set_vf');
  });

  test('trust that is asked for is set before it goes in, and taken back with it', () => {
    const plan = planned(host(), attach({ trust: true }));
    const trusting = commands(plan).findIndex((one) => /^set_vf enp1s0 0 .* trust on$/.test(one));
    expect(trusting).toBeGreaterThan(0);
    expect(trusting).toBeLessThan(commands(plan).findIndex((one) => one.includes(' netns ')));
    expect(plan.steps[trusting]?.undo.at(-1)).toBe('off');
    expect(recordOf(plan)).toMatchObject({
      changed: { trust: true },
      before: { settings: { trust: false } },
    });
    // A VF that has it already keeps it, and says nothing of bringing it along.
    const had = planned(withVf({ trust: true }), attach({ trust: true }));
    expect(had.notes).toEqual([]);
    expect(commands(had).join()).not.toContain('set_vf');
    expect(commands(planned(withVf({ trust: true }), attach({ trust: false }))).join()).toContain(
      'trust off',
    );
  });

  test('trust is refused where it could not be set or taken back', () => {
    expect(refused(withVf({ trust: null }), attach({ trust: true }))).toMatch(
      /^invalid: .*could not be undone/,
    );
    expect(refused(host(), attach({ vf: 'enp1s0', mode: 'pf', trust: true }))).toMatch(/^invalid/);
    expect(refused(host(), attach({ mode: 'macvlan', trust: true }))).toMatch(/^invalid/);
  });

  test('a MAC that its PF enforces is the one it takes: no other is promised, or put back', () => {
    const plan = planned(withVf({ adminMac }), attach());
    expect(plan.promises).toMatchObject([{ mac: null }]);
    const record = recordOf(plan);
    expect(record.before.mac).toBeNull();
    const { id: containerId, netnsInode } = container('fw');
    const holder = { kind: 'container' as const, containerId, netnsInode, name: 'fw' };
    const inside = host({
      pfs: [pf([vf(0, { adminMac, mac: adminMac, holder, up: true }), vf(1)])],
      attachments: [
        { vf: record.vf, containerId, containerName: 'fw', status: 'live', recordedAt: '', record },
      ],
    });
    const back = planned(inside, { kind: 'detach', vf: 'enp1s0:0' });
    expect(back.promises).toMatchObject([{ kind: 'vf-on-host', mac: null }]);
    expect(commands(back).join()).not.toContain(' address ');
  });

  test('another MAC than that is doubted, unless the VF is trusted or cleared', () => {
    const mac = '02:00:00:00:00:77';
    const doubtsOf = (more: Partial<VirtualFunction>, request: Partial<AttachRequest> = {}) =>
      planned(withVf({ adminMac, ...more }), attach({ mac, ...request })).doubts;
    expect(doubtsOf({})).toEqual([expect.stringContaining(`enforces the MAC ${adminMac}`)]);
    expect([
      doubtsOf({ trust: true }),
      doubtsOf({}, { trust: true }),
      doubtsOf({}, { clear: true }),
      doubtsOf({}, { mac: adminMac }),
    ]).toEqual([[], [], [], []]);
  });

  test('a whole adapter brings nothing along that could be cleared', () => {
    expect(refused(host(), attach({ vf: 'enp1s0', mode: 'pf', clear: true }))).toMatch(/^invalid/);
  });
});

describe('the other names of a VF', () => {
  const eth0 = { mac: null, addresses: [], up: true, mtu: 1500, altnames: ['both'], vf: null };
  const fw = container('fw', { interfaces: [{ ...eth0, name: 'eth0' }] });
  const named = { pfs: [pf([vf(0, { altnames: ['eth1', 'eth0', 'both', 'free'] })])], containers: [fw] };

  test('one that is wanted or taken inside is freed, and back after detaching', () => {
    const plan = planned(host(named), attach({ name: 'eth1' }));
    const freed = plan.steps.filter(({ apply }) => apply.includes('altname'));
    expect(freed.map(({ apply }) => apply.at(-1))).toEqual(['eth1', 'eth0', 'both']);
    expect(freed.map(({ undo }) => undo)).toEqual(
      ['eth1', 'eth0', 'both'].map((other) => ['add_altname', 'enp1s0v0', other]),
    );
    expect(commands(plan).findIndex((one) => one.endsWith('altname both'))).toBeLessThan(
      commands(plan).findIndex((one) => one.includes(' netns ')),
    );
    const record = recordOf(plan);
    expect(record.before.altnames).toEqual(['eth1', 'eth0', 'both', 'free']);
    const holder = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
    const back = planned(
      host({
        pfs: [pf([vf(0, { name: 'eth1', altnames: ['free', 'enp1s0v0', 'enp2s0'], holder })])],
        links: [...linksOf([pf([], { name: 'enp2s0' })])],
        attachments: [
          { vf: record.vf, containerId: fw.id, containerName: 'fw', status: 'live', recordedAt: '', record },
        ],
      }),
      { kind: 'detach', vf: 'enp1s0:0' },
    );
    expect(commands(back).filter((one) => one.includes('altname'))).toEqual([
      'in_ns ip link property del dev eth1 altname enp1s0v0',
      'in_ns ip link property del dev eth1 altname enp2s0',
      ...['eth1', 'eth0', 'both'].map((other) => `add_altname enp1s0v0 ${other}`),
    ]);
  });

  test('a name or another name of an interface inside is refused', () => {
    for (const name of ['eth0', 'both'])
      expect(refused(host(named), attach({ name }))).toMatch(/^name-taken: .*has an interface/);
  });
});

describe('an address in use', () => {
  const face = { name: 'eth1', mac: null, up: true, mtu: 1500, altnames: [] };
  const router = container('router', {
    interfaces: [{ ...face, addresses: ['10.0.0.2/24', '2001:db8::2/64'], vf: '0000:01:10.2' }],
  });
  const holder = { ...onHost, kind: 'container' as const, netnsInode: router.netnsInode, name: 'router' };
  const pfs = [pf([vf(0), vf(1, { holder })])];
  const [own, ...rest] = linksOf(pfs);
  const snapshot = host({
    pfs,
    containers: [container('fw'), router, { ...router, id: 'other', name: 'sidecar' }],
    links: [{ ...own!, addresses: ['10.0.0.1/24'] }, ...rest],
  });
  const doubtsOf = (address: string, more: Partial<AttachRequest> = {}) => {
    const plan = planned(snapshot, attach({ addresses: [address], ...more }));
    expect(asksFirst(plan)).toBe((plan.doubts ?? []).length > 0);
    return plan.doubts;
  };

  test('another container, reported once, or the host', () => {
    expect(doubtsOf('10.0.0.2/16')).toEqual([
      expect.stringMatching(/^router already has the address 10\.0\.0\.2 on eth1/),
    ]);
    expect(doubtsOf('2001:DB8:0::2/64')).toEqual([expect.stringMatching(/^router already has the address/)]);
    expect(doubtsOf('10.0.0.1/24')).toEqual([
      expect.stringMatching(/^The host already has the address 10\.0\.0\.1 on enp1s0/),
    ]);
    expect(doubtsOf('10.0.0.2/24', { vf: 'enp1s0', mode: 'macvlan', name: 'eth1' })).toHaveLength(1);
  });
  test('not one that is free, nor where another VLAN keeps the two apart', () => {
    expect(doubtsOf('10.0.0.3/24')).toEqual([]);
    expect(doubtsOf('10.0.0.2/24', { vlan: 7 })).toEqual([]);
  });
  test('not the one that goes along', () => {
    const busy = [pf([vf(0, { addresses: ['10.0.0.9/24'] })])];
    const plan = planned(host({ pfs: busy }), attach({ addresses: ['10.0.0.9/24'] }));
    expect(plan.doubts).toEqual([]);
  });
});
