import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { healthyCases } from './data/healthyCases';

const alarms = (evidence: Parameters<typeof diagnose>[0], purpose?: Parameters<typeof diagnose>[1]) =>
  diagnose(evidence, purpose)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ id, evidence: lines }) => `${id}: ${lines.join(' / ')}`);

describe('no alarm on a healthy host', () => {
  test.each(Object.entries(healthyCases))('%s', (_, evidence) => {
    expect(alarms(evidence)).toEqual([]);
    expect(alarms(evidence, 'netdev')).toEqual([]);
  });

  test('nor on all of their logs together', () => {
    const dmesg = Object.values(healthyCases).flatMap((evidence) => evidence.dmesg);
    expect(alarms({ cmdline: null, dmesg, lspci: [], sysfs: {}, commands: [], other: [] })).toEqual([]);
  });
});
