import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sshHost } from '../../../src/host/ssh';

/** OpenSSH takes `ssh://host:port` for names only, not for IPv6 addresses. */
test.skipIf(process.platform === 'win32').each([
  ['ssh://admin@r740:2222', '-p 2222', 'admin@r740'],
  ['ssh://[2001:db8::1]:2222', '-p 2222', '2001:db8::1'],
  ['ssh://me%40corp@[fe80::1%eth0]:22', '-p 22', 'me@corp@fe80::1%eth0'],
  ['admin@r740', '', 'admin@r740'],
  ['2001:db8::1', '', '2001:db8::1'],
])('%s', async (id, port, login) => {
  const folder = await mkdtemp(join(tmpdir(), 'sriov-port-'));
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, `#!/bin/sh\nprintf '%s\\n' "$@" >${folder}/argv\n`, { mode: 0o755 });
  const host = sshHost(id, { path: ssh, reuseConnection: false });
  await host.run('true').catch(() => {});
  const argv = (await readFile(join(folder, 'argv'), 'utf8')).split('\n');
  const end = argv.indexOf('--');
  expect(host.id).toBe(id);
  expect(argv[end + 1]).toBe(login);
  expect(
    argv
      .slice(0, end)
      .join(' ')
      .match(/-p \d+/)?.[0] ?? '',
  ).toBe(port);
  await rm(folder, { recursive: true });
});
