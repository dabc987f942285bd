import { expect, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planNamesBack, planRestores } from '../../../src/planning/plan';
import { host, link, linksOf, pf, vf } from '../hosts/host';
import { afterPlan } from './afterPlan';
import { planned, refused } from './planning';

const rename: ChangeRequest = { kind: 'give-name-back', vf: 'enp1s0:0' };
const left = (more: Partial<VirtualFunction> = {}, others: Partial<HostSnapshot> = {}): HostSnapshot => {
  const one = vf(0, { name: 'eth1', altnames: ['enp1s0v0'], nameByUdev: 'enp1s0v0', ...more });
  const pfs = [pf([one, vf(1)])];
  return host({ pfs, links: linksOf(pfs), ...others });
};
const steps = (snapshot: HostSnapshot, request: ChangeRequest = rename) =>
  planned(snapshot, request).steps.map(({ apply }) => apply.join(' '));

test('what was left as eth1 is renamed after a question, with what udev left in the way', () => {
  const plan = planned(left({ up: true }), rename);
  expect(plan.losses).toEqual(['the name eth1, under which something may look for it']);
  expect(steps(left({ up: true }))).toEqual([
    'ip link set dev eth1 down',
    'ip link property del dev eth1 altname enp1s0v0',
    'rename_here 0000:01:10.0 enp1s0v0',
    'ip link set dev enp1s0v0 up',
  ]);
  expect(steps(left({ altnames: [] }))).toEqual(['rename_here 0000:01:10.0 enp1s0v0']);
});

test('it can be undone', () => {
  const plan = planned(left(), rename);
  expect(plan.before).toMatchObject([{ kind: 'vf-on-host', name: 'eth1' }]);
  const then = afterPlan(left(), plan);
  const lastChange = { id: 'c1', title: plan.title, at: 'then', by: 'ann', beforeBoot: false, plan };
  expect(steps({ ...then, lastChange }, { kind: 'undo' })).toEqual([
    'rename_here 0000:01:10.0 eth1',
    'add_altname eth1 enp1s0v0',
  ]);
});

test('recovering offers it, and nothing does it unasked', () => {
  expect(planNamesBack(left()).map(({ kind, request }) => [kind, request])).toEqual([
    ['give-name-back', { ...rename, vf: '0000:01:10.0' }],
  ]);
  expect(planRestores(left())).toEqual([]);
  expect(planNamesBack(host())).toEqual([]);
});

test('refused where there is no other name, where it is taken, and where the host uses the VF', () => {
  expect(refused(host(), rename)).toMatch(/^nothing-to-do/);
  expect(refused(left({}, { links: [link('br0', { altnames: ['enp1s0v0'] })] }), rename)).toBe(
    'name-taken: VF 0 of enp1s0 cannot be renamed back to enp1s0v0: another device on the host has that name (br0).',
  );
  const used = left();
  const links = [...used.links, link('vlan7', { lower: 'eth1', kind: 'vlan' })];
  expect(refused({ ...used, links }, rename)).toMatch(/^in-use: VF 0 of enp1s0 is used as eth1.*vlan7/);
  expect(planNamesBack({ ...used, links })).toEqual([]);
});
