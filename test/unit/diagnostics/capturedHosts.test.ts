import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { purposes } from '../../../src/model/finding';
import { hostTable, type Who } from './data/hostTable';

/** Captured from the machines of the lab by scripts/capture-hosts.mjs; made again by running it. */
const folder = join(__dirname, '../../fixtures/hosts');
const captures = readdirSync(folder).filter((file) => file.endsWith('.json'));
const rows = Object.entries(hostTable).flatMap(([variant, looks]) =>
  Object.entries(looks).map(([who, row]) => ({ variant, who: who as Who, row })),
);
const evidenceOf = (variant: string, who: Who) =>
  parseEvidence(readFileSync(join(folder, `${variant}-${who}.json`), 'utf8'));

test('every capture has a row, and every row a capture', () => {
  expect(rows.map(({ variant, who }) => `${variant}-${who}.json`).sort()).toEqual(captures.sort());
});

describe.each(rows)('$variant as $who', ({ variant, who, row }) => {
  test.each(purposes)('%s', (purpose) => {
    const findings = diagnose(evidenceOf(variant, who), purpose);
    const reported = findings
      .filter(({ severity }) => severity !== 'pass' && severity !== 'info')
      .map(({ severity, id }) => `${severity} ${id}`);
    expect(reported.sort()).toEqual([...row[purpose]].sort());
    for (const { severity, fixes, explanation } of findings)
      if (severity === 'unknown')
        expect(fixes.length > 0 || /modinfo|on the host/i.test(explanation)).toBe(true);
  });
});

test('want of rights is no error: whoever looks, nobody sees more errors than root', () => {
  for (const { variant, who } of rows)
    for (const purpose of purposes) {
      const errors = (by: Who) =>
        diagnose(evidenceOf(variant, by), purpose)
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ id }) => id);
      if (who !== 'root') expect(errors('root')).toEqual(expect.arrayContaining(errors(who)));
    }
});
