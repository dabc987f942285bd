import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromProbe } from './fromProbe';
import shell from '../../../src/inventory/engines/byFiles.sh';
import client from '../../../src/inventory/engines/client.sh';
import { readEngines } from '../../../src/inventory/engines';
import { sections } from '../../../src/inventory/sections';

const folder = mkdtempSync(join(tmpdir(), 'by-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const id = (letter: string) => letter.repeat(64);

/** What the shell prints on a host with these files and links, and these programs. */
function look(
  does: string,
  files: Record<string, string>,
  { links = {}, programs = [] }: { links?: Record<string, string>; programs?: string[] } = {},
): string {
  const root = mkdtempSync(join(folder, 'root-'));
  const at = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(at(path), text);
  for (const [path, target] of Object.entries(links)) symlinkSync(target.replace(/^ROOT/, root), at(path));
  for (const name of programs)
    writeFileSync(at(`bin/${name}`), '#!/bin/sh\necho "asked $*"\n', { mode: 0o755 });
  const program = `${client}\n${shell}`.replaceAll(
    /(?<=[ (])\/(?=proc|var\/lib\/c|run\/[cd]|etc|usr)/g,
    `${root}/`,
  );
  return execFileSync('sh', ['-s'], {
    input: `${fromProbe()}ask_shims() { echo 'all shims'; }\n${program}\n${does}\n`,
    encoding: 'utf8',
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, HOME: root },
  });
}

const storage = 'var/lib/containers/storage/overlay-containers';

test('Podman’s containers are known by their files, and Podman is not asked', () => {
  const running = 'run/containers/storage/overlay-containers';
  const printed = look(
    'name_kept podman ID /run/podman/podman.sock',
    {
      [`${storage}/${id('a')}/userdata/config.json`]: '{}',
      [`${storage}/${id('b')}/userdata/config.json`]: '{}',
      [`${storage}/containers.json`]: JSON.stringify([
        { id: id('a'), names: ['fw'], image: 'x' },
        { id: id('b'), names: null },
      ]),
      [`${running}/${id('a')}/userdata/pidfile`]: '71',
      [`${running}/volatile-containers.json`]: JSON.stringify([{ id: id('c'), names: ['quick'] }]),
      [`${running}/${id('c')}/userdata/pidfile`]: '72',
    },
    { programs: ['podman'] },
  );
  const { containers } = readEngines(sections(printed, 'N'), { user: 'root', groups: '' });
  const found = containers.find(({ engine }) => engine === 'podman')?.containers;
  expect(found?.map((one) => [one.id, one.name, one.state, one.pid])).toEqual([
    [id('a'), 'fw', 'running', 71],
    [id('b'), '', 'exited', null],
    [id('c'), 'quick', 'running', 72],
  ]);
  expect(printed).not.toContain('asked');
});

test.each([
  ['is not there', {}, 'absent'],
  ['keeps nothing', { programs: ['podman'] }, 'ok'],
])('where it %s, it has no containers', (_, more, says) => {
  const printed = look('name_kept podman ID /run/podman/podman.sock', {}, more);
  const { containers, engines } = readEngines(sections(printed, 'N'), { user: 'root', groups: '' });
  expect(containers.find(({ engine }) => engine === 'podman')?.containers).toEqual([]);
  expect(engines.find(({ engine }) => engine === 'podman')?.status).toBe(says);
});

describe('shims are looked at', () => {
  const tasks = 'run/containerd/io.containerd.runtime.v2.task';
  const own = 'run/docker/containerd/daemon/io.containerd.runtime.v2.task';
  /** What is said where shims run in these folders, each with a file that says which process is its container's. */
  const of = (folders: string[], programs = ['docker']) =>
    look(
      'ask_other_shims',
      Object.fromEntries(
        folders.flatMap((at, index) => [
          [`proc/${index + 1}/comm`, 'containerd-shim\n'],
          [`${at}/init.pid`, `${index + 70}`],
        ]),
      ),
      {
        links: Object.fromEntries(folders.map((at, index) => [`proc/${index + 1}/cwd`, `ROOT/${at}`])),
        programs,
      },
    );

  test.each<[string, string[], string[]?]>([
    [
      'where one is of another namespace than Docker’s',
      [`${tasks}/moby/${id('a')}`, `${tasks}/k8s.io/${id('b')}`],
    ],
    ['where one’s container is only called like that', [`${tasks}/default/moby`]],
    ['where a user made such a folder', [`run/user/1000/io.containerd.runtime.v2.task/moby/${id('a')}`]],
    ['where there is no Docker to list them', [`${tasks}/moby/${id('a')}`], []],
  ])('%s', (_, folders, programs) => {
    expect(of(folders, programs)).toContain('all shims\n');
  });

  test('not where Docker lists them all, or there are none: their folders say which process is whose', () => {
    expect(of([`${tasks}/moby/${id('a')}`, `${own}/moby/${id('b')}`])).toBe(
      `@@N@@ processes docker\n{"Id":"${id('a')}"\n"Pid":70\n{"Id":"${id('b')}"\n"Pid":71\n`,
    );
    expect(of([])).toBe('');
  });

  test('what is listed by Docker’s socket is not asked for each process', () => {
    const printed = look(
      'speaks_to() { :; }; ask_api() { echo "[]"; }; list_socket docker ID /run/docker.sock',
      {},
    );
    expect(printed).toBe('@@N@@ engine docker\nok\n@@N@@ listed docker\n[]\n');
  });
});
