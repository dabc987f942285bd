import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/model/container';
import type { VirtualFunction } from '../../../src/model/functions';
import type { Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { lastChange } from '../../../src/inventory/finished';
import { renderProgram } from '../../../src/execution/render';
import { container, host, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const fw = container('fw');
const undoRefused = (snapshot: HostSnapshot): string => refused(snapshot, { kind: 'undo' });

/** The host after `plan`, which its journal has as the last change. */
const after = (plan: Plan, now: HostSnapshot): HostSnapshot => ({
  ...now,
  lastChange: { id: 'c1', title: plan.title, at: 'then', by: 'ann', beforeBoot: false, plan },
});
const inside = (more: Partial<VirtualFunction> = {}, holding: Container = fw): HostSnapshot => {
  const held = vf(0, {
    ...{ name: 'eth1', up: true, addresses: ['10.0.0.1/24'] },
    holder: { kind: 'container', containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' },
    ...more,
  });
  const { name, mac, addresses, mtu } = held;
  const device = { name: name ?? '', mac, addresses, mtu, up: true, altnames: [], vf: held.pci };
  return host({ pfs: [pf([held, vf(1)])], containers: [{ ...holding, interfaces: [device] }] });
};
const attach: ChangeRequest = {
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' },
  addresses: ['10.0.0.1/24'],
};
const attaching = planned(host(), attach);
const recorded = (snapshot: HostSnapshot): HostSnapshot => {
  const record = JSON.parse(attaching.steps[0]!.apply[2]!) as HostSnapshot['attachments'][0]['record'];
  const { vf: pci, recordedAt } = record;
  return {
    ...snapshot,
    attachments: [{ vf: pci, containerId: fw.id, containerName: 'fw', status: 'live', recordedAt, record }],
  };
};

test('a plan says how things were, and the host keeps it', () => {
  expect(attaching.before).toEqual([
    { kind: 'vf-on-host', vf: '0000:01:10.0', name: 'enp1s0v0', mac: vf(0).mac, mtu: 1500, up: false },
  ]);
  const program = renderProgram(attaching, 'c1');
  const [, quoted = ''] = /^printf '%s\\n' (.*) >"\$change\/plan\.json"/m.exec(program) ?? [];
  const kept = quoted.slice(1, -1).replaceAll(`'\\''`, `'`);
  expect(program).toContain('undoable=yes');
  const section = {
    name: 'finished c1',
    body: `{"title":"x","at":"t","by":"ann","bootId":"boot-0"}\n${kept}\n`,
  };
  expect(lastChange([section], 'boot-1')).toMatchObject({ id: 'c1', by: 'ann', beforeBoot: true });
  expect(lastChange([section], 'boot-0')?.plan).toEqual(JSON.parse(JSON.stringify(attaching)));
  expect(lastChange([{ name: 'finished c1', body: '{\n{' }], 'boot-0')).toMatchObject({ plan: null });
});

describe('undo', () => {
  test('of an attachment is its detachment', () => {
    const undo = planned(after(attaching, recorded(inside())), { kind: 'undo' });
    const detach = planned(recorded(inside()), { kind: 'detach', vf: 'enp1s0:0' });
    expect(undo).toMatchObject({ kind: 'undo', undoes: 'c1', steps: detach.steps });
    expect(undo.title).toBe(`Undo: ${attaching.title}`);
    expect(undo.notes[0]).toContain('by ann');
    expect(undo.before).toBeUndefined();
    expect(renderProgram(undo, 'c2')).toContain('undoes=c1\n');
  });

  test('of a detachment gives the container what it had, record included', () => {
    const detach = planned(recorded(inside()), { kind: 'detach', vf: 'enp1s0:0' });
    const undo = planned(after(detach, host()), { kind: 'undo' });
    expect(undo.steps.map(({ apply }) => apply)).toEqual(
      [...detach.steps].reverse().map(({ undo: back }) => back),
    );
    expect(undo.steps[0]!.apply[0]).toBe('save_record');
    expect(undo.promises).toMatchObject([{ kind: 'vf-inside', name: 'eth1', addresses: ['10.0.0.1/24'] }]);
    const taken = host({ containers: [{ ...fw, interfaces: inside().containers[0]!.interfaces }] });
    expect(undoRefused(after(detach, taken))).toMatch(
      /^name-taken: .*cannot be undone.*already has an interface eth1/,
    );
    expect(undoRefused(after(detach, host({ containers: [] })))).toMatch(/^stale: .*namespace .* is gone/);
    const bridged = host({ pfs: [pf([vf(0, { master: 'br0' }), vf(1)])] });
    expect(planned(after(detach, bridged), { kind: 'undo' }).losses).toEqual(['enp1s0v0 as a port of br0']);
    const since = host({ pfs: [pf([vf(0, { addresses: ['192.0.2.1/24'] }), vf(1)])] });
    expect(planned(after(detach, since), { kind: 'undo' }).losses).toEqual([
      expect.stringContaining('192.0.2.1/24'),
    ]);
  });

  test('of a VF count makes the VFs as they were, and takes the PF down again', () => {
    const four = planned(host(), { kind: 'set-vfs', pf: 'enp1s0', count: 4 });
    const now = host({ pfs: [pf([vf(0), vf(1), vf(2), vf(3)])] });
    const undo = planned(after(four, now), { kind: 'undo' });
    expect(undo.steps.map(({ apply }) => apply.slice(0, 4))).toEqual([
      ['set_vf_count', '0000:01:00.0', '0'],
      ['recreate_vfs', '0000:01:00.0', 'enp1s0', '2'],
    ]);
    expect(undo.losses).toHaveLength(4);
    const none = planned(host({ pfs: [pf([], { up: false })] }), {
      ...{ kind: 'set-vfs', pf: 'enp1s0', count: 2 },
    });
    const titles = (snapshot: HostSnapshot) =>
      planned(after(none, snapshot), { kind: 'undo' }).steps.map(({ title }) => title);
    expect(titles(host())).toEqual(['Remove the 2 VFs of enp1s0', 'Bring enp1s0 down']);
    const link = { index: 2, name: 'enp1s0', mac: null, up: true, carrier: true, mtu: 1500, kind: null };
    const more = {
      master: null,
      lower: null,
      pci: '0000:01:00.0',
      altnames: [],
      addresses: ['192.0.2.1/24'],
    };
    expect(titles(host({ links: [{ ...link, ...more }] }))).toEqual(['Remove the 2 VFs of enp1s0']);
  });

  test.each<[string, HostSnapshot, RegExp]>([
    ['nothing', host(), /^nothing-to-do: There is no change/],
    [
      'what a boot undid',
      host({ lastChange: { id: 'c', title: 'X', at: null, by: null, beforeBoot: true, plan: attaching } }),
      /^nothing-to-do: "X" .*booted/,
    ],
    [
      'what cannot be read',
      host({ lastChange: { id: 'c', title: 'X', at: null, by: null, beforeBoot: false, plan: null } }),
      /^unknown-state/,
    ],
    [
      'what is otherwise by now',
      after(attaching, recorded(inside({ name: 'eth9' }))),
      /^stale: .*The name of VF 0000:01:10.0 is eth9, not eth1/,
    ],
    [
      'a count that is another by now',
      after(planned(host(), { kind: 'set-vfs', pf: 'enp1s0', count: 4 }), host()),
      /^stale: .*enp1s0 has 2 VFs, not 4/,
    ],
    [
      'a count whose VFs are in use',
      after(planned(host({ pfs: [pf([])] }), { kind: 'set-vfs', pf: 'enp1s0', count: 2 }), inside()),
      /^in-use: .*container fw/,
    ],
    [
      'a count on a protected adapter',
      after(
        planned(host({ pfs: [pf([])] }), { kind: 'set-vfs', pf: 'enp1s0', count: 2 }),
        host({ pfs: [pf([vf(0), vf(1)], { protectedBecause: ['it carries this ssh connection'] })] }),
      ),
      /^protected/,
    ],
  ])('of %s is refused, with the reason', (_, snapshot, wanted) => {
    expect(undoRefused(snapshot)).toMatch(wanted);
  });
});

test('one that is named is undone only while it is the last', () => {
  const now = after(attaching, recorded(inside()));
  expect(planned(now, { kind: 'undo', change: 'c1' }).undoes).toBe('c1');
  expect(refused(now, { kind: 'undo', change: 'c0' })).toContain(
    `Another change was made since, "${attaching.title}", and only the last one can be undone.`,
  );
});
