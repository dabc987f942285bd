import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { families } from '../../../src/diagnostics/rules/families';
import { causes } from '../../../src/model/finding';
import { ruleCases } from './data/ruleCases';

const rules = families.flatMap((family) => family.rules);

describe('each rule speaks up where it should', () => {
  test.each(ruleCases.map((c, at) => [`${c.rule} #${at}`, c] as const))(
    '%s',
    (_, { rule, cause, severity, purpose, evidence }) => {
      const found = diagnose(evidence, purpose).filter((finding) => finding.id === rule);
      expect(found.map((finding) => ({ cause: finding.cause, severity: finding.severity }))).toEqual([
        { cause, severity },
      ]);
    },
  );
});

test('every rule has a case, and ids are unique', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !ruleCases.some(({ rule }) => rule === id))).toEqual([]);
  expect(ruleCases.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
});

test('every cause of the vocabulary has a rule that can call it an error or a warning', () => {
  const called = new Set(
    ruleCases
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ cause }) => cause),
  );
  expect(causes.filter((cause) => !called.has(cause))).toEqual([]);
});

test('every finding that is bad says what to do, and each fix that costs something says so', () => {
  for (const { evidence, purpose } of ruleCases)
    for (const finding of diagnose(evidence, purpose)) {
      expect(finding.title, finding.id).toMatch(/^\S.*[^.\s]$/);
      expect(finding.explanation, finding.id).toMatch(/^\S[^]*[.:]$/);
      for (const fix of finding.fixes)
        if (fix.kind === 'kernel-args' && /assign-busses|realloc/.test(fix.summary))
          expect(fix.risk, finding.id).toBeTruthy();
    }
});

test('what a finding quotes was in the evidence', () => {
  for (const { evidence, purpose } of ruleCases.filter((c) => !c.evidence.live)) {
    const given = JSON.stringify(evidence);
    for (const finding of diagnose(evidence, purpose))
      for (const line of finding.evidence) {
        const parts = line.split(/[\s:=]+/).filter((part) => part.length > 3);
        expect(
          parts.filter((part) => !given.includes(JSON.stringify(part).slice(1, -1))),
          `${finding.id}: ${line}`,
        ).toEqual([]);
      }
  }
});
