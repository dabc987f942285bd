import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { terminalProgram, type TerminalRequest } from '../../../src/execution/terminalProgram';

/** What a person would read, with what no shell may take for more than text. */
const says = {
  begin: `in it's $(name)`,
  gone: 'gone `id`',
  noRoot: 'no root',
  notYours: 'not yours',
  close: 'Enter… ',
};

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'terminal-program-'));
  put('nsenter', 'echo "nsenter $1"; shift; "$@"');
  put('sudo', 'echo "sudo"; shift; SUDONE=yes "$@"');
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

function put(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** Runs it as a user of that id, who presses Enter at everything. */
function opened(request: TerminalRequest, uid = 0): string[] {
  put('id', `case $1 in -un) echo alice ;; *) [ -n "$SUDONE" ] && echo 0 || echo ${uid} ;; esac`);
  const { stdout, stderr } = spawnSync('sh', ['-c', terminalProgram(request)], {
    input: '\n\n\n',
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin` },
  });
  return `${stdout}${stderr}`.split('\n').filter(Boolean);
}

const path = '/proc/self/ns/net';
const inode = statSync(path).ino;
const inNamespace = (
  more: Partial<Extract<TerminalRequest, { kind: 'namespace' }>> = {},
): TerminalRequest => ({
  ...{ kind: 'namespace', says, namespace: { path, inode, owner: null } },
  run: ['echo', `it's`, '$(run)'],
  ...more,
});

describe('a network namespace', () => {
  test('is entered as it was seen; what was run there can be read before the terminal closes', () => {
    expect(opened(inNamespace())).toEqual([
      `in it's $(name)`,
      'nsenter --net=/proc/self/fd/7',
      `it's $(run)`,
      'Enter… ',
    ]);
  });

  test('is entered as root: by sudo where the login is not', () => {
    expect(opened(inNamespace(), 1000)[0]).toBe('sudo');
  });

  test('that is another one by now is not entered', () => {
    const other = { path, inode: 1, owner: null };
    expect(opened(inNamespace({ namespace: other }))).toEqual(['gone `id`', 'Enter… ']);
  });

  test('of which only the process is known is not entered when the process is no child of the engine', () => {
    const owner = { pid: process.pid, containerId: 'fw', engine: 'containerd' as const };
    const namespace = { path: `/proc/${process.pid}/ns/net`, inode: null, owner };
    expect(opened(inNamespace({ namespace }))).toEqual(['gone `id`', 'Enter… ']);
  });

  test('of which only the process is known is entered when the engine knows that process', () => {
    put('docker', `echo ${process.pid}`);
    const owner = { pid: process.pid, containerId: 'fw', engine: 'docker' as const };
    const namespace = { path: `/proc/${process.pid}/ns/net`, inode: null, owner };
    expect(opened(inNamespace({ namespace }))).toContain(`it's $(run)`);
  });

  test('needs root, and says so where there is no sudo', () => {
    rmSync(join(bin, 'sudo'));
    put('id', 'echo 1000');
    const { stdout } = spawnSync('/bin/sh', ['-c', terminalProgram(inNamespace())], {
      ...{ input: '\n', encoding: 'utf8', env: { PATH: bin } },
    });
    expect(stdout).toBe('no root\nEnter… ');
  });
});

describe('a container', () => {
  const inContainer: TerminalRequest = { kind: 'container', engine: 'docker', id: 'fw', says };
  const docker = (pid: string) =>
    put('docker', `[ "$1" = exec ] && echo docker "$@" || { [ -n "$SUDONE" ] || ${pid}; }`);

  test('has its shell run as the user, where the engine lets them', () => {
    docker('echo 70');
    const [first, ran] = opened(inContainer, 1000);
    expect(first).toBe(`in it's $(name)`);
    expect(ran).toMatch(/^docker exec -it fw sh -c .*bash/);
  });

  test('has it run by sudo, where it doesn’t', () => {
    put('docker', '[ -n "$SUDONE" ] || exit 1; [ "$1" = exec ] && echo docker "$@" || echo 70');
    expect(opened(inContainer, 1000)[0]).toBe('sudo');
    expect(opened(inContainer, 1000).join()).toContain('docker exec -it fw');
  });

  test('that ended meanwhile is not opened', () => {
    docker('echo 0');
    expect(opened(inContainer)).toEqual(['gone `id`', 'Enter… ']);
  });

  test('without a shell keeps what its engine says until it was read', () => {
    put('docker', '[ "$1" = exec ] && { echo no shell; exit 127; } || echo 70');
    expect(opened(inContainer)).toEqual([`in it's $(name)`, 'no shell', 'Enter… ']);
  });

  test('of a user is opened for that user alone, without sudo', () => {
    put('podman', '[ "$1" = exec ] && echo podman "$@" || echo 70');
    const rootless: TerminalRequest = { ...inContainer, engine: 'podman', user: 'alice' };
    expect(opened(rootless, 1000).join()).toContain('podman exec -it fw');
    expect(opened({ ...rootless, user: 'bob' }, 1000)).toEqual(['not yours', 'Enter… ']);
  });
});
