import { expect, test } from 'vitest';
import { vfTable } from '../printed';
import { fieldsOf } from '../../../src/ui/changes/configureFields';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { snapshotOf } from './recording';
import { linesOf } from '../../../src/ui/tree/facts';

/** What the form offers for the first VF of each adapter, and the command line takes. */
test.each([
  ['infiniband', [['linkState', 'nodeGuid', 'portGuid', 'mtu', 'driver']]],
  [
    'cx6-switchdev',
    [
      ['minTxRate', 'maxTxRate', 'mtu', 'mac', 'driver'],
      ['minTxRate', 'maxTxRate', 'mtu', 'mac', 'driver'],
    ],
  ],
  ['e810', [['vlan', 'trust', 'spoofchk', 'minTxRate', 'maxTxRate', 'linkState', 'mtu', 'mac', 'driver']]],
  ['xl710', [['vlan', 'trust', 'spoofchk', 'maxTxRate', 'linkState', 'mac', 'driver']]],
])('the form for the VFs of %s', async (name, wanted) => {
  const { snapshot } = await snapshotOf(name);
  const forms = snapshot.pfs.map((pf) =>
    pf.vfs.slice(0, 1).flatMap((vf) => fieldsOf(snapshot, pf, vf).map(({ attribute }) => attribute)),
  );
  expect(forms).toEqual(wanted);
});

test('the VLAN trunk of a VF is shown', async () => {
  const { snapshot } = await snapshotOf('xl710');
  const [adapter] = snapshot.pfs;
  expect(linesOf(adapterRows(snapshot)[0]!.children[1]!.tooltip)).toContainEqual([
    'Trunk VLANs',
    '2,4-5,10-20',
  ]);
  expect(vfTable(adapter!.vfs, []).match(/trunk VLANs \S+$/gm)).toEqual([
    'trunk VLANs 2,4-5,10-20',
    'trunk VLANs 100-199',
  ]);
});

test.each([
  ['cx6-switchdev', ['Representor', 'enp7s0f0_0'], 'representor enp7s0f0_0'],
  ['two-ports', ['Other interfaces', 'enp3s0v0d1'], 'also enp3s0v0d1'],
])('the other devices of a VF of %s are shown', async (name, fact, words) => {
  const { snapshot } = await snapshotOf(name);
  const [row] = adapterRows(snapshot)[0]!.children;
  expect(linesOf(row!.tooltip)).toContainEqual(fact);
  expect(vfTable(snapshot.pfs[0]!.vfs, [])).toContain(words);
});
