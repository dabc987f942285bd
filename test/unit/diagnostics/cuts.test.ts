import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { casesIn } from './cases';
import { contradictions, cut, isText, mixture, numbers } from './cuts';

const cases = casesIn(join(__dirname, '../../fixtures/evidence')).filter(isText);
const [healthy, ill] = [
  cases.filter(({ truth }) => truth.cause === 'healthy'),
  cases.filter(({ truth }) => truth.cause !== 'healthy'),
];
/** `npm run test:evidence -- --cuts 10000` takes as many as it is told. */
const times = 400;

test('parts of healthy hosts, mixed, raise no alarm', () => {
  const random = numbers(1);
  for (let at = 0; at < times; at++) {
    const { text, free } = mixture(healthy, random);
    const alarms = diagnose(parseEvidence(`$\n${text}`))
      .filter(({ severity, cause }) => /error|warning/.test(severity) && !free.includes(cause))
      .map(({ id }) => id);
    expect(alarms, text).toEqual([]);
  }
});

test('a part of an unhealthy one is read, and said nothing of that excludes itself', () => {
  const random = numbers(2);
  for (let at = 0; at < times; at++) {
    const text = cut(ill[at % ill.length]?.text ?? '', random);
    expect(contradictions(diagnose(parseEvidence(`$\n${text}`))), text).toEqual([]);
  }
});

test('what excludes itself is found', () => {
  const finding = (cause: 'mmio-too-small' | 'bus-out-of-range', severity: 'error' | 'pass') => ({
    ...{ id: cause, cause, severity, subject: '0000:05:00.0', evidence: ['a line'] },
    ...{ title: '', explanation: '', fixes: [] },
  });
  expect(
    contradictions([finding('mmio-too-small', 'error'), finding('bus-out-of-range', 'error')]),
  ).toHaveLength(1);
  expect(
    contradictions([finding('mmio-too-small', 'error'), finding('mmio-too-small', 'pass')]),
  ).toHaveLength(1);
});
