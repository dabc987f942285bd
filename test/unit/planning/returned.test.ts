import { describe, expect, test } from 'vitest';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planRestores } from '../../../src/planning/plan';
import type { vf } from '../hosts/host';
import { onHost, pf } from '../hosts/host';
import { returned } from './attachedHost';
import { planned, refused } from './planning';

describe('a VF that came back', () => {
  const withBack = (more: Partial<ReturnType<typeof vf>>): HostSnapshot => {
    const snapshot = returned();
    const [back, ...others] = snapshot.pfs[0]!.vfs;
    return { ...snapshot, pfs: [pf([{ ...back!, ...more }, ...others])] };
  };
  const restore: ChangeRequest = { kind: 'detach', vf: 'enp1s0:0' };

  test('is put right by detaching it', () => {
    expect(planned(returned(), restore)).toMatchObject({ kind: 'restore', losses: [] });
  });
  test('and is a port of a bridge by now belongs to another program', () => {
    expect(refused(withBack({ master: 'br0' }), restore)).toMatch(/^in-use: .*port of br0/);
    expect(planRestores(withBack({ master: 'br0' }))).toEqual([]);
  });
  test('and carries the connection by now is protected', () => {
    const protectedBecause = ['it carries this ssh connection'];
    expect(refused(withBack({ protectedBecause }), restore)).toMatch(/^protected/);
    expect(planned(withBack({ protectedBecause }), { ...restore, forceInterface: 'net1' }).kind).toBe(
      'restore',
    );
  });
  test('and got an address since loses it only after a question', () => {
    expect(planned(withBack({ addresses: ['192.0.2.9/24'] }), restore).losses).toEqual([
      'net1 loses the address 192.0.2.9/24, which it got after it came back',
    ]);
  });
  test('to vfio-pci in its VLAN of the container has its PF’s side put back, after a question', () => {
    const [back] = withBack({}).attachments;
    const vlan = { id: 42, qos: 0, proto: '802.1Q' as const };
    const record = { ...back!.record, changed: { vlan: true } };
    const bound = withBack({ driver: 'vfio-pci', name: null, vlan, holder: { ...onHost, kind: 'vfio' } });
    const snapshot = { ...bound, attachments: [{ ...back!, record }] };
    const plan = planned(snapshot, restore);
    expect(plan).toMatchObject({
      ...{ kind: 'restore', title: 'Restore what enp1s0 enforces for VF 0, which was attached to web' },
      losses: [expect.stringContaining('is bound to vfio-pci, and its user may rely on this')],
      promises: [{ kind: 'vf-settings', settings: { vlan: { id: 0 } } }],
    });
    expect(plan.steps.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Take VF 0 out of VLAN 42 on enp1s0']),
    );
    expect(plan.steps.at(-1)?.title).toMatch(/^Remove the record/);
  });
  test('gets no other driver before it is restored', () => {
    expect(refused(returned(), { kind: 'configure', vf: '0000:01:10.0', driver: 'vfio-pci' })).toMatch(
      /^in-use: .*came back from web and has not been restored yet/,
    );
  });
  test('and has no driver says how to get it back', () => {
    const gone = withBack({ driver: null, name: null, holder: { ...onHost, kind: 'none' } });
    expect(refused({ ...gone, attachments: [] }, restore)).toMatch(/^no-netdev: .*no driver is bound/);
  });
});
