import { expect, test } from 'vitest';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { readDeclared } from '../../../src/declared/readDeclared';
import { goodFile } from './goodFile';

/** Each value of the good file: where it is, and what it is. */
function values(): { from: number; to: number; line: number; value: unknown; key: string }[] {
  const lines = new LineCounter();
  const found: ReturnType<typeof values> = [];
  visit(parseDocument(goodFile, { lineCounter: lines }), {
    Scalar(place, { range, value }, path) {
      if (place === 'key' || !range) return;
      const [from, to] = range;
      const pair = path.findLast((one) => 'key' in one);
      const key = pair && 'key' in pair && isScalar(pair.key) ? String(pair.key.value) : '';
      found.push({ from, to, line: lines.linePos(from).line, value, key });
    },
  });
  return found;
}

test('a value of another kind, or out of its range, is an error on its line', () => {
  const all = values();
  const mutations = all.flatMap((one) => [
    ...['{a: 1}', '[1]', '[[]]', 'null'].map((instead) => ({ ...one, instead })),
    ...(typeof one.value === 'number' && one.key !== 'vfRange'
      ? ['-1', '1.5', '1e12', '.nan', '.inf', '0x7fffffff', '"1"', 'true'].map((instead) => ({ ...one, instead }))
      : []),
    ...(one.value === 'off' || one.value === 'on'
      ? ['On', 'yes', '1', '""'].map((instead) => ({ ...one, instead }))
      : []),
  ]); // prettier-ignore
  expect(mutations.length).toBeGreaterThan(200);
  for (const { from, to, line, key, instead } of mutations) {
    const read = readDeclared(goodFile.slice(0, from) + instead + goodFile.slice(to));
    expect('problems' in read ? read.problems.map((one) => one.line) : 'read', `${key}: ${instead}`).toContain(line); // prettier-ignore
  }
});
