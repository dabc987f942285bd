import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as NodeOs from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { privateFolder } from '../../../src/host/privateFolder';
import { defaultConfigFile } from '../../../src/host/sshConfigHosts';

const noAccount = vi.hoisted(() => ({ is: false }));
/** What Node does for a uid without an entry in the list of accounts, and without HOME. */
vi.mock('node:os', async (original) => {
  const os = await original<typeof NodeOs>();
  const failing = (name: 'userInfo' | 'homedir') => () => {
    if (noAccount.is) throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
    return os[name]();
  };
  return { ...os, userInfo: failing('userInfo'), homedir: failing('homedir') };
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp('/tmp/sriov-p-');
});
afterEach(async () => {
  noAccount.is = false;
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const usual = () => `sriov-ssh-${process.getuid!()}`;

test('it is the same one each time, and closed to others', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', root);
  expect(await privateFolder()).toBe(join(root, usual()));
  expect(await privateFolder()).toBe(join(root, usual()));
  expect((await stat(join(root, usual()))).mode & 0o777).toBe(0o700);
});

test.each([
  ['is not there', (folder: string) => join(folder, 'missing')],
  ['is relative', () => 'tmp'],
  ['is empty', () => ''],
  ['is too long for a socket', (folder: string) => join(folder, 'a-folder-with-a-name-that-is-quite-long')],
])('a runtime folder that %s is passed over', async (_, place) => {
  const temporary = join(root, 't');
  await mkdir(temporary, { recursive: true });
  const runtime = place(root);
  if (runtime.includes('quite-long')) await mkdir(runtime);
  vi.stubEnv('XDG_RUNTIME_DIR', runtime);
  vi.stubEnv('TMPDIR', temporary);
  expect(await privateFolder()).toBe(join(temporary, usual()));
});

test('with TMPDIR out of order too, /tmp serves', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', '/nonexistent');
  vi.stubEnv('TMPDIR', '/nonexistent');
  expect(tmpdir()).toBe('/nonexistent');
  expect(await privateFolder()).toMatch(/^\/tmp\/sriov-ssh-/);
});

test('a folder that others look into is not used', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', root);
  await mkdir(join(root, usual()));
  await chmod(join(root, usual()), 0o755);
  const folder = await privateFolder();
  expect(folder).not.toBe(join(root, usual()));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('a user without an account has one as well', async () => {
  noAccount.is = true;
  vi.stubEnv('XDG_RUNTIME_DIR', root);
  expect(await privateFolder()).toBe(join(root, usual()));
  expect(defaultConfigFile()).toBe('/.ssh/config');
});
