import { expect, test } from 'vitest';
import { toldOf } from '../../../src/model/vfAttributes/table';

const none = { id: 0, qos: 0, proto: '802.1Q' as const };
const told = (text: string, own = none) => toldOf(1, new Map([['sriov/1/trunk', text]]), own).trunk;

test('the trunk of a VF is read as ranges, however its driver writes it', () => {
  expect(told('2,4-5,10-20')).toBe('2,4-5,10-20');
  expect(told('Allowed 802.1Q VLANs: 7 8 9 10 1082 4095')).toBe('7-10,1082,4095');
  expect(told('0-4095')).toBe('0-4095');
});

test('there is none without the file, with an empty or a strange one, and in the file of another VF', () => {
  expect(
    ['', 'Allowed 802.1Q VLANs:', 'all', '5,9x', '4096', '1-70000'].filter((text) => told(text)),
  ).toEqual([]);
  expect(toldOf(2, new Map([['sriov/1/trunk', '7']]), none)).toEqual({});
});

test('the VLAN that a VF is in is no trunk', () => {
  expect(told('7', { ...none, id: 7 })).toBeUndefined();
  expect(told('7', { ...none, id: 8 })).toBe('7');
  expect(told('7')).toBe('7');
  expect(toldOf(1, new Map([['sriov/1/trunk', '7']]), null)).toEqual({ trunk: '7' });
});

test('a list that sysfs cut off is told as far as it is whole', () => {
  const all = `Allowed 802.1Q VLANs: ${Array.from({ length: 4096 }, (_, id) => id).join(' ')}`;
  expect(told(all.slice(0, 4095))).toBe('0-1035,…');
});
