import { expect, test } from 'vitest';
import { madeOnHost, makersOnHost } from '../../../src/inventory/lasting/made';
import { host } from '../hosts/host';
import { planned } from '../planning/planning';

const { intent } = planned(host(), {
  kind: 'configure',
  vf: 'enp1s0:1',
  vlan: { id: 42, qos: 3, proto: '802.1ad' },
  ...{ mac: '02:00:00:00:00:99', trust: true, maxTxRate: 100, linkState: 'enable', mtu: 1400, lasting: true },
}).makes!;
const file = (body: string, called = 'enabled') => ({ name: `made ${called}`, body: `${body}\n` });

test('an intent is read as it was written, with its last run and whether the boot calls it', () => {
  const result = { state: 'failed', at: '2026-01-02T03:04:05Z', why: 'no room' };
  const last = { name: `kept-result ${intent.id}`, body: `${JSON.stringify(result)}\n` };
  expect(madeOnHost([file(JSON.stringify(intent)), last])).toEqual({
    made: [{ intent: JSON.parse(JSON.stringify(intent)) as unknown, result, enabled: true }],
    unreadable: 0,
  });
  expect(madeOnHost([file(JSON.stringify(intent), 'disabled')]).made[0]).toMatchObject({ result: null, enabled: false }); // prettier-ignore
});

test.each([
  ['no JSON', '{'],
  ['another version', JSON.stringify({ ...intent, version: 2 })],
  ['an id that leads elsewhere', JSON.stringify({ ...intent, id: '../../passwd' })],
  ['no VFs', JSON.stringify({ ...intent, count: 0 })],
  [
    'a setting that there isn’t',
    JSON.stringify({ ...intent, vfs: [{ ...intent.vfs[0], settings: { color: 1 } }] }),
  ],
  ['a value that can’t be', JSON.stringify({ ...intent, vfs: [{ ...intent.vfs[0], settings: { mac: 7 } }] })],
])('a file with %s is counted, and passed over', (_, text) => {
  expect(madeOnHost([file(text)])).toEqual({ made: [], unreadable: 1 });
});

test('who else makes VFs: each file once, however many links lead to it', () => {
  const maker = (path: string) => ({ name: `maker ${path}`, body: 'ExecStart=x sriov_numvfs\n\n' });
  expect(
    makersOnHost([maker('/etc/systemd/system/my vfs.service'), maker('/etc/systemd/system/a.wants/b')]),
  ).toEqual([{ path: '/etc/systemd/system/my vfs.service', lines: ['ExecStart=x sriov_numvfs'] }]);
});
