import { expect, test } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { planDeclared } from '../../../../src/planning/declared/planDeclared';
import { container, host, pf, vf } from '../../hosts/host';
import { changed } from './simulated';

const text = (lines: string[]) => ['version: 1', ...lines].join('\n');
const adapter = ['adapters:', '- nicSelector: {rootDevices: ["0000:01:00.0"]}'];
const now = changed(
  host({ pfs: [pf([vf(0), vf(1), vf(2)])], containers: [container('fw'), container('other')] }),
  { kind: 'attach', vf: 'enp1s0:1', container: 'other', name: 'eth1' },
);

test.each([
  ['an adapter that there isn’t', ['adapters:', '- nicSelector: {pfNames: [enp1s1]}'], '{pfNames: [enp1s1]}'],
  ['an adapter twice', [...adapter, '- nicSelector: {vendor: "8086"}'], '{vendor: "8086"}'],
  ['another mode of the switch', [...adapter, '  eSwitchMode: switchdev'], 'switchdev'],
  ['a group beyond the VFs', [...adapter, '  vfGroups:', '  - vfRange: 0', '  - vfRange: 2-3'], '2-3'],
  ['more VFs than it can have', [...adapter, '  numVfs: 900'], '900'],
  ['VFs that somebody else has', [...adapter, '  numVfs: 4'], '4'],
  [
    'a driver of a VF that somebody else has',
    [...adapter, '  vfGroups:', '  - vfRange: 1', '    deviceType: vfio-pci'],
    'vfio-pci',
  ],
  [
    'of several settings, the one that VFs of such an adapter don’t have',
    [...adapter, '  vfGroups:', '  - {vfRange: "0", minTxRate: 100, vlan: 56}'],
    '56',
  ],
  [
    'the same of VFs that are still to be created',
    [
      ...adapter,
      '  numVfs: 5',
      '  vfGroups:',
      '  - {vfRange: "4", minTxRate: 100, vlan: 56}',
      'onHolders: detach',
    ],
    '56',
  ],
  [
    'a container that there isn’t',
    ['attachments:', '- container: {name: gone}', '  vf: enp1s0#0'],
    '{name: gone}',
  ],
  ['a VF that there isn’t', ['attachments:', '- container: {name: fw}', '  vf: enp1s0#9'], 'enp1s0#9'],
  [
    'one VF under two names',
    [
      'attachments:',
      '- {container: {name: fw}, vf: enp1s0#0}',
      '- {container: {name: fw}, vf: "0000:01:10.0"}',
    ],
    '"0000:01:10.0"',
  ],
  ['a VF that somebody else has', ['attachments:', '- container: {name: fw}', '  vf: enp1s0#1'], 'enp1s0#1'],
])('what is in the way is where the file asks for it: %s', (_, lines, marked) => {
  const read = readDeclared(text(lines));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const pfs = now.pfs.map((one) => (marked === '56' ? { ...one, eswitchMode: 'switchdev' as const } : one));
  const { blocks, places } = planDeclared({ ...now, pfs }, read.declared);
  expect(new Set(places.map((one) => one.text))).toEqual(new Set(blocks));
  const shown = places.map((one) => {
    const { line, column } = read.problemAt(one.path, one.text);
    return text(lines)
      .split('\n')
      [line - 1]?.slice(column - 1);
  });
  expect(shown).toContainEqual(
    expect.stringMatching(new RegExp(`^${marked.replace(/[[\](){}.]/g, '\\$&')}`)),
  );
});

test('a file for another host says so at that name', () => {
  const read = readDeclared('version: 1\nhost: elsewhere\n');
  if ('problems' in read) throw new Error();
  expect(planDeclared(now, read.declared).places.map(({ path }) => path)).toEqual([['host']]);
});
