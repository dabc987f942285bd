import { expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, pf, vf } from '../hosts/host';

const free = () => bareHost({ pfs: [pf([vf(0), vf(1)])] });

test('one list of what can be set, until the person is done', async () => {
  const bench = await fakeWorkbench(free());
  bench.dialogs.answers = ['VLAN', '42:3', 'Trust', 'On', 'Configure'];
  await run(bench, 'sriov.vf.configure', 'vf=0000:01:10.0');
  expect(bench.control.changes).toEqual([
    { kind: 'configure', vf: '0000:01:10.0', vlan: { id: 42, qos: 3, proto: '802.1Q' }, trust: true },
  ]);
});

test('from the palette the VF is picked; drivers of new VFs are asked for, too', async () => {
  const bench = await fakeWorkbench(free());
  bench.dialogs.answers = ['VF 1 of enp1s0', 'MTU', '1400', 'Configure'];
  await run(bench, 'sriov.vf.configure');
  bench.dialogs.answers = ['Off'];
  await run(bench, 'sriov.pf.setAutoprobe', { pf: 'enp1s0' });
  expect(bench.control.changes).toMatchObject([
    { vf: '0000:01:10.2', mtu: 1400 },
    { kind: 'set-autoprobe', on: false },
  ]);
});
