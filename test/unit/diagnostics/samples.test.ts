import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { casesIn } from './cases';
import { verdict } from './verdict';

const cases = casesIn(join(__dirname, '../../fixtures/evidence'));
const documents = cases.filter(({ form }) => form === 'JSON');

test('the samples are there', () => {
  expect(documents.length).toBeGreaterThan(20);
  expect(cases.length).toBeGreaterThanOrEqual(2 * documents.length);
});

describe('known hosts', () => {
  test.each(cases.map((one) => [`${one.id}, ${one.form}`, one] as const))('%s', (_, { text, truth }) => {
    expect(verdict(diagnose(parseEvidence(text)), truth)).toEqual([]);
  });

  test.each(documents.map((one) => [one.id, one] as const))('%s, the inner object alone', (_, { text }) => {
    const { evidence } = JSON.parse(text) as { evidence: unknown };
    expect(diagnose(parseEvidence(JSON.stringify(evidence)))).toEqual(diagnose(parseEvidence(text)));
  });
});
