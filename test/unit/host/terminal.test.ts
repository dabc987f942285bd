import { execaSync } from 'execa';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HostError } from '../../../src/host/host';
import { localHost } from '../../../src/host/local';
import { sshHost } from '../../../src/host/ssh';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sriov-terminal-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** An ssh whose configuration says that, and that runs what it is given by a login shell. */
async function ssh(config: string, shell = 'sh'): Promise<string> {
  const path = join(folder, 'ssh');
  const script = `#!/bin/sh
for word; do case $word in -G) printf '%s\\n' '${config}'; exit ;; -O) exit 1 ;; esac; done
exec ${shell} -c "$word"
`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}

describe.skipIf(process.platform === 'win32')('a terminal', () => {
  test('on this machine is a shell', async () => {
    expect(await localHost().terminal!('echo')).toEqual(['sh', '-c', 'echo']);
  });

  test('on an ssh host is a login of the user’s own: with their files, port and shared connection', async () => {
    const path = await ssh('remotecommand tmux attach');
    const host = sshHost('ssh://admin@r740:2222', { path, configFile: '/x/config', ask: 'by environment' });
    const argv = await host.terminal!('true');
    const line = argv.join(' ');
    expect(argv[0]).toBe(path);
    for (const part of ['-F /x/config', '-p 2222', 'RemoteCommand=none', '-o ControlPath='])
      expect(line).toContain(part);
    expect(line).toContain(' -t -- admin@r740 exec sh -c ');
    // What ssh asks, it asks there.
    expect(line).not.toContain('BatchMode');
    // ssh takes the first value that it is given of an option.
    expect(line.match(/ControlMaster=\w+/g)).toEqual(['ControlMaster=no', 'ControlMaster=auto']);
  });

  test('that was never a host’s name is refused', async () => {
    await expect(sshHost('-oProxyCommand=x').terminal!('true')).rejects.toThrow(HostError);
  });

  test.each(['sh', 'bash', 'tcsh', 'fish'])('runs the same in a login to %s', async (shell) => {
    if (execaSync('sh', ['-c', `command -v ${shell}`], { reject: false }).exitCode !== 0) return;
    const path = await ssh('', shell);
    const program = `printf '<%s>' "it's !" '\\' "\${x:-ü}"\nread -r line; echo "$line"`;
    const [file = '', ...args] = await sshHost('h', { path }).terminal!(program);
    expect(execaSync(file, args, { input: 'typed\n' }).stdout).toBe(`<it's !><\\><ü>typed`);
  });
});
