import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import type { MacvlanRecord } from '../../../src/model/macvlan';
import type { ChangeRequest } from '../../../src/model/request';
import type { Attachment, HostSnapshot } from '../../../src/model/snapshot';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planRestores } from '../../../src/planning/plan';
import { planned, refused } from './planning';

const attach = (vfGiven: string, more: object): ChangeRequest => ({
  kind: 'attach',
  vf: vfGiven,
  container: 'fw',
  name: 'eth1',
  ...more,
});

describe('a whole adapter', () => {
  const mode = { mode: 'pf' as const };
  test('it goes and comes back like a VF, under its own lock', () => {
    const plan = planned(host(), attach('enp1s0', { ...mode, addresses: ['10.0.0.1/24'] }));
    expect(plan.locks).toEqual([{ pci: '0000:01:00.0', mode: 'exclusive' }]);
    const record = JSON.parse(plan.steps[0]!.apply[2]!) as Attachment['record'];
    const holder = {
      ...onHost,
      kind: 'container' as const,
      containerId: container('fw').id,
      netnsInode: 4026532002,
      name: 'fw',
    };
    const away = host({
      pfs: [pf([], { name: 'eth1', holder })],
      attachments: [
        {
          vf: record.vf,
          containerId: holder.containerId,
          containerName: 'fw',
          status: 'live',
          recordedAt: '',
          record,
        },
      ],
    });
    const back = planned(away, { kind: 'detach', vf: 'enp1s0' });
    expect(back.promises).toMatchObject([
      { kind: 'vf-on-host', vf: '0000:01:00.0', name: 'enp1s0', up: true },
    ]);
    expect(back.steps.map(({ title }) => title)).toContain(
      'Move eth1 out of fw and rename it back to enp1s0',
    );
  });

  test.each<[string, HostSnapshot, object, RegExp]>([
    [
      'a protected one, whoever insists',
      host({ pfs: [pf([], { protectedBecause: ['it carries this ssh connection'] })] }),
      { ...mode, forceInterface: 'enp1s0' },
      /^protected: .*as a whole/,
    ],
    [
      'one with a VF in use',
      host({ pfs: [pf([vf(0, { holder: { ...onHost, kind: 'vfio' } })])] }),
      mode,
      /^in-use: .*VF 0/,
    ],
    ['one with a VF that is up', host({ pfs: [pf([vf(0, { up: true })])] }), mode, /^in-use: .*enp1s0v0/],
    ['a VLAN', host(), { ...mode, vlan: 42 }, /^invalid: .*VLAN/],
  ])('refused: %s', (_, snapshot, more, wanted) => {
    expect(refused(snapshot, attach('enp1s0', more))).toMatch(wanted);
  });

  test('it is found by name and nothing else', () => {
    expect(refused(host(), attach('enp1s0v0', mode))).toMatch(/^no-sriov/);
  });
});

