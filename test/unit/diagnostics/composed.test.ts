import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { composedHosts } from './data/composedHosts';
import { verdict } from './verdict';

describe("hosts composed from the kernel's sources", () => {
  test.each(Object.entries(composedHosts))('%s', (_, { given, cause, free = [], purpose }) => {
    const evidence = parseEvidence(typeof given === 'string' ? given : JSON.stringify(given));
    expect(verdict(diagnose(evidence, purpose), { cause, secondary_causes: free })).toEqual([]);
  });
});
