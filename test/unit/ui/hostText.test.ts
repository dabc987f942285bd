import { expect, test } from 'vitest';
import { label, lines, message, oneLine } from '../../../src/ui/hostText';

test('a row stays one line, whatever an interface alias holds', () => {
  expect(oneLine('a\nb\tc')).toBe('a\ufffdb\ufffdc');
  expect(oneLine('fw\u202egnp')).toBe('fw\ufffdgnp');
  expect(oneLine('Gerät 日本 · →')).toBe('Gerät 日本 · →');
});

test('a name draws no icon', () => {
  expect(label('$(trash)')).toBe('\\$(trash)');
  expect(label('$(touch /tmp/pwned);\'"`')).toBe('\\$(touch /tmp/pwned);\'"`');
});

test('a notification has no link but ours', () => {
  expect(message('[click](command:evil)')).toBe('[click] (command:evil)');
});

test('a document keeps its lines and loses the tricks', () => {
  expect(lines('a\n\tb\u0007')).toBe('a\n  b\ufffd');
});
