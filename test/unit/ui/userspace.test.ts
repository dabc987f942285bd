import { expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { bareHost, onHost, pf, vf } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';

const bound = vf(1, { driver: 'vfio-pci', name: null, mac: null, holder: { ...onHost, kind: 'vfio' } });
const now = () =>
  bareHost({
    pfs: [pf([vf(0), bound])],
    hugePages: [{ node: null, kb: 2048, total: 0, free: 0 }],
  });

test('preparing asks for memory and owner, and shows what the plan says', async () => {
  const bench = await fakeWorkbench(now());
  bench.dialogs.answers = ['2M:64', 'ann:dpdk', 'Prepare'];
  await run(bench, 'sriov.vf.prepare', 'vf=0000:01:10.0');
  expect(bench.control.changes).toMatchObject([
    { kind: 'prepare', vfs: ['0000:01:10.0'], hugePages: { kb: 2048, count: 64 }, owner: 'ann:dpdk' },
  ]);
  expect(bench.dialogs.warnings[0]?.message).toBe('Prepare VF 0 of enp1s0 for DPDK?');
  expect(bench.dialogs.warnings[0]?.detail).toContain('/dev/vfio/10');
});

test('a run line is copied, and what DPDK takes is told', async () => {
  const bench = await fakeWorkbench(now());
  bench.dialogs.answers = ['podman', 'dpdk'];
  await run(bench, 'sriov.vf.copyRunLine', 'vf=0000:01:10.2');
  expect(bench.copied[0]).toContain('podman run --rm -it --network none');
  expect(bench.dialogs.shown.join()).toContain('-a 0000:01:10.2');
});

test('a VF that was not prepared has no run line', async () => {
  const bench = await fakeWorkbench(now());
  bench.dialogs.answers = ['docker', 'dpdk'];
  await run(bench, 'sriov.vf.copyRunLine', 'vf=0000:01:10.0');
  expect(bench.copied).toEqual([]);
  expect(bench.dialogs.shown.join()).toContain('not on vfio-pci');
});
