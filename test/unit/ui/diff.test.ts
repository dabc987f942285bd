import { expect, test } from 'vitest';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { changedRows } from '../../../src/ui/tree/diff';
import { sampleHost, samplePf, sampleVf } from './sampleHost';

const rows = (vfs: ReturnType<typeof sampleVf>[], more = {}) =>
  adapterRows(
    sampleHost({ pfs: [samplePf({ vfs }), samplePf({ pci: '0000:02:00.0', name: 'enp2s0' })], ...more }),
  );

test('nothing changed: nothing is drawn', () => {
  expect(changedRows(rows([sampleVf(0)]), rows([sampleVf(0)], { takenAt: 'later' }))).toEqual([]);
});

test('one VF changed: only its row is drawn', () => {
  expect(
    changedRows(rows([sampleVf(0), sampleVf(1)]), rows([sampleVf(0), sampleVf(1, { name: 'x' })])),
  ).toEqual(['lab/vf/0000:01:10.2']);
});

test('VFs came: their adapter is drawn', () => {
  expect(changedRows(rows([]), rows([sampleVf(0)]))).toEqual(['lab/pf/0000:01:00.0']);
});

test('another top level: everything is drawn', () => {
  expect(changedRows(rows([]), [])).toBe('all');
});
