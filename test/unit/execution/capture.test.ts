import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  captureProgram,
  filterProgram,
  obstacles,
  type CaptureOrder,
} from '../../../src/execution/wire/captureProgram';
import { localHost } from '../../../src/host/local';
import { hostileText } from '../../hostileText';

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'capture-'));
  put('id', 'echo 0');
  put('ip', '[ "$4" != gone0 ]');
  put('nsenter', `echo "$1" >${bin}/entered; shift; exec "$@"`);
  put(
    'tcpdump',
    `case " $* " in *' -d '*)
      for filter; do :; done
      case $filter in bad*) echo "tcpdump: can't parse filter expression: syntax error" >&2; exit 1 ;; esac
      exit ;;
    esac
    printf '%s\\0' "$@" >${bin}/argv
    echo $$ >${bin}/pid
    trap 'echo "3 packets captured" >&2; echo "1 packet dropped by kernel" >&2; exit 0' TERM
    printf 'packets'
    case " $* " in *' -c '*) exit ;; esac
    while :; do sleep 0.1; done`,
  );
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(bin, { recursive: true, force: true });
});

function put(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

const order = (more: Partial<CaptureOrder> = {}): CaptureOrder => ({
  ...{ device: 'eth1', namespace: null, filter: '', carriesSsh: false, as: 'packets', count: 5 },
  ...more,
});
/** Runs it for a reader who goes at once; `ssh` is what sshd said of the connection. */
function run(program: string, ssh = '10.0.0.2 50000 10.0.0.1 2222') {
  const argv = ['-c', `exec 9</dev/null\n${program}`, 'sh', ssh];
  const { status, stdout, stderr } = spawnSync('sh', argv, { encoding: 'utf8' });
  return { status, stdout, stderr };
}
const argv = () => readFileSync(join(bin, 'argv'), 'utf8').split('\0').slice(0, -1);
const filterOf = () => argv().at(-1);

describe('what is run', () => {
  test('is tcpdump with its own words, and only packets come out', () => {
    expect(run(captureProgram(order()))).toMatchObject({ status: 0, stdout: 'packets' });
    expect(argv()).toEqual(['-i', 'eth1', '-U', '-w', '-', '-s', '0', '-c', '5', '--', '']);
    run(captureProgram(order({ as: 'text' })));
    expect(argv()).toEqual(['-i', 'eth1', '-n', '-l', '-s', '0', '-c', '5', '--', '']);
  });

  test('is in the namespace that was seen, and in no other', () => {
    const path = '/proc/self/ns/net';
    const namespace = { path, inode: statSync(path).ino, owner: null };
    expect(run(captureProgram(order({ namespace }))).status).toBe(0);
    expect(readFileSync(join(bin, 'entered'), 'utf8')).toBe('--net=/proc/self/fd/7\n');
    rmSync(join(bin, 'argv'));
    const { status } = run(captureProgram(order({ namespace: { ...namespace, inode: 1 } })));
    expect(obstacles[status as 83]).toBe('gone');
    expect(existsSync(join(bin, 'argv'))).toBe(false);
  });

  test('has a filter of any text as one word, and runs nothing of it', () => {
    fc.assert(
      fc.property(
        hostileText.filter((text) => !text.startsWith('bad')),
        (filter) => {
          expect(run(captureProgram(order({ filter }))).status).toBe(0);
          expect(filterOf()).toBe(filter);
        },
      ),
      {
        numRuns: 40,
        examples: [['icmp; touch /tmp/x'], ['$(touch /tmp/x)'], ['`id`'], ["-w '/tmp/x'"], ['\n"']],
      },
    );
  }, 60_000);

  test('leaves the port of our own connection out, in VLANs too', () => {
    const ssh = 'not (tcp port 2222 or (vlan and tcp port 2222))';
    run(captureProgram(order({ carriesSsh: true })));
    expect(filterOf()).toBe(ssh);
    run(captureProgram(order({ carriesSsh: true, filter: 'icmp or arp' })));
    expect(filterOf()).toBe(`(icmp or arp) and ${ssh}`);
    run(captureProgram(order({ carriesSsh: true, filter: 'icmp' })), '');
    expect(filterOf()).toBe('icmp');
  });
});

describe('what stands in the way', () => {
  const obstacle = (program: string) => {
    const { status, stderr, stdout } = run(program);
    expect(stdout).toBe('');
    return { is: obstacles[status as keyof typeof obstacles], stderr };
  };

  test('a filter that is none is said in the words of tcpdump', () => {
    const bad = { filter: 'bad $(x)' };
    const said = expect.stringContaining("can't parse filter expression: syntax error") as string;
    expect(obstacle(captureProgram(order(bad)))).toEqual({ is: 'bad-filter', stderr: said });
    expect(obstacle(filterProgram(order(bad)))).toEqual({ is: 'bad-filter', stderr: said });
    expect(run(filterProgram(order({ filter: 'icmp' }))).status).toBe(0);
  });

  test('no device, no root, no tcpdump', () => {
    expect(obstacle(captureProgram(order({ device: 'gone0' }))).is).toBe('no-device');
    put('id', 'echo 1000');
    expect(obstacle(captureProgram(order())).is).toBe('not-root');
    put('id', 'echo 0');
    rmSync(join(bin, 'tcpdump'));
    if (spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin; command -v tcpdump']).status !== 0)
      expect(obstacle(captureProgram(order())).is).toBe('no-tcpdump');
  });
});

describe('its end', () => {
  const begin = async () => {
    const [to, stop] = [new PassThrough(), new AbortController()];
    const program = captureProgram(order({ count: undefined }));
    const run = localHost().run(program, { timeoutMs: Infinity, stream: { to, stop: stop.signal } });
    await vi.waitUntil(() => to.readableLength > 0, { timeout: 5000 });
    const pid = Number(readFileSync(join(bin, 'pid'), 'utf8'));
    return { run, to, stop, isRunning: () => existsSync(`/proc/${pid}`) };
  };

  test('is that of who reads it', async () => {
    const { run, to, isRunning } = await begin();
    expect(isRunning()).toBe(true);
    to.destroy();
    const { stderr } = await run;
    expect(stderr).toContain('3 packets captured');
    expect(isRunning()).toBe(false);
  }, 15_000);

  test('is that of the silence, where a cut connection tells nothing', async () => {
    const program = captureProgram(order({ count: undefined })).replace('timeout 8', 'timeout 0.4');
    const child = spawn('sh', ['-c', `exec 9<&0 </dev/null\n${program}`], { stdio: 'pipe' });
    for (let signs = 0; signs < 3; signs += 1) {
      child.stdin.write('\n');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(child.exitCode).toBeNull();
    }
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).toBe(0);
  }, 15_000);

  test('is asked for, and what was captured until then is told', async () => {
    const { run, stop, isRunning } = await begin();
    stop.abort();
    expect(await run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('1 packet dropped') as string,
    });
    expect(isRunning()).toBe(false);
  }, 15_000);
});
