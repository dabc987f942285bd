import { describe, expect, test } from 'vitest';
import type { AttachmentRecord } from '../../../src/model/attachment';
import type { Intent, Kept } from '../../../src/model/lasting/kept';
import { late } from '../../../src/model/lasting/late';
import type { Argv, Plan } from '../../../src/model/plan';
import type { KeepRequest } from '../../../src/model/request';
import { problemOf, stateOf } from '../../../src/planning/kept/stateOf';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const keep: KeepRequest = { kind: 'keep', vf: 'enp1s0:0', container: 'fw', name: 'eth7' };
const intentOf = (request: Partial<KeepRequest> = {}, now = host()): Intent =>
  planned(now, { ...keep, ...request }).keeps!.intent;
const keptOne = (more: Partial<Kept> = {}): Kept => ({
  ...{ intent: intentOf(), result: null, watched: true },
  ...more,
});
const applied = ({ steps }: Plan): string[] => steps.map(({ apply }) => apply.join(' '));
const undone = ({ steps }: Plan): (Argv | 'none')[] => steps.map(({ undo }) => undo);

describe('what is kept', () => {
  test('names the container, and the VF by its address, its adapter and that one’s MAC', () => {
    expect(intentOf({ addresses: ['192.0.2.9/24'], vlan: 42 })).toMatchObject({
      ...{ version: 1, id: 'fw-eth7', engine: 'docker', container: { name: 'fw' }, trigger: 'watcher' },
      ...{ pf: '0000:01:00.0', pfMac: host().pfs[0]!.mac, vf: '0000:01:10.0', index: 0 },
      ...{ hostName: 'enp1s0v0', inside: 'eth7', settings: { addresses: ['192.0.2.9/24'], vlan: 42 } },
    });
  });

  test('a container that does not exist yet is named by its name, its service or a label', () => {
    const later = { engine: 'docker' } as const;
    expect(intentOf({ container: 'later', ...later }).container).toEqual({ name: 'later' });
    expect(intentOf({ container: 'app=fw', ...later }).container).toEqual({ labels: { app: 'fw' } });
    expect(intentOf({ container: 'shop/web', ...later }).container).toEqual({
      labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
    });
    expect(refused(host(), { ...keep, container: 'no name', ...later })).toMatch(/^invalid: "no name"/);
  });

  test('of an id the name is kept: the next container has another id', () => {
    const fw = host().containers.find(({ name }) => name === 'fw')!;
    expect(intentOf({ container: fw.id.slice(0, 12) }).container).toEqual({ name: 'fw' });
  });
});

describe('its name on the host', () => {
  const udev = (more: Parameters<typeof host>[0] = {}) =>
    host({ host: { ...host().host, linkFiles: true }, ...more });
  const written = (now = udev()) => applied(planned(now, keep)).filter((one) => /_link /.test(one));

  test('comes back by a .link file, where udev reads them, before the VF is attached', () => {
    expect(written()).toEqual(['install_link fw-eth7 0000:01:10.0 enp1s0v0']);
    expect(intentOf({}, udev()).link).toBe(true);
    const steps = applied(planned(udev(), keep));
    expect(steps.indexOf(written()[0]!)).toBeLessThan(steps.indexOf('run_kept fw-eth7'));
    expect(written(host())).toEqual([]);
    expect(intentOf()).not.toHaveProperty('link');
  });

  test('does not where it is one that another device may have then', () => {
    const counted = udev({ pfs: [pf([vf(0, { name: 'eth1' }), vf(1)])] });
    expect(intentOf({}, counted)).not.toHaveProperty('link');
  });

  test('ends with the intent', () => {
    const kept = [keptOne({ intent: intentOf({}, udev()) })];
    const steps = planned(udev({ kept }), { kind: 'stop-keeping' }).steps;
    expect(steps.map(({ apply }) => apply.join(' ')).slice(0, 2)).toEqual(['remove_kept fw-eth7', 'remove_link fw-eth7']); // prettier-ignore
    expect(steps[1]!.undo).toEqual(['install_link', 'fw-eth7', '0000:01:10.0', 'enp1s0v0']);
    const before = planned(host({ kept: [keptOne()] }), { kind: 'stop-keeping' });
    expect(applied(before).join()).not.toContain('remove_link');
  });
});

