import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { withPf } from './data/evidence';

const engines = [
  { engine: 'docker', status: 'ok', detail: '' },
  { engine: 'podman', status: 'denied', detail: 'permission denied' },
];

test('what could be read says no more than what was looked at', () => {
  const evidence = withPf({});
  const findings = diagnose({
    ...evidence,
    live: { ...evidence.live!, isRoot: true, dmesgReadable: true, engines },
  });
  expect(findings.find(({ id }) => id === 'engine.denied-here')?.severity).toBe('unknown');
  const pass = findings.find(({ id }) => id === 'host.privileges');
  expect(pass).toMatchObject({
    severity: 'pass',
    title: 'The checks ran as root and could read the kernel log',
  });
});

test('a VF whose group is not known keeps nobody from asking', () => {
  const vf = { driver: 'igbvf', name: 'a', iommuGroup: 20 };
  const isolation = (...groups: (number | null)[]) =>
    diagnose(
      withPf({ vfs: groups.map((iommuGroup, index) => ({ ...vf, pci: `0000:01:10.${index}`, iommuGroup })) }),
      'vfio',
    ).filter(({ id }) => id === 'iommu.isolation');
  expect(isolation(20, 21)).toHaveLength(1);
  expect(isolation(20, null)).toEqual([]);
});
