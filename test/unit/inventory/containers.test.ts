import { expect, test } from 'vitest';
import { containersOf } from '../../../src/inventory/containers';

const one = { id: 'a', name: 'pod', image: null, state: 'running', pid: 7, networkMode: null };
const names = [
  { inode: 5, name: 'cni-4f0a' },
  { inode: 5, name: 'mine' },
  { inode: 6, name: 'cni-77' },
];
const listed = (engine: 'docker' | 'containerd') =>
  containersOf([{ engine, containers: [one] }], names, [], new Map([[7, 5]]), new Set()).map(
    ({ name }) => name,
  );

test('a namespace that has a name by the engine alone is there once, as the pod whose it is', () => {
  expect(listed('containerd')).toEqual(['pod', 'mine', 'cni-77']);
  expect(listed('docker')).toEqual(['pod', 'cni-4f0a', 'mine', 'cni-77']);
});
