import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { casesIn } from './cases';
import { sourcedPhrases } from './data/sourcedPhrases';

const rules = ['diagnostics', 'boot'].map((room) => join(__dirname, '../../../src', room));
const samples = join(__dirname, '../../fixtures/evidence');

const texts = casesIn(samples).flatMap(({ form, text }) =>
  form === 'text' ? [] : [(form === 'JSON' ? JSON.stringify(evidenceOf(text)) : text).toLowerCase()],
);
function evidenceOf(text: string): unknown {
  return (JSON.parse(text) as { evidence: unknown }).evidence;
}
const sources = rules.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(room, file), 'utf8')),
);

const literal =
  /(?<=[\s(,!:=&|])\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*)\/[a-z]*(?=[\s.,;)])/g;
const shortest = 12;

/** What a regular expression says word for word. */
const phrasesOf = (pattern: string): string[] =>
  pattern
    .replace(/\[(?:\\.|[^\]\\])*\][*+?]?|\\[bBdDwWsS][*+?]?|\{[\d,]+\}|\(\?[:!=<]+/g, '|')
    .replace(/\\(.)/g, '$1')
    .split(/[|()^$*+?.]/)
    .map((phrase) => phrase.trim().toLowerCase())
    .filter((phrase) => phrase.length >= shortest);

const phrases = new Set(
  sources.flatMap((text) => [...text.matchAll(literal)].flatMap(([, pattern = '']) => phrasesOf(pattern))),
);
const inOneSample = [...phrases].filter(
  (phrase) => texts.filter((text) => text.includes(JSON.stringify(phrase).slice(1, -1))).length === 1,
);

test('the phrases of the rules are found', () => {
  expect(phrases.size).toBeGreaterThan(250);
  expect([...phrases]).toEqual(
    expect.arrayContaining(['not enough mmio resources for sr-iov', 'no driver bound to device']),
  );
});

test('no rule quotes a phrase of one sample only, unless the kernel or a program says it', () => {
  expect(inOneSample.filter((phrase) => !(phrase in sourcedPhrases))).toEqual([]);
});

test('the list has nothing that no rule says', () => {
  expect(Object.keys(sourcedPhrases).filter((phrase) => !phrases.has(phrase))).toEqual([]);
});
