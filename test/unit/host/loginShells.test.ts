import { execaSync } from 'execa';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HostError } from '../../../src/host/host';
import { sshHost } from '../../../src/host/ssh';

/** The shells that people log in to, and the file that each reads even when it only runs a command. */
const shells: [shell: string, startUp: string | undefined][] = [
  ['sh', undefined],
  ['bash', '.bashrc'],
  ['tcsh', '.cshrc'],
  ['fish', '.config/fish/config.fish'],
];
/** Setting up installs them; someone who runs a single test may do without. */
const isThere = ([shell]: [string, string | undefined]) =>
  execaSync('sh', ['-c', `command -v ${shell}`], { reject: false }).exitCode === 0;
const installed = shells.filter(process.env.CI ? () => true : isThere);
const noisy = installed.filter(([, startUp]) => startUp !== undefined);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sriov-login-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A host whose sshd runs what it is given by a login shell, as sshd does: `SHELL -c WORD`. */
async function host(shell: string, startUp?: string, script = '') {
  const home = join(folder, 'home');
  await mkdir(join(home, '.config', 'fish'), { recursive: true });
  if (startUp !== undefined) await writeFile(join(home, startUp), script);
  await writeFile(join(folder, 'banner'), 'Connection refused to whoever is not allowed:\n');
  const path = join(folder, 'ssh');
  const environment = `HOME=${home} XDG_CONFIG_HOME=${home}/.config PATH=${folder}/bin:$PATH SHLVL=0`;
  const ssh = `#!/bin/sh
for word; do case $word in -G | -O) exit 1 ;; esac; done
cat ${folder}/banner >&2
cd /
exec env ${environment} SSH_CLIENT='192.0.2.1 1 22' SSH_CONNECTION='192.0.2.1 1 192.0.2.2 22' ${shell} -c "$word"
`;
  await writeFile(path, ssh, { mode: 0o755 });
  return sshHost('h', { path });
}

const failed = async (run: Promise<unknown>): Promise<HostError> => {
  const error: unknown = await run.catch((e: unknown) => e);
  if (!(error instanceof HostError)) throw new Error(`not a HostError: ${String(error)}`);
  return error;
};

const program = `printf '<%s>' "$1" "it's !" '\\'; echo; cat; echo oops >&2; exit 7`;
const expected = { exitCode: 7, stdout: `<192.0.2.1 1 192.0.2.2 22><it's !><\\>\n`, stderr: 'oops\n' };

describe.each(installed)('a login to %s', (shell, startUp) => {
  test('runs a program as it is', async () => {
    expect(await (await host(shell)).run(program)).toEqual(expected);
  });

  test('becomes root by a password', async () => {
    await mkdir(join(folder, 'bin'));
    const sudo = `#!/bin/sh
[ "$1" = -k ] || exit 1
printf 'Lecture, and a last word:\\n%s' "$4" >&2
IFS= read -r password; echo "$password" >${folder}/password
shift 5; FAKE_UID=0 exec "$@"
`;
    await writeFile(join(folder, 'bin', 'sudo'), sudo, { mode: 0o755 });
    await writeFile(join(folder, 'bin', 'id'), '#!/bin/sh\necho "${FAKE_UID:-1000}"\n', { mode: 0o755 });
    const noise = startUp === undefined ? '' : 'printf "Choose one: "\n';
    const h = await host(shell, startUp, noise);
    await h.sudo!.unlock(`it's "$a" !`);
    expect(await h.run(`id -u; ${program}`)).toEqual({ ...expected, stdout: `0\n${expected.stdout}` });
    expect(await readFile(join(folder, 'password'), 'utf8')).toBe(`it's "$a" !\n`);
  });
});

describe.each(noisy)('a start-up file of %s', (shell, startUp) => {
  test.each([
    ['says something', 'echo Welcome\n'],
    ['says something without end', 'printf "Welcome > "\n'],
    ['clears a screen that is not there', 'printf "\\033[H\\033[2J"\n'],
    ['complains', 'no-such-command\n'],
  ])('that %s is not heard', async (_, script) => {
    const lines: string[] = [];
    const h = await host(shell, startUp, script);
    expect(await h.run(program, { onLine: (line) => lines.push(line) })).toEqual(expected);
    expect(lines).toEqual([expected.stdout.trimEnd()]);
  });

  test.each([
    ['a line', 'head -c 1 >/dev/null\n'],
    ['all', 'cat >/dev/null\n'],
  ])('that reads %s of what was sent is named, and nothing runs', async (_, script) => {
    const witness = join(folder, 'ran');
    const h = await host(shell, startUp, script);
    const error = await failed(h.run(`true\ntouch ${witness}\ntouch ${witness}`));
    expect(error).toMatchObject({
      phase: 'shell',
      message: expect.stringContaining('reads standard input') as string,
    });
    await expect(readFile(witness)).rejects.toThrow('ENOENT');
  });

  test('that becomes another shell is named, and nothing runs', async () => {
    const witness = join(folder, 'ran');
    const error = await failed((await host(shell, startUp, 'exec sh\n')).run(`touch ${witness}`));
    expect(error).toMatchObject({
      phase: 'shell',
      message: expect.stringContaining('starts another program') as string,
    });
    await expect(readFile(witness)).rejects.toThrow('ENOENT');
  });
});

test('a start-up file that ends the login is named', async () => {
  const error = await failed((await host('bash', '.bashrc', 'echo "Go away."; exit 3\n')).run('true'));
  expect(error).toMatchObject({
    phase: 'shell',
    message: expect.stringContaining('It said: Go away.') as string,
  });
});

test.each([
  ['This account is currently not available.', 'no login shell'],
  ['WARNING: Your password has expired.\nPassword change required but no TTY available.', 'has expired'],
  ['Hi me! You are in, but there is no shell access.', 'It said: Hi me!'],
])('a login that only says "%s" has a sentence of its own', async (said, sentence) => {
  const script = join(folder, 'nologin');
  await writeFile(script, `#!/bin/sh\necho '${said}'\nexit 1\n`, { mode: 0o755 });
  const error = await failed((await host(script)).run('true'));
  expect(error).toMatchObject({ phase: 'shell', message: expect.stringContaining(sentence) as string });
});
