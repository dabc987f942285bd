import { execa } from 'execa';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainSession, sshConfig } from '../../../src/host/sshOptions';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sriov-config-'));
  file = join(folder, 'config');
});
afterEach(() => rm(folder, { recursive: true }));

/** The options that the real ssh gets for a host with this configuration, and what it makes of both. */
async function made(...lines: string[]) {
  await writeFile(file, ['Host h', ...lines].join('\n  '));
  const options = plainSession(await sshConfig('ssh', ['-F', file], 'h'));
  const { stdout } = await execa('ssh', ['-F', file, ...options, '-G', '--', 'h']);
  return { options, stdout };
}

/** What a person wants of a session that isn't for programs, and what ssh says of it in the end. */
const wishes: [wish: string, instead: string | undefined][] = [
  ['RemoteCommand tmux new -A', undefined],
  ['RequestTTY force', 'requesttty false'],
  ['RequestTTY yes', 'requesttty false'],
  ['ForwardX11 yes', 'forwardx11 no'],
  ['SessionType none', 'sessiontype default'],
  ['SessionType subsystem', 'sessiontype default'],
  ['StdinNull yes', 'stdinnull no'],
  ['ForkAfterAuthentication yes', 'forkafterauthentication no'],
  ['Tunnel yes', 'tunnel false'],
  ['LogLevel QUIET', 'loglevel INFO'],
  ['LogLevel DEBUG3', 'loglevel INFO'],
];

test.each(wishes)('%s does not keep a program from running', async (wish, instead) => {
  const [keyword = ''] = wish.toLowerCase().split(' ');
  const { stdout } = await made(wish);
  expect(stdout.split('\n').find((line) => line.startsWith(`${keyword} `))).toBe(instead);
});

test('forwards are the business of other sessions', async () => {
  const { options, stdout } = await made('LocalForward 8080 localhost:80', 'ExitOnForwardFailure yes');
  expect(options).toContain('ClearAllForwardings=yes');
  expect(stdout).not.toMatch(/^(local|remote|dynamic)forward /m);
});

test('everything else is as configured, above all whom to trust', async () => {
  const { options } = await made(
    'StrictHostKeyChecking ask',
    'LogLevel ERROR',
    'ForwardAgent yes',
    'PermitLocalCommand yes',
    'RequestTTY no',
  );
  expect(options).toEqual(['-T', '-x', '-o', 'ClearAllForwardings=yes']);
});

test('an error in the configuration is left for the login to tell', async () => {
  await writeFile(file, 'Host h\n  Nonsense yes\n');
  expect(await sshConfig('ssh', ['-F', file], 'h')).toEqual(new Map());
});
