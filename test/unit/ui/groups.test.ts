import { expect, test } from 'vitest';
import { plain, type Arrangement } from '../../../src/ui/arranging/arrangement';
import { containerRows } from '../../../src/ui/tree/containers';
import { bareHost, container } from '../hosts/host';

const shop = { composeProject: 'shop' };
const snapshot = bareHost({
  containers: [
    container('shop-web-1', { ...shop, composeService: 'web', group: 'front' }),
    container('shop-db-1', { ...shop, composeService: 'db', state: 'exited' }),
    container('shop-pod', { ...shop, engine: 'podman' }),
    container('alone', { group: 'front' }),
    container('blue', { engine: 'netns', id: 'blue' }),
  ],
});
const tree = (grouping: Arrangement['grouping']) =>
  containerRows(snapshot, { ...plain, grouping }).map(
    ({ label, description, children }) =>
      `${label} (${description}): ${children.map((one) => one.label).join(', ')}`,
  );

test('a compose project is a row; who is of none is below the engine', () => {
  expect(tree('project')).toEqual([
    'shop (1 running · Docker): shop-web-1, shop-db-1',
    'shop (1 running · Podman): shop-pod',
    'Docker (1 running): alone',
    'Network Namespaces (1): blue',
  ]);
});

test('by engine there are no others', () => {
  expect(tree('engine')).toEqual([
    'Docker (2 running): alone, shop-web-1, shop-db-1',
    'Podman (1 running): shop-pod',
    'Network Namespaces (1): blue',
  ]);
});

test('by label, of whichever engine', () => {
  expect(tree('group')).toEqual([
    'front (2 running): alone, shop-web-1',
    'Docker (0 running): shop-db-1',
    'Podman (1 running): shop-pod',
    'Network Namespaces (1): blue',
  ]);
});

test('a container is the same row wherever it is', () => {
  const ids = (grouping: Arrangement['grouping']) =>
    containerRows(snapshot, { ...plain, grouping })
      .flatMap(({ children }) => children.map(({ id }) => id))
      .sort();
  expect(ids('project')).toEqual(ids('engine'));
  expect(ids('group')).toEqual(ids('engine'));
});

test('a project says aloud what it is, and names its services', () => {
  const [first, second] = containerRows(snapshot);
  expect(first).toMatchObject({
    spoken: 'Compose project shop, 1 running, Docker',
    tooltip: expect.arrayContaining([['Services', 'web, db']]) as unknown,
  });
  expect(second?.id).not.toBe(first?.id);
});

test('a name that is no plain text is one line of it', () => {
  const hostile = bareHost({ containers: [container('x', { composeProject: 'a\nb\u202e' })] });
  expect(containerRows(hostile)[0]?.label).toBe('a�b�');
});