describe('the plans of its program', () => {
  test('attach by the verbs of any attachment, with what is not known yet as late words', () => {
    const { attach } = planned(host(), { ...keep, addresses: ['192.0.2.9/24'], vlan: 42 }).keeps!;
    expect(attach.namespace).toMatchObject({
      inode: late('inode'),
      path: `/proc/${late('pid')}/ns/net`,
      owner: { containerId: late('container'), engine: 'docker' },
    });
    expect(applied(attach).slice(1)).toEqual([
      'ip link set dev enp1s0 up',
      expect.stringContaining('set_vf enp1s0 0 VLAN 42'),
      ...(host().pfs[0]!.vfs[0]!.up ? ['ip link set dev enp1s0v0 down'] : []),
      'ip link set dev enp1s0v0 netns /proc/self/fd/7 name eth7',
      'in_ns ip addr replace 192.0.2.9/24 dev eth7',
      'set_conf eth7 1 ipv4/arp_notify ipv6/ndisc_notify',
      'in_ns ip link set dev eth7 up',
    ]);
    expect(undone(attach)[1]).toEqual(['ip', 'link', 'set', 'dev', 'enp1s0', late('pf_state')]);
  });

  test('set what is asked for although the VF has it now: after a boot it may not', () => {
    const now = host({ pfs: [pf([vf(0, { vlan: { id: 42, qos: 0, proto: '802.1Q' } }), vf(1)])] });
    const { attach, giveBack } = planned(now, { ...keep, vlan: 42 }).keeps!;
    expect(applied(attach).some((step) => step.startsWith('set_vf enp1s0 0 VLAN 42'))).toBe(true);
    expect(applied(giveBack).some((step) => step.startsWith('set_vf'))).toBe(false);
  });

  test('give back whatever the kernel calls it then, with the MAC that the record has', () => {
    const { giveBack } = planned(host(), { ...keep, mac: '02:00:00:00:00:77', mtu: 1400 }).keeps!;
    const steps = applied(giveBack);
    expect(steps).toContain('rename_here 0000:01:10.0 enp1s0v0');
    expect(giveBack.preconditions[0]!.check).toEqual([
      'is_named',
      '0000:01:10.0',
      late('device'),
      'enp1s0v0',
    ]);
    expect(steps).toContain(`ip link set dev enp1s0v0 address ${late('mac')}`);
    expect(steps).toContain('ip link set dev enp1s0v0 mtu 1500');
    expect(steps.at(-1)).toBe('drop_record 0000:01:10.0');
  });

  test('of a VF that its container has already, from its record', () => {
    const attached = planned(host(), { ...keep, kind: 'attach' });
    const record = JSON.parse(attached.steps[0]!.apply[2]!) as AttachmentRecord;
    const fw = host().containers.find(({ name }) => name === 'fw')!;
    const inside = { ...fw.interfaces[0]!, name: 'eth7', vf: '0000:01:10.0' };
    const holder = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
    const now = host({
      pfs: [pf([vf(0, { name: 'eth7', holder }), vf(1)])],
      containers: [{ ...fw, interfaces: [...fw.interfaces, inside] }],
      attachments: [
        {
          vf: '0000:01:10.0',
          containerId: fw.id,
          containerName: 'fw',
          status: 'live',
          recordedAt: '',
          record,
        },
      ],
    });
    expect(intentOf({}, now).hostName).toBe('enp1s0v0');
    expect(refused(now, { ...keep, name: 'eth8' })).toMatch(/^in-use: fw has it as eth7/);
  });
});

