import { expect, test } from 'vitest';
import { outcomeText } from '../../../src/cli/shown/outcomeText';
import { parse } from '../../../src/cli/parse';
import { conclude } from '../../../src/control/conclude';
import { readReport } from '../../../src/execution/report';
import { host } from '../hosts/host';
import { planned } from '../planning/planning';

const plan = planned(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' });
const stuck = ['@ failed 3 1', '| first', '@ stuck 3 1', '| a', '@ stuck 2 1', '| b', '@ outcome stuck'];

/** What a user would copy from the end of a change that is stuck, on a host that is called so. */
const copied = (id: string, said: string[]): string[] => {
  const there = { ...plan, host: id };
  const text = outcomeText(conclude(there, readReport(there, said.join('\n')), host()));
  return text.split('\n').filter((line) => line.startsWith('  sriov'));
};

test.each([
  ['with steps that could not be put back', stuck],
  ['by an executor that was ended', ['@ begin 2']],
])('a change that is stuck %s: what is printed can be run, once', (_, said) => {
  const [line, ...others] = copied('lab', said);
  expect(others).toEqual([]);
  const [name, ...argv] = line!.trim().split(' ');
  expect(name).toBe('sriov');
  expect(parse(argv)).toMatchObject({ command: 'recover', values: { host: 'lab' } });
  expect(copied('local', said)).toEqual(['  sriov recover']);
  expect(copied('me@a b', said)).toEqual(["  sriov --host 'me@a b' recover"]);
});
