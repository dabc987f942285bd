import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromProbe } from './fromProbe';
import shell from '../../../src/inventory/engines/client.sh';
import { readEngines } from '../../../src/inventory/engines';
import { sections } from '../../../src/inventory/sections';

const folder = mkdtempSync(join(tmpdir(), 'kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const id = (letter: string) => letter.repeat(64);

interface Host {
  /** Folders below the root. */
  folders?: string[];
  /** What Podman knows; what it inspects is called like the first letter of its id. */
  known?: string[];
  settings?: string;
  uid?: number;
  environment?: Record<string, string>;
}

/** The shell with a Podman that keeps containers in the usual places, and says what it was asked. */
function look({ folders = [], known = [], settings, uid = 0, environment = {} }: Host) {
  const root = mkdtempSync(join(folder, 'root-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  for (const one of folders) mkdirSync(join(root, one), { recursive: true });
  if (settings !== undefined) put('etc/containers/storage.conf', settings);
  put(
    'bin/podman',
    `#!/bin/sh
echo "$1" >>${root}/asked
case $1 in ps) echo ${id('c')}; exit ;; esac
for id; do case $id in ${known.map((one) => `${one} |`).join(' ')} ${id('c')}) printf '{"id":"%s","name":"%.1s","state":"running","pid":7}\\n' "$id" "$id" ;; esac; done
`,
  );
  writeFileSync(join(root, 'asked'), '');
  const stdout = execFileSync('/bin/sh', ['-s'], {
    input: `${fromProbe(uid)}${shell.replaceAll(/(?<=[ (])\/(?=var\/lib\/c|run\/c|etc|usr)/g, `${root}/`)}\nask_kept podman ID ${root}/podman.sock\n`,
    encoding: 'utf8',
    env: { PATH: `${root}/bin:/usr/bin:/bin`, HOME: root, ...environment },
  });
  const { engines, containers } = readEngines(sections(stdout, 'N'), { user: 'root', groups: '' });
  const find = <One extends { engine: string }>(all: One[]) => all.find(({ engine }) => engine === 'podman');
  return {
    status: find(engines)?.status,
    containers: (find(containers)?.containers ?? []).map(({ name }) => name),
    asked: execFileSync('cat', [join(root, 'asked')], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean),
  };
}

const storage = 'var/lib/containers/storage';

test('where no container is kept, Podman is not asked', () => {
  expect(look({ folders: [`${storage}/libpod/tmp`] })).toEqual({ status: 'ok', containers: [], asked: [] });
});

test('what is kept is inspected at once, wherever it is kept', () => {
  const folders = [
    ...[`${storage}/overlay-containers/${id('a')}/userdata`, `${storage}/libpod/${id('a')}`],
    ...[`${storage}/libpod/${id('b')}`, `run/containers/storage/overlay-containers/${id('d')}`],
  ];
  expect(look({ folders, known: [id('a'), id('b'), id('d')] })).toEqual({
    ...{ status: 'ok', containers: ['a', 'b', 'd'], asked: ['inspect'] },
  });
});

test('what another program keeps there is no container of Podman’s', () => {
  const folders = [`${storage}/overlay-containers/${id('a')}`, `${storage}/overlay-containers/${id('b')}`];
  expect(look({ folders, known: [id('a')] }).containers).toEqual(['a']);
});

test.each<[string, Host]>([
  ['by whoever is not root', { uid: 1000 }],
  ['where the environment leads elsewhere', { environment: { CONTAINER_HOST: 'ssh://other' } }],
  ['where its storage is elsewhere', { settings: '[storage]\ngraphroot = "/srv/containers"\n' }],
  ['where it knows nothing of what is kept', { folders: [`${storage}/overlay-containers/${id('a')}`] }],
])('it is asked for all it has %s', (_, host) => {
  expect(look(host).containers).toEqual(['c']);
});

test('settings that name the usual place change nothing', () => {
  const settings =
    '[storage]\nrunroot = "/run/containers/storage"\ngraphroot = "/var/lib/containers/storage"\n';
  expect(look({ settings }).asked).toEqual([]);
});