describe('refused', () => {
  const kept = [keptOne()];
  test('for other containers, whoever has the VF now', () => {
    expect(refused(host({ kept }), { kind: 'attach', vf: 'enp1s0:0', container: 'router' })).toBe(
      'in-use: VF 0 of enp1s0 is kept for container fw (docker).',
    );
    expect(planned(host({ kept }), { kind: 'attach', vf: 'enp1s0:0', container: 'fw' }).kind).toBe('attach');
    expect(refused(host({ kept }), { ...keep, container: 'router' })).toMatch(/^in-use: .* is kept for/);
  });

  test('what only a VF that the host does not use can do', () => {
    const used = host({ pfs: [pf([vf(0, { addresses: ['192.0.2.1/24'] }), vf(1)])] });
    expect(refused(used, keep)).toMatch(/^in-use: VF 0 of enp1s0 is used by the host \(192.0.2.1\/24\)/);
    expect(refused(host(), { ...keep, mode: 'macvlan' })).toMatch(/^limit: Only a VF/);
    expect(refused(host(), { ...keep, engine: 'netns' })).toMatch(/^limit: .*netns/);
    const hosts = host({ containers: [container('fw', { networkMode: 'host' })] });
    expect(refused(hosts, keep)).toMatch(/^host-network/);
  });

  test('to stop what is not kept', () => {
    expect(refused(host(), { kind: 'stop-keeping' })).toMatch(/^nothing-to-do/);
    expect(refused(host({ kept }), { kind: 'stop-keeping', ids: ['other'] })).toMatch(/"other"/);
  });
});

test('another number of VFs would end what is kept, which is asked about', () => {
  const now = host({ pfs: [pf([vf(0, { keptFor: 'container fw (docker)' }), vf(1)])] });
  expect(planned(now, { kind: 'set-vfs', pf: 'enp1s0', count: 4 }).losses).toContain(
    'VF 0, which is kept for container fw (docker)',
  );
});

describe('how it stands', () => {
  const inside = (name: string) => {
    const { id, netnsInode } = container(name);
    return pf([vf(0, { holder: { kind: 'container', containerId: id, netnsInode, name } }), vf(1)]);
  };
  const why = 'another change is in progress';
  const cases: [string, Partial<Parameters<typeof host>[0]>, Partial<Kept>, string][] = [
    ['attached', { pfs: [inside('fw')] }, {}, 'attached: '],
    ['waiting', { containers: [container('web')] }, {}, 'waiting: waiting for container fw'],
    ['taken', { pfs: [inside('router')] }, {}, 'taken: taken by router'],
    ['failed', {}, { result: { state: 'failed', at: '', why } }, `failed: ${why}`],
    ['no VFs', { pfs: [pf([])] }, {}, 'failed: VF 0 of enp1s0 does not exist: it has 0 VFs'],
    ['no adapter', { pfs: [] }, {}, 'failed: there is no adapter 0000:01:00.0'],
    ['no watcher', {}, { watched: false }, 'failed: sriov-workbench@docker.service does not run'],
    [
      'no program',
      {},
      { programGone: true },
      'failed: /etc/sriov-workbench/attachments.d/fw-eth7.sh is not there',
    ],
    [
      'VFIO',
      { pfs: [pf([vf(0, { driver: 'vfio-pci', name: null, holder: { ...onHost, kind: 'vfio' } })])] },
      {},
      'failed: VF 0 of enp1s0 is bound to vfio-pci',
    ],
    [
      'another card',
      { pfs: [pf([vf(0), vf(1)], { mac: '02:00:00:00:09:09' })] },
      {},
      `failed: another adapter may be at 0000:01:00.0: enp1s0 has the MAC 02:00:00:00:09:09, not ${host().pfs[0]!.mac}`,
    ],
  ];
  test.each(cases)('%s', (_, now, more, expected) => {
    const { state, why: because } = stateOf(host(now), keptOne(more));
    expect(`${state}: ${because}`).toBe(expected);
  });

  test('would work now', () => {
    expect(problemOf(host(), keptOne())).toBeUndefined();
  });
});
