import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { casesIn } from './cases';
import { isScored, verdict } from './verdict';
import { stillWrong } from './data/stillWrong';

const folder = join(__dirname, '../../fixtures/held-out');

/** Public reports whose truth was written before any rule had seen them; see the README beside them. */
describe.each(readdirSync(folder).filter((name) => !name.endsWith('.md')))('%s', (set) => {
  const cases = casesIn(join(folder, set)).filter(({ truth }) => isScored(truth));
  const wrong = cases.filter(({ text, truth }) => verdict(diagnose(parseEvidence(text)), truth).length > 0);

  test('what was answered right once still is', () => {
    const ids = [...new Set(wrong.map(({ id }) => id))];
    expect(ids).toEqual(stillWrong[set] ?? []);
  });

  test('no healthy host has an error or a warning', () => {
    expect(wrong.filter(({ truth }) => truth.cause === 'healthy')).toEqual([]);
  });
});
