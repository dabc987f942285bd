import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharing } from '../../../src/host/controlPath';
import { sshConfig } from '../../../src/host/sshOptions';

type Whose = 'ours' | 'as configured' | 'what the user opened';
const path = 'controlpath /run/me/%C';

/** What `ssh -G` says, whether a connection waits at the path it names, and whose is used. */
const configurations: [title: string, configured: string[], waits: boolean, whose: Whose][] = [
  ['nothing configured', [], false, 'ours'],
  ['sharing that lasts', ['controlmaster auto', path, 'controlpersist 600'], false, 'as configured'],
  ['sharing that ends with its first session', ['controlmaster auto', path, 'controlpersist no'], false, 'ours'],
  ['the same, while that session lasts', ['controlmaster auto', path], true, 'what the user opened'],
  ['a connection opened by hand', ['controlmaster false', path], true, 'what the user opened'],
  ['a path where no connection waits', ['controlmaster false', path], false, 'ours'],
  ['a question for each session', ['controlmaster ask', path, 'controlpersist 600'], false, 'ours'],
  ['a path of none', ['controlmaster auto', 'controlpath none', 'controlpersist 600'], false, 'ours'],
]; // prettier-ignore

test.skipIf(process.platform === 'win32').each(configurations)('%s', async (_, configured, waits, whose) => {
  const folder = await mkdtemp(join(tmpdir(), 'sriov-control-'));
  const ssh = join(folder, 'ssh');
  const program = `#!/bin/sh
case "$*" in
"-F c -G -- h") printf '%s\\n' 'user me' '${configured.join("' '")}' ;;
"-F c -O check -- h") exit ${waits ? 0 : 255} ;;
*) exit 1 ;;
esac
`;
  await writeFile(ssh, program, { mode: 0o755 });
  const { options, isOurs } = await sharing(ssh, ['-F', 'c'], 'h', await sshConfig(ssh, ['-F', 'c'], 'h'));
  expect(isOurs).toBe(whose === 'ours');
  if (whose === 'ours') expect(options.at(-1)).toMatch(/^ControlPath=\//);
  else expect(options).toEqual(whose === 'as configured' ? [] : ['-o', 'ControlMaster=no']);
  await rm(folder, { recursive: true });
});
