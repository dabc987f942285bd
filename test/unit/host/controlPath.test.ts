import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { controlOptions } from '../../../src/host/controlPath';

/** What `ssh -G` says, and whether a connection waits at the path it names. */
const configurations: [title: string, configured: string, waits: boolean, ours: boolean][] = [
  ['nothing configured', '', false, true],
  ['sharing as the user set it up', 'controlmaster auto\ncontrolpath /run/me/%C', false, false],
  ['a connection that the user opened by hand', 'controlmaster false\ncontrolpath /run/me/h', true, false],
  ['a path where no connection waits', 'controlmaster false\ncontrolpath /run/me/h', false, true],
  ['sharing turned off by a path of none', 'controlmaster auto\ncontrolpath none', false, true],
];

test.skipIf(process.platform === 'win32').each(configurations)('%s', async (_, configured, waits, ours) => {
  const folder = await mkdtemp(join(tmpdir(), 'sriov-control-'));
  const ssh = join(folder, 'ssh');
  const program = `#!/bin/sh
case "$*" in
"-F c -G -- h") printf '%s\\n' 'user me' '${configured.split('\n').join("' '")}' ;;
"-F c -O check -- h") exit ${waits ? 0 : 255} ;;
*) exit 1 ;;
esac
`;
  await writeFile(ssh, program, { mode: 0o755 });
  const options = await controlOptions(ssh, ['-F', 'c'], 'h');
  expect(options.some((option) => option.startsWith('ControlPath='))).toBe(ours);
  await rm(folder, { recursive: true });
});