describe('a macvlan', () => {
  const mode = { mode: 'macvlan' as const };
  const on = (snapshot: HostSnapshot, more: object = {}) =>
    planned(snapshot, attach('enp1s0', { ...mode, ...more }));

  test('made in the container, its device brought up first; detaching removes it', async () => {
    const down = host({ pfs: [pf([], { up: false })] });
    const plan = on(down, { addresses: ['10.0.0.1/24'] });
    await expect(`${planText(plan)}\n`).toMatchFileSnapshot('../../fixtures/plans/attach-macvlan.txt');
    const record = JSON.parse(plan.steps[0]!.apply[2]!) as MacvlanRecord;
    const face = {
      name: 'eth1',
      mac: record.mac,
      addresses: ['10.0.0.1/24', 'fd00::1/64'],
      up: true,
      mtu: 1500,
      altnames: [],
      vf: null,
    };
    const there = host({
      pfs: [pf([])],
      containers: [container('fw', { interfaces: [face] })],
      macvlans: [record],
    });
    const back = planned(there, { kind: 'detach', vf: 'enp1s0' });
    await expect(`${planText(back)}\n`).toMatchFileSnapshot('../../fixtures/plans/detach-macvlan.txt');
  });

  const record = (name: string, mode_: MacvlanRecord['mode']): MacvlanRecord => ({
    ...{
      version: 1,
      kind: 'macvlan',
      key: `0000:01:00.0.macvlan-02000000000${name.length}`,
      on: '0000:01:00.0',
      mode: mode_,
    },
    container: { id: container(name).id, name, engine: 'docker', netnsInode: 4026532000 + name.length },
    ...{
      inside: 'eth1',
      mac: `02:00:00:00:00:0${name.length}`,
      recordedAt: '',
      bootId: 'boot-1',
      broughtUp: [],
    },
  });

  test('of several, that of the container', () => {
    const two = host({ macvlans: [record('fw', 'bridge'), record('router', 'bridge')] });
    expect(refused(two, { kind: 'detach', vf: 'enp1s0' })).toMatch(/^ambiguous: .*fw \(eth1\), router/);
    expect(refused(two, { kind: 'detach', vf: 'enp1s0', container: 'fw' })).not.toMatch(/ambiguous/);
  });

  test('that ended with its container: what was brought up for it goes down, unless it is used', () => {
    const ended = { ...record('fw', 'bridge'), on: '0000:01:10.0', broughtUp: ['enp1s0v0'] };
    const titles = (snapshot: HostSnapshot) =>
      planRestores(snapshot).map(({ steps }) => steps.map(({ title }) => title));
    const forget = 'Remove the record of the macvlan';
    const up = [pf([vf(0, { up: true })])];
    expect(titles(host({ pfs: up, endedMacvlans: [ended] }))).toEqual([['Bring enp1s0v0 down', forget]]);
    const used = [pf([vf(0, { addresses: ['192.0.2.7/24'] })])];
    expect(titles(host({ pfs: used, endedMacvlans: [ended] }))).toEqual([[forget]]);
    expect(titles(host({ pfs: [pf([])], endedMacvlans: [ended] }))).toEqual([]);
  });

  test('passthru stands alone', () => {
    const one = host({ macvlans: [record('router', 'bridge')] });
    expect(refused(one, attach('enp1s0', { ...mode, macvlanMode: 'passthru' }))).toMatch(
      /^in-use: .*in passthru mode there can be only one/,
    );
    const alone = host({ macvlans: [record('router', 'passthru')] });
    expect(refused(alone, attach('enp1s0', mode))).toMatch(/^in-use/);
  });

  test('on a VF it says what most adapters want; its VF is not given away meanwhile', () => {
    const plan = planned(host(), attach('enp1s0:0', mode));
    expect(plan.notes.join()).toContain('a source MAC other than its own');
    expect(plan.advice).toEqual([{ do: 'let-macs-through', vf: '0000:01:10.0', label: 'enp1s0:0' }]);
    const used = host({ macvlans: [{ ...record('router', 'bridge'), on: '0000:01:10.0' }] });
    expect(refused(used, attach('enp1s0:0', {}))).toMatch(/^in-use: .*macvlan of router/);
  });
});

test('a VF moves from one container to another in one change', () => {
  const plan = planned(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' });
  const record = JSON.parse(plan.steps[0]!.apply[2]!) as Attachment['record'];
  const fw = container('fw');
  const holder = {
    ...onHost,
    kind: 'container' as const,
    containerId: fw.id,
    netnsInode: fw.netnsInode,
    name: 'fw',
  };
  const now = host({
    pfs: [pf([vf(0, { holder, name: 'eth1', up: true }), vf(1)])],
    attachments: [
      { vf: record.vf, containerId: fw.id, containerName: 'fw', status: 'live', recordedAt: '', record },
    ],
  });
  const request = { kind: 'attach' as const, vf: 'enp1s0:0', container: 'router', move: true };
  const move = planned(now, request);
  expect(move.title).toBe('Move VF 0 of enp1s0 from fw to router as enp1s0v0');
  expect(move).toMatchObject({
    from: { inode: fw.netnsInode },
    namespace: { inode: container('router').netnsInode },
  });
  expect(move.steps.map(({ apply }) => apply.slice(0, 2).join(' '))).toEqual([
    'at_source in_ns',
    'at_source bring_home',
    'drop_record 0000:01:10.0',
    'save_record 0000:01:10.0',
    'ip link',
    'in_ns ip',
  ]);
  expect(refused(now, { ...request, move: false })).toMatch(/^in-use: .*is attached to container/);
  expect(refused(now, { ...request, container: 'fw', name: 'eth2' })).toMatch(/^nothing-to-do/);
});
