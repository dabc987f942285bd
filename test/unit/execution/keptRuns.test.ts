import { expect, test } from 'vitest';
import { parseKeptRuns, readKeptRuns } from '../../../src/execution/keptRuns';
import type { Host } from '../../../src/host/host';

const journal = [
  '2026-01-02T03:04:05+0000 r740 sh[71]: fw-eth1: VF 0 of enp1s0 is in fw as eth1',
  '2026-01-02T03:04:06+0000 r740 sh[72]: gw: said of fw-eth1: nothing',
  '2026-01-02T03:05:00+00:00 r740 sriov-workbench[80]: fw-eth1: it failed: the disk is full',
].join('\n');

const answering = (exitCode: number, programs: string[] = []) =>
  ({
    run: (program: string) => {
      programs.push(program);
      return Promise.resolve({ exitCode, stdout: journal, stderr: '' });
    },
  }) as unknown as Host;

test('of the journal, what a program said, and when', () => {
  expect(parseKeptRuns(journal, 'fw-eth1')).toEqual([
    { at: '2026-01-02T03:04:05+0000', said: 'VF 0 of enp1s0 is in fw as eth1' },
    { at: '2026-01-02T03:05:00+00:00', said: 'it failed: the disk is full' },
  ]);
});

test('the journal of its unit is read, as root only', async () => {
  const programs: string[] = [];
  const intent = { id: 'fw-eth1', engine: 'podman' } as const;
  expect(await readKeptRuns(answering(0, programs), intent)).toHaveLength(2);
  expect(programs[0]).toContain('_SYSTEMD_UNIT=sriov-workbench@podman.service');
  expect(await readKeptRuns(answering(7), intent)).toBeUndefined();
});
