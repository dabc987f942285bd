import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { engineShell } from '../../../src/execution/engineShell';
import namespaces from '../../../src/execution/program/namespaces.sh';
import { engines } from '../../../src/model/engines';

const root = mkdtempSync(join(tmpdir(), 'engine-shell-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode: 0o755 });
};

/** Runs a command with the functions of the executor, on a made-up /proc where every command of an engine says that it ran. */
function run(command: string): { status: number | null; stdout: string } {
  for (const { name } of engines) put(`bin/${name}`, `#!/bin/sh\necho ran ${name} "$@"\n`);
  put('bin/stat', '#!/bin/sh\nshift 3\nfor path; do echo 40; done\n');
  const input = `${engineShell}\n${namespaces}`.replaceAll('/proc/', `${root}/proc/`);
  return spawnSync('sh', ['-s'], {
    input: `${input}\n${command}\n`,
    encoding: 'utf8',
    env: { PATH: `${root}/bin:/usr/bin:/bin` },
  });
}

function shim(comm: string, ...argv: string[]): void {
  put('proc/70/status', 'PPid:\t10\n');
  put('proc/10/status', 'Uid:\t0\t0\t0\t0\n');
  put('proc/10/comm', `${comm}\n`);
  put('proc/10/cmdline', argv.map((one) => `${one}\0`).join(''));
}

test('an engine without a command is never asked by one', () => {
  const ran = (name: string) => run(`engine_pid ${name} ID`).stdout;
  expect(ran('docker')).toBe('ran docker inspect --format {{.State.Pid}} ID\n');
  expect(ran('podman')).toBe('ran podman inspect --format {{.State.Pid}} ID\n');
  expect(ran('containerd')).toBe('');
});

test.each([
  ['a container of its shim', 'containerd-shim', 'default/fw', 'containerd', 0],
  ['a container of Docker’s', 'containerd-shim', 'fw', 'docker', 0],
  ['one of root’s Podman', 'conmon', 'fw', 'podman', 0],
  ['a container with another id', 'containerd-shim', 'default/web', 'containerd', 1],
  ['a child of another process', 'sh', 'default/fw', 'containerd', 1],
  ['a child of another engine’s process', 'conmon', 'default/fw', 'containerd', 1],
  ['a container of an engine that there is none of', 'containerd-shim', 'fw', 'lxc', 1],
])('%s', (_, comm, id, engine, status) => {
  shim(comm, '-namespace', 'default', '-id', 'fw');
  expect(run(`is_child_of_engine 70 ${id} ${engine} ''`).status).toBe(status);
});
