import { expect, test } from 'vitest';
import { isRefusal } from '../../../src/model/plan';
import { resolveContainer } from '../../../src/planning/resolve';
import { container, host } from '../hosts/host';

const id = (letter: string) => letter.repeat(64);
const fw = { ...container('fw'), id: id('a') };
const rootless = (name: string, letter = 'b', rootlessOf = 'plain') => ({
  ...container('router'),
  ...{ id: id(letter), engine: 'podman' as const, name, rootlessOf },
});
const resolved = (given: string, ...more: ReturnType<typeof rootless>[]) => {
  const found = resolveContainer(host({ containers: [...more, fw] }), given);
  return isRefusal(found) ? found.reason : found.id;
};

test.each([
  ['its name', 'fw', rootless('fw')],
  ['its short id as a name', id('a').slice(0, 12), rootless(id('a').slice(0, 12))],
  ['its id as a name', id('a'), rootless(id('a'))],
  ['an id that begins like its own', 'aaaa', rootless('other', 'a')],
])(
  'a user who gives a container of theirs %s does not get what is requested for root’s',
  (_, given, theirs) => {
    expect(resolved(given, theirs)).toBe(id('a'));
  },
);

test('a rootless container is chosen where none of root’s fits, and two of them are told apart by whose they are', () => {
  expect(resolved('db', rootless('db'))).toBe(id('b'));
  expect(resolved('db', rootless('db'), rootless('db', 'c', 'nfv'))).toMatch(
    /matches 2 containers: db \(rootless of plain, podman b{12}\), db \(rootless of nfv, podman c{12}\)/,
  );
});
