import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import verbs from '../../../src/execution/program/userspaceVerbs.sh';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  mkdirSync(join(folder, 'node1/hugepages/hugepages-2048kB'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, 'node1/hugepages/hugepages-2048kB', name);
const have = (total: number, free = total) => {
  writeFileSync(file('nr_hugepages'), `${total}\n`);
  writeFileSync(file('free_hugepages'), `${free}\n`);
};
const number = () => Number(readFileSync(file('nr_hugepages'), 'utf8'));
const run = (command: string): string =>
  execFileSync('sh', ['-s'], {
    input: `${verbs.replaceAll('/sys/devices/system/node', folder)}\n${command}\n`,
    encoding: 'utf8',
  });

test('are raised, and not when there are more', () => {
  have(2);
  run('raise_huge_pages 1 2048 8');
  expect(number()).toBe(8);
  run('raise_huge_pages 1 2048 4');
  expect(number()).toBe(8);
});

test('are given back, but for those that are in use', () => {
  have(8);
  expect(run('lower_huge_pages 1 2048 2')).toBe('');
  expect(number()).toBe(2);
  have(8, 3);
  expect(run('lower_huge_pages 1 2048 2')).toBe('5 pages of 2048 kB are in use and stay\n');
  expect(number()).toBe(5);
});

test('nothing is left to give back where there are fewer, or none of that size', () => {
  have(1);
  run('lower_huge_pages 1 2048 2');
  expect(number()).toBe(1);
  expect(run('lower_huge_pages 0 2048 2')).toBe('');
});

test('that they are as they were is seen', () => {
  have(3);
  run('huge_pages_are 1 2048 3');
  expect(() => run('huge_pages_are 1 2048 4')).toThrow();
});
