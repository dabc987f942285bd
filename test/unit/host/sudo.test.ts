import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { becomeRoot } from '../../../src/control/becomeRoot';
import { localHost } from '../../../src/host/local';
import { PrivilegeError } from '../../../src/host/privilege';

/**
 * A `sudo` with a switch for each way to refuse; it asks, reads and complains as sudo 1.9 does (the lab has the real one).
 * `id` says that nobody is root but through it.
 */
const sudo = `#!/bin/sh
echo "$*" >>"$FAKE/argv"; env >>"$FAKE/environ"
mode=$(cat "$FAKE/mode")
[ "$mode" != requiretty ] || { echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1; }
while :; do
	case $1 in
	-n) [ "$mode" = nopasswd ] || { echo 'sudo: a password is required' >&2; exit 1; }; shift ;;
	-k | -S) shift ;;
	-p) prompt=$2; shift 2 ;;
	--) shift; break ;;
	*) break ;;
	esac
done
tries=0
while [ "$mode" != nopasswd ]; do
	tries=$((tries + 1))
	[ "$mode" != code ] || prompt='Verification code: '
	printf %s "$prompt" >&2
	IFS= read -r password || { echo >&2; echo 'sudo: no password was provided' >&2; exit 1; }
	printf '%s\\n' "$password" >>"$FAKE/passwords"
	[ "$password" != 'right  "$pass' ] || break
	[ "$tries" -lt 3 ] || { echo 'sudo: 3 incorrect password attempts' >&2; exit 1; }
	echo 'Sorry, try again.' >&2
done
case $mode in
not-in-sudoers) echo 'me is not in the sudoers file.' >&2; exit 1 ;;
not-allowed) echo "Sorry, user me is not allowed to execute '/usr/bin/sh' as root on here." >&2; exit 1 ;;
esac
FAKE_UID=0 exec "$@"
`;
const right = 'right  "$pass';

let folder: string;
const path = process.env.PATH;
const set = (mode: string) => writeFile(join(folder, 'mode'), mode);
const text = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sriov-sudo-'));
  await writeFile(join(folder, 'sudo'), sudo);
  await writeFile(join(folder, 'id'), '#!/bin/sh\necho "${FAKE_UID:-1000}"\n');
  for (const name of ['sudo', 'id']) await chmod(join(folder, name), 0o755);
  await set('password');
  Object.assign(process.env, {
    PATH: `${folder}:${path}`,
    FAKE: folder,
    SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22',
  });
});
afterEach(async () => {
  Object.assign(process.env, { PATH: path });
  delete process.env.FAKE;
  delete process.env.SSH_CONNECTION;
  await rm(folder, { recursive: true });
});

test('a program runs as root by the password, which is in no argument and in no environment', async () => {
  const host = localHost();
  const lines: string[] = [];
  expect((await host.run('id -u')).stdout).toBe('1000\n');
  await host.sudo!.unlock(right);
  const result = await host.run('id -u; echo "<$1>"; cat; echo error >&2; exit 9', {
    onLine: (line) => lines.push(line),
  });
  expect(result).toEqual({ exitCode: 9, stdout: '0\n<192.0.2.1 1 192.0.2.2 22>\n', stderr: 'error\n' });
  expect(lines).toEqual(['0', '<192.0.2.1 1 192.0.2.2 22>']);
  expect(await text('passwords')).toBe(`${right}\n${right}\n`);
  expect(`${await text('argv')}${await text('environ')}`).not.toContain(right);
  host.sudo!.lock();
  expect((await host.run('id -u')).stdout).toBe('1000\n');
});

test('a sudo that asks for nothing is sent nothing: neither run nor echoed', async () => {
  const host = localHost();
  await host.sudo!.unlock(right);
  await set('nopasswd');
  const result = await host.run('id -u; cat');
  expect(result).toEqual({ exitCode: 0, stdout: '0\n', stderr: '' });
});

test('a wrong password is tried once, and no line of the program is taken for another', async () => {
  const host = localHost();
  await expect(host.sudo!.unlock('wrong')).rejects.toMatchObject({ problem: 'wrong-password' });
  expect(await text('passwords')).toBe('wrong\n');
  expect((await host.run('id -u')).stdout).toBe('1000\n');
});

test('a password that stopped working is forgotten', async () => {
  const host = localHost();
  await host.sudo!.unlock(right);
  await set('not-in-sudoers');
  await expect(host.run('true')).rejects.toBeInstanceOf(PrivilegeError);
  expect((await host.run('id -u')).stdout).toBe('1000\n');
});

test('a host that was let go of runs nothing and keeps no password, not even one that was on its way', async () => {
  const host = localHost();
  const unlocking = host.sudo!.unlock(right);
  await host.dispose();
  await unlocking.catch(() => {});
  expect(host.sudo!.isUnlocked()).toBe(false);
  await expect(host.run('true')).rejects.toMatchObject({ phase: 'lost' });
});

describe('becoming root', () => {
  const asking = (...answers: (string | undefined)[]) => {
    const asked: number[] = [];
    const ask = ({ attempt }: { attempt: number }) => Promise.resolve(answers[asked.push(attempt) - 1]);
    return { asked, ask };
  };

  test('asks again after a wrong answer, three times at most', async () => {
    const second = asking('wrong', right);
    expect(await becomeRoot(localHost(), 'me', second.ask)).toBeUndefined();
    expect(second.asked).toEqual([1, 2]);
    const never = asking('a', 'b', 'c', right);
    expect(await becomeRoot(localHost(), 'me', never.ask)).toMatchObject({
      code: 'not-permitted',
      reason: expect.stringContaining('rejected the password 3 times') as string,
    });
    expect(never.asked).toEqual([1, 2, 3]);
  });

  test.each([
    ['requiretty', 'requiretty', 0],
    ['not-in-sudoers', 'not in the sudoers file', 1],
    ['not-allowed', 'does not let me run "sh" as root', 1],
    ['code', 'asks me for more than a password ("Verification code:")', 1],
  ])('%s has a sentence of its own', async (mode, sentence, times) => {
    await set(mode);
    const { ask, asked } = asking(right);
    expect((await becomeRoot(localHost(), 'me', ask))?.reason).toContain(sentence);
    expect(asked).toHaveLength(times);
  });

  test('a host without sudo asks nobody', async () => {
    for (const [name, program] of [
      ['bin-sh', '/bin/sh'],
      ['sh', '/bin/sh'],
    ])
      await writeFile(join(folder, name!), `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
    await rm(join(folder, 'sudo'));
    process.env.PATH = folder;
    const { ask, asked } = asking(right);
    expect((await becomeRoot(localHost(), 'me', ask))?.reason).toContain('sudo is not installed');
    expect(asked).toEqual([]);
  });

  test('nobody to ask, and nobody answering, are told apart', async () => {
    expect((await becomeRoot(localHost(), 'me', undefined))?.reason).toContain('no terminal to ask on');
    expect(await becomeRoot(localHost(), 'me', asking(undefined).ask)).toMatchObject({ code: 'no-password' });
  });
});
