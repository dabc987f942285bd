import { execa, type ResultPromise } from 'execa';
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import watcher from '../../../src/execution/program/watch.sh';
import { folder } from './executing';

const at = (...path: string[]) => join(folder, ...path);
/** What the programs of the intents were asked, in the order in which they began. */
const asked = async (): Promise<string[]> =>
  (await readFile(at('asked'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
const askedSorted = async () => (await asked()).sort();
const event = (line: string) => appendFile(at('events'), `${line}\n`);
const stopEngine = () => rm(at('engine'), { force: true });

/** `docker events` prints what is added to a file, until there is no engine. */
const docker = () => `#!/bin/sh
echo "$*" >>${at('docker.log')}
tail -n +1 -f ${at('events')} & tail=$!
while [ -e ${at('engine')} ]; do sleep 0.05; done
sleep 0.2
kill $tail`;

const intents: [id: string, when: string][] = [
  ['a', 'docker fw'],
  ['b', 'docker web'],
  ['c', 'podman fw'],
  ['d', 'docker *'],
];

let running: ResultPromise<{ reject: false }>[] = [];
beforeEach(async () => {
  await mkdir(at('bin'));
  await mkdir(at('home'));
  await writeFile(at('engine'), '');
  await writeFile(at('events'), '');
  await writeFile(at('bin/docker'), docker());
  await chmod(at('bin/docker'), 0o755);
  for (const [id, when] of intents)
    await writeFile(at('home', `${id}.sh`), `#!/bin/sh\n# when ${when}\necho "${id} $*" >>${at('asked')}\n`);
});
afterEach(async () => {
  await stopEngine();
  await Promise.all(running);
  running = [];
});

const watch = async () => {
  const program = watcher
    .replace('/etc/sriov-workbench/attachments.d', at('home'))
    .replace('run=/run/sriov-workbench', `run=${at('run')}`);
  const env = { PATH: `${at('bin')}:${process.env['PATH']}` };
  await writeFile(at('watch.sh'), program);
  const one = execa('sh', [at('watch.sh'), 'docker'], { env, reject: false });
  running.push(one);
  return { one };
};
const all = ['a reconcile all', 'b reconcile all', 'd reconcile all'];
const soon = { timeout: 15_000 };

test('subscribes, lets every program of its engine look, and then those that an event may be about', async () => {
  await watch();
  await expect.poll(askedSorted, soon).toEqual(all);
  expect(await readFile(at('docker.log'), 'utf8')).toMatch(/^events --since \d+ .*event=start .*event=die/);
  await rm(at('asked'));
  await event('start fw');
  await expect.poll(askedSorted, soon).toEqual(['a reconcile start', 'd reconcile start']);
  await rm(at('asked'));
  await event('die unknown');
  await expect.poll(askedSorted, soon).toEqual(['d reconcile die']);
});

test('an intent that is added meanwhile is heard of, and one that was removed is not', async () => {
  await watch();
  await expect.poll(askedSorted, soon).toEqual(all);
  await rm(at('asked'));
  await rm(at('home/d.sh'));
  await writeFile(at('home/e.sh'), `#!/bin/sh\n# when docker new\necho "e $*" >>${at('asked')}\n`);
  await event('start new');
  await expect.poll(asked, soon).toEqual(['e reconcile start']);
});

test('ends with its engine, after all have looked once more and none is at work', async () => {
  const { one } = await watch();
  await expect.poll(askedSorted, soon).toEqual(all);
  await writeFile(
    at('home/b.sh'),
    `#!/bin/sh\n# when docker web\nsleep 0.5\necho "b late" >>${at('asked')}\n`,
  );
  await rm(at('asked'));
  await stopEngine();
  await one;
  expect(await askedSorted()).toEqual(['a reconcile all', 'b late', 'd reconcile all']);
});

test('of two watchers one waits, and takes over when the other ends', async () => {
  const { one: first } = await watch();
  await expect.poll(askedSorted, soon).toEqual(all);
  const { one: second } = await watch();
  await expect
    .poll(
      () => readFile(at('docker.log'), 'utf8').then((log) => log.split('\n').filter(Boolean).length),
      soon,
    )
    .toBe(1);
  await event('start fw');
  await expect
    .poll(async () => (await asked()).filter((line) => line === 'a reconcile start'), soon)
    .toHaveLength(1);
  first.kill('SIGKILL');
  await expect
    .poll(
      () => readFile(at('docker.log'), 'utf8').then((log) => log.split('\n').filter(Boolean).length),
      soon,
    )
    .toBe(2);
  await stopEngine();
  expect((await second).stdout).toContain('another watcher of docker runs');
});
