import { expect, test } from 'vitest';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { changedRows } from '../../../src/ui/tree/diff';
import { bareHost, pf, vf } from '../hosts/host';

const rows = (vfs: ReturnType<typeof vf>[], more = {}) =>
  adapterRows(bareHost({ pfs: [pf(vfs), pf([], { pci: '0000:02:00.0', name: 'enp2s0' })], ...more }));

test('nothing changed: nothing is drawn', () => {
  expect(changedRows(rows([vf(0)]), rows([vf(0)], { takenAt: 'later' }))).toEqual([]);
});

test('one VF changed: only its row is drawn', () => {
  expect(changedRows(rows([vf(0), vf(1)]), rows([vf(0), vf(1, { name: 'x' })]))).toEqual([
    'lab/vf/0000:01:10.2',
  ]);
});

test.each([{ mtu: 9000 }, { mtu: null }, { altnames: ['other'], addresses: ['192.0.2.1/24'] }])(
  'what only the tooltip tells is drawn, too: %o',
  (more) => {
    expect(changedRows(rows([vf(0), vf(1)]), rows([vf(0), vf(1, more)]))).toEqual(['lab/vf/0000:01:10.2']);
  },
);

test('VFs came: their adapter is drawn', () => {
  expect(changedRows(rows([]), rows([vf(0)]))).toEqual(['lab/pf/0000:01:00.0']);
});

test('another top level: everything is drawn', () => {
  expect(changedRows(rows([]), [])).toBe('all');
});
