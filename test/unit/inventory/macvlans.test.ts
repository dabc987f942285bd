import { expect, test } from 'vitest';
import { liveMacvlans } from '../../../src/inventory/macvlans';
import type { MacvlanRecord } from '../../../src/model/macvlan';

const record = (key: string, more: Partial<MacvlanRecord> = {}): MacvlanRecord => ({
  ...{ version: 1, kind: 'macvlan', key, on: '0000:01:10.0', mode: 'bridge', inside: 'eth1' },
  container: { id: 'c', name: 'fw', engine: 'docker', netnsInode: 7 },
  ...{ mac: '02:00:00:00:00:01', recordedAt: '', bootId: 'now', broughtUp: ['enp1s0v0'] },
  ...more,
});
const found = (records: MacvlanRecord[]) => {
  const { macvlans, endedMacvlans, stale } = liveMacvlans(records, [], 'now');
  return { live: macvlans.length, ended: endedMacvlans.map(({ key }) => key), stale };
};

test('one that ended is put right where something is up on its behalf, else its record is void', () => {
  expect(found([record('a'), record('b', { broughtUp: [] }), record('c', { bootId: 'before' })])).toEqual({
    live: 0,
    ended: ['a'],
    stale: ['b', 'c'],
  });
});
