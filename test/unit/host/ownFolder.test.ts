import { execa } from 'execa';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import ownFolder from '../../../src/host/ownFolder.sh';

let above: string;
let folder: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'sriov-own-'));
  folder = join(above, 'ours');
});
afterEach(() => rm(above, { recursive: true }));

const own = async () => {
  const { exitCode, stdout } = await execa('sh', ['-s', folder], {
    input: `${ownFolder}\numask 022; own_folder "$1"`,
    reject: false,
  });
  return { exitCode, stdout };
};

test.each<[string, () => Promise<unknown>]>([
  ['where there is none it is made', () => Promise.resolve()],
  ['what others may only look into is closed', () => mkdir(folder, { mode: 0o755 })],
])('%s', async (_, prepare) => {
  await prepare();
  expect(await own()).toEqual({ exitCode: 0, stdout: '' });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['a link to a folder', () => symlink(above, folder), /^\S+\/ours is not a folder\. Move away/],
  ['a link to nothing', () => symlink(join(above, 'nothing'), folder), /ours is not a folder/],
  ['a file', () => writeFile(folder, ''), /ours is not a folder/],
  [
    'a folder that others may write to',
    () => mkdir(folder).then(() => chmod(folder, 0o770)),
    /ours is writable by other users: .* mode 770, so they can place links and programs there\. .*chmod go-w \S+\/ours$/,
  ],
  [
    'nothing, below one that others may write to',
    () => chmod(above, 0o1777),
    /^\S+\/sriov-own-\w+ is writable by other users/,
  ],
])('%s is in the way, and stays as it is', async (_, prepare, why) => {
  await prepare();
  expect(await own()).toEqual({ exitCode: 1, stdout: expect.stringMatching(why) as string });
});
