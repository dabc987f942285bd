import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sshConfigHosts } from '../../../src/host/sshConfigHosts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sriov-home-'));
  vi.stubEnv('HOME', home);
  mkdirSync(join(home, '.ssh/conf.d'), { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(join(home, '.ssh', name), text);
const aliases = async () => (await sshConfigHosts()).map(({ alias }) => alias);

test('hosts with what their block says; the first value wins, as in ssh', async () => {
  write(
    'config',
    'Host lab\n  HostName 127.0.0.1\n  Port=36603 # the first\n\tuser "root"\nHost lab other\n  Port 22\n',
  );
  expect(await sshConfigHosts()).toEqual([
    { alias: 'lab', hostName: '127.0.0.1', port: '36603', user: 'root' },
    { alias: 'other', port: '22' },
  ]);
});

test('patterns are no hosts, and neither is what Match matches', async () => {
  write('config', '# Host no\nHost a *.example !b c?\nMatch host x\n  User y\nhost = d\n');
  expect(await aliases()).toEqual(['a', 'd']);
});

test('Include is followed, with ~ and wildcards, relative to ~/.ssh, in order', async () => {
  write('config', 'Include conf.d/*.conf ~/.ssh/more\nHost last\n');
  write('conf.d/2.conf', 'Host two\n');
  write('conf.d/1.conf', 'Host one\n');
  write('conf.d/.hidden.conf', 'Host hidden\n');
  write('more', 'Host three\n');
  expect(await aliases()).toEqual(['one', 'two', 'three', 'last']);
});

test('a file that includes itself ends', async () => {
  write('config', 'Include config\nHost a\n');
  expect(await aliases()).toEqual(['a']);
});

test('no file: no hosts', async () => {
  expect(await aliases()).toEqual([]);
});
