import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { privateFolder } from '../../../src/host/privateFolder';

let above: string;
let made: string;
const name = `sriov-ssh-${userInfo().uid}`;
beforeEach(async () => {
  above = await mkdtemp('/tmp/sriov-p-');
  vi.stubEnv('XDG_RUNTIME_DIR', above);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of [above, made]) await rm(folder, { recursive: true, force: true });
});
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe.skipIf(process.platform === 'win32')('the folder for sockets, where another user was first,', () => {
  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a link to a folder', async (path) => symlink(await mkdtemp(join(above, 'other-')), path)],
    ['a link to nothing', (path) => symlink(join(above, 'nothing'), path)],
    ['a file', (path) => writeFile(path, '')],
    ['a folder that others may look into', (path) => mkdir(path).then(() => chmod(path, 0o755))],
  ])('is another one where there is %s in its place', async (_, prepare) => {
    await prepare(join(above, name));
    made = await privateFolder();
    expect(made).not.toBe(join(above, name));
    expect(dirname(made)).toBe(above);
    expect((await lstat(made)).isDirectory()).toBe(true);
    expect(await modeOf(made)).toBe(0o700);
    expect(await readdir(made)).toEqual([]);
  });

  test('is not in a folder where anybody could put another one in its place', async () => {
    await chmod(above, 0o777);
    made = await privateFolder();
    expect(dirname(made)).not.toBe(above);
    await chmod(above, 0o1777);
    expect(await privateFolder()).toBe(join(above, name));
  });
});
