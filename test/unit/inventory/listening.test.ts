import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { listening, type Heard } from '../../../src/inventory/events/listen';

const folder = mkdtempSync(join(tmpdir(), 'listening-'));
const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sources = ['ip', 'udevadm', 'docker'];

/** Runs the program with sources that print what the test says; a sign of life comes each second. */
function listen(without: string[] = []) {
  const root = mkdtempSync(join(folder, 'host-'));
  mkdirSync(join(root, 'bin'));
  const put = (name: string, script: string) =>
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const out = (name: string) => join(root, `${name}.out`);
  for (const name of sources) {
    writeFileSync(out(name), '');
    put(name, `[ "$1" != ps ] || exit 0\necho $$ >>'${root}/${name}.pid'\nexec tail -n +1 -f '${out(name)}'`);
  }
  put('podman', 'exit 125');
  // Whatever else this machine has is not to be heard.
  put('stdbuf', 'exit 1');
  without.forEach((name) => rmSync(join(root, 'bin', name)));
  const { program, heardIn } = listening(0, 1);
  const path = `${join(root, 'bin')}:${process.env.PATH ?? ''}`;
  const child = spawn('sh', ['-s'], { env: { PATH: path }, stdio: ['pipe', 'pipe', 'ignore'] });
  running.push(child);
  child.stdin.on('error', () => {});
  child.stdin.end(program);
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const pids = (name: string) => {
    const file = join(root, `${name}.pid`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
  };
  return {
    child,
    program,
    lines,
    heard: () => lines.map((line) => heardIn(line)),
    prints: (name: string, text: string) => appendFileSync(out(name), text),
    pid: (name: string) => pids(name).at(-1) ?? 0,
    processes: () => sources.flatMap(pids).filter(isAlive),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

type Listened = ReturnType<typeof listen>;
const soon = { timeout: 8000, interval: 20 };
const hears = async ({ heard }: Listened, ...expected: Partial<Heard>[]) => {
  for (const one of expected)
    await vi.waitFor(() => expect(heard()).toContainEqual(expect.objectContaining(one)), soon);
};
const all = sources.map((source) => ({ kind: 'hears' as const, source }));
const count = ({ heard }: Listened, kind: Heard['kind']) =>
  heard().filter((one) => one?.kind === kind).length;
const narrow: Heard = { kind: 'changed', touched: {} };

describe.skipIf(process.platform !== 'linux')('listening to a host', { timeout: 30_000 }, () => {
  test('says what it hears, that it hears no more, and that it is there', async () => {
    const host = listen();
    await hears(host, { kind: 'began' }, ...all, { kind: 'deaf', source: 'podman' });
    expect(count(host, 'changed')).toBe(0);
    host.prints('ip', '2: eth0: <UP>\n');
    await hears(host, narrow);
    host.prints('docker', 'container start web\n');
    await hears(host, { kind: 'changed', touched: { engines: ['docker'], everyNamespace: true } });
    await hears(host, { kind: 'beat' });
  });

  test('passes on nothing that a source prints', async () => {
    const host = listen();
    await hears(host, ...all);
    const nonce = /@@\w+@@/.exec(host.program)![0];
    host.prints(
      'ip',
      `${nonce} engine docker\n$(touch ${folder}/forged)\n\`id\`\n%s\n${nonce} deaf udevadm\n`,
    );
    await hears(host, narrow);
    await vi.waitFor(() => expect(count(host, 'beat')).toBeGreaterThan(1), soon);
    expect(host.heard().filter((one) => one?.kind === 'changed')).toEqual([narrow]);
    expect(host.heard()).not.toContainEqual(expect.objectContaining({ kind: 'deaf', source: 'udevadm' }));
    expect(host.lines.every((line) => line.startsWith(`${nonce} `))).toBe(true);
    expect(existsSync(join(folder, 'forged'))).toBe(false);
  });

  test('a burst of 500 events is a few lines', async () => {
    const host = listen();
    await hears(host, ...all);
    for (let at = 0; at < 500; at += 1) host.prints('udevadm', `KERNEL[${at}] add /devices/x (net)\n\n`);
    await hears(host, narrow);
    await vi.waitFor(() => expect(count(host, 'beat')).toBeGreaterThan(2), soon);
    expect(count(host, 'changed')).toBeLessThan(20);
  });

  test('a source that ends is listened to again', async () => {
    const host = listen();
    await hears(host, ...all, { kind: 'beat' });
    const before = host.pid('docker');
    process.kill(before);
    await hears(host, { kind: 'deaf', source: 'docker' });
    await vi.waitFor(() => expect(host.pid('docker')).not.toBe(before), soon);
    host.prints('docker', 'container die web\n');
    await hears(host, { kind: 'changed', touched: { engines: ['docker'], everyNamespace: true } });
  });

  test('what is not there is not heard, and the rest is', async () => {
    const host = listen(['docker']);
    await hears(host, { kind: 'hears', source: 'ip' }, { kind: 'hears', source: 'udevadm' });
    await hears(host, { kind: 'beat' });
    expect(host.heard()).not.toContainEqual(expect.objectContaining({ kind: 'hears', source: 'docker' }));
  });

  test.each<[string, (host: Listened) => void]>([
    ['nobody reads it', ({ child }) => child.stdout?.destroy()],
    [
      'its first process is killed and nobody reads it',
      ({ child }) => {
        child.kill('SIGKILL');
        child.stdout?.destroy();
      },
    ],
  ])('all of it ends when %s', async (_, end) => {
    const host = listen();
    await hears(host, ...all, { kind: 'beat' });
    expect(host.processes()).toHaveLength(sources.length);
    end(host);
    await vi.waitFor(() => expect(host.processes()).toEqual([]), soon);
  });
});
