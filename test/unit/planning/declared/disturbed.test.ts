import { describe, expect, test } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { writeDeclared } from '../../../../src/declared/writeDeclared';
import type { Declared } from '../../../../src/model/declared/declared';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { adopted } from '../../../../src/planning/declared/adopted';
import { planDeclared } from '../../../../src/planning/declared/planDeclared';
import { disturbances } from './disturbances';
import { applied } from './simulated';
import { states, visible } from './states';

/** The file that adopt writes of a host, as plan reads it. */
function fileOf(now: HostSnapshot): Declared {
  const { declared, remarks } = adopted(now);
  const read = readDeclared(writeDeclared(declared, remarks));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.declared;
}

const nothing = { differences: [], parts: [], blocks: [] };

describe.each(Object.entries(states))('%s', (_, before) => {
  const declared = fileOf(before);
  const done = disturbances.flatMap(({ act, ...one }) => {
    const disturbed = act(before);
    return disturbed ? [{ ...one, disturbed }] : [];
  });

  test('nothing differs from its file', () => {
    expect(planDeclared(before, declared)).toMatchObject(nothing);
  });

  // No file says that a VF is kept for one container and is in another.
  test.each(before.kept.length === 0 ? done : [])(
    '$what: nothing differs from a file of that',
    ({ disturbed }) => {
      expect(planDeclared(disturbed, fileOf(disturbed))).toMatchObject(nothing);
    },
  );

  test.each(done)('$what: it is named, and applying the file puts it right', ({ named, disturbed }) => {
    const { differences, blocks } = planDeclared(disturbed, declared);
    // Of a container that the file doesn't mention, a VF is only taken if the file says so.
    expect(blocks.filter((line) => !line.endsWith('set onHolders: detach in the file.'))).toEqual([]);
    const file: Declared = blocks.length > 0 ? { ...declared, onHolders: 'detach' } : declared;
    const lines = differences.map(({ subject, what, from, to }) => `${subject}: ${what} ${from} → ${to}`);
    expect(lines.filter((line) => named.test(line))).not.toEqual([]);
    expect(visible(applied(disturbed, file).after)).toEqual(visible(before));
  });
});

test('each of them disturbs some state', () => {
  const idle = disturbances.filter(({ act }) => Object.values(states).every((now) => act(now) === undefined));
  expect(idle.map(({ what }) => what)).toEqual([]);
});
