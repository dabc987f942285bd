import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import { room } from '../diagnostics/data/evidence';
import { host, pf, vf } from '../hosts/host';
import { planned } from './planning';

test('VFs that have to be made again get all that their PF enforced', () => {
  const enforced = {
    ...{ vlan: { id: 42, qos: 3, proto: '802.1Q' as const }, trust: true, spoofchk: false },
    ...{ minTxRate: 100, maxTxRate: 1000, linkState: 'enable' as const },
  };
  const plan = planned(host({ pfs: [pf([vf(0, enforced)])] }), { kind: 'set-vfs', pf: 'enp1s0', count: 0 });
  expect(plan.steps[0]!.undo[4]).toBe(
    '0 02:00:00:00:00:00 vlan 42 qos 3 proto 802.1Q spoofchk off trust on min_tx_rate 100 max_tx_rate 1000 state enable -- enp1s0v0 1500 down',
  );
});

test('what only the driver of a PF sets is lost with a VF', () => {
  const snapshot = host({ pfs: [pf([vf(0, { trunk: '7-10' })])] });
  const plan = planned(snapshot, { kind: 'set-vfs', pf: 'enp1s0', count: 0 });
  expect(plan.losses).toEqual(['VF 0 enp1s0v0 (trunk VLANs 7-10, MAC 02:00:00:00:00:00)']);
});

describe('a number of VFs that will not fit is doubted in the plan', () => {
  const asked = (more: object, count: number) =>
    planned(host({ pfs: [pf([], { room: { ...room, ...more } })] }), {
      kind: 'set-vfs',
      pf: 'enp1s0',
      count,
    });
  test('not where it fits', () => expect(asked({}, 7).doubts).toEqual([]));
  test('with the number that would fit', () => {
    const plan = asked({ offset: 250, stride: 2 }, 7);
    expect(plan.doubts).toEqual([
      'This will probably fail: The upstream bridge has bus numbers for only 3 of the 7 VFs. The kernel will answer "Cannot allocate memory".',
    ]);
    expect(plan.advice).toEqual([{ do: 'ask-for-fewer', most: 3 }]);
    expect(planText(plan)).toContain('  warning: This will probably fail');
    expect(plan.verb).toBe('Create 7 VFs');
    expect(asked({ offset: 250, stride: 2 }, 3).doubts).toEqual([]);
  });
  test('or that none does', () => {
    const plan = asked({ vfBars: [{ index: 0, start: 0, end: 0x1ffff, assigned: false }] }, 1);
    expect(plan.doubts?.[0]).toMatch(/VF BAR 0 .*does not fit/);
    expect(plan.advice).toEqual([{ do: 'diagnose', about: 'room' }]);
  });
});
