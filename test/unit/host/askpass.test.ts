import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mayAccept, kindOf } from '../../../src/host/askpass/questions';
import { HostError } from '../../../src/host/host';
import { sshHost } from '../../../src/host/ssh';
import type { AccessQuestion } from '../../../src/model/question';

const unknownKey = `The authenticity of host 'h (192.0.2.7)' can't be established.
ED25519 key fingerprint is SHA256:abc.
This key is not known by any other names.
Are you sure you want to continue connecting (yes/no/[fingerprint])? `;

describe('what ssh asks', () => {
  test.each([
    [unknownKey, '', 'host-key'],
    ["Please type 'yes', 'no' or the fingerprint: ", '', 'host-key'],
    ["Enter passphrase for key '/home/me/.ssh/id_ed25519': ", '', 'passphrase'],
    ["me@h's password: ", '', 'password'],
    ['(me@h) Password: ', '', 'password'],
    ['(me@h) Verification code: ', '', 'code'],
    ['(me@h) One-time password (OATH) for `me’: ', '', 'code'],
    ['Enter PIN for ED25519-SK key /home/me/.ssh/id: ', '', 'secret'],
    ['Confirm user presence for key ED25519-SK SHA256:abc', 'none', 'notice'],
    ['Allow use of key id?', 'confirm', 'confirm'],
  ])('%s is a %s', (prompt, hint, kind) => {
    expect(kindOf({ prompt, hint })).toBe(kind);
  });

  test('only a key that is shown and contradicts nothing may be accepted', () => {
    expect(mayAccept(unknownKey)).toBe(true);
    expect(mayAccept('Are you sure you want to continue connecting (yes/no)? ')).toBe(false);
  });
});

describe('an ssh that asks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sriov-askpass-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** An ssh of which `script` is the login; PATH holds no Node. */
  const host = async (
    script: string,
    ask: (question: AccessQuestion, signal: AbortSignal) => Promise<string | undefined>,
  ) => {
    const path = join(folder, 'ssh');
    const program = `#!/bin/sh\nPATH=/usr/bin:/bin\n[ "$1" != -G ] || exit 1\nask() { "$SSH_ASKPASS" "$1" 2>/dev/null; }\n${script}\nfor word; do :; done\nexec sh -c "$word"\n`;
    await writeFile(path, program, { mode: 0o755 });
    return sshHost('h', { path, ask });
  };
  const failed = async (run: Promise<unknown>): Promise<HostError> => {
    const error: unknown = await run.catch((e: unknown) => e);
    if (!(error instanceof HostError)) throw new Error(`not a HostError: ${String(error)}`);
    return error;
  };

  test('gets the answer, whatever is in it, and nobody else can listen', async () => {
    const secret = ` it's "$HOME" \\n é % `;
    const asked: AccessQuestion[] = [];
    const seen = join(folder, 'seen');
    const h = await host(
      `ask "me@h's password: " >${seen}; dirname "$SSH_ASKPASS" >${seen}.folder; env >${seen}.environ; ps -ef >${seen}.ps`,
      (question) => {
        asked.push(question);
        return Promise.resolve(secret);
      },
    );
    expect((await h.run('echo welcome')).stdout).toBe('welcome\n');
    expect(await readFile(seen, 'utf8')).toBe(`${secret}\n`);
    expect(asked).toEqual([{ kind: 'password', host: 'h', prompt: "me@h's password: ", attempt: 1 }]);
    for (const name of ['environ', 'ps'])
      expect(await readFile(`${seen}.${name}`, 'utf8')).not.toContain(secret);
    const private_ = (await readFile(`${seen}.folder`, 'utf8')).trim();
    expect((await stat(private_)).mode & 0o077).toBe(0);
    expect((await stat(dirname(private_))).mode & 0o077).toBe(0);
    await h.dispose();
    await expect(stat(private_)).rejects.toThrow('ENOENT');
  });

  test('asks again after a wrong answer, and a right one is given again when the connection is reestablished', async () => {
    const attempts: number[] = [];
    const h = await host(
      `n=0; until [ "$(ask "me@h's password: ")" = right ]; do n=$((n + 1)); [ $n -lt 3 ] || { echo 'Permission denied (password).' >&2; exit 255; }; done`,
      ({ attempt }) => Promise.resolve(attempts.push(attempt) === 2 ? 'right' : 'wrong'),
    );
    await h.run('true');
    await h.run('true');
    expect(attempts).toEqual([1, 2]);
    await h.dispose();
  });

  test('a key that nobody accepts is no connection', async () => {
    const h = await host(
      `[ "$(ask "${unknownKey}")" = yes ] || { echo 'Host key verification failed.' >&2; exit 255; }`,
      () => Promise.resolve(undefined),
    );
    expect(await failed(h.run('true'))).toMatchObject({
      phase: 'declined',
      message: 'The host key of h was not accepted, so nothing was sent.',
    });
    await h.dispose();
  });

  test('a changed key is not even asked about', async () => {
    const h = await host(
      `echo '@ WARNING: POSSIBLE DNS SPOOFING DETECTED! @' >&2; [ "$(ask 'Are you sure you want to continue connecting (yes/no)? ')" = yes ] || { echo 'Host key verification failed.' >&2; exit 255; }`,
      () => Promise.reject(new Error('asked')),
    );
    expect(await failed(h.run('true'))).toMatchObject({
      phase: 'host-key',
      message: expect.stringContaining('does not match the one in your known_hosts') as string,
    });
    await h.dispose();
  });

  test('a person may take longer than a host', async () => {
    const h = await host(`[ "$(ask 'Verification code: ')" = 123 ] || exit 255`, async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return '123';
    });
    expect((await h.run('echo welcome', { timeoutMs: 2500 })).stdout).toBe('welcome\n');
    await h.dispose();
  });

  test('who cancels the connection takes the question away', async () => {
    const controller = new AbortController();
    let gone = false;
    const h = await host(`ask "me@h's password: " || exit 255`, (_, signal) => {
      const answer = new Promise<undefined>((resolve) =>
        signal.addEventListener('abort', () => {
          gone = true;
          resolve(undefined);
        }),
      );
      controller.abort(new Error('enough'));
      return answer;
    });
    await expect(h.run('true', { signal: controller.signal })).rejects.toThrow('enough');
    await expect.poll(() => gone).toBe(true);
    await h.dispose();
  });
});

test('nobody to ask: ssh is told not to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sriov-batch-'));
  const path = join(folder, 'ssh');
  await writeFile(
    path,
    '#!/bin/sh\ncase "$*" in *-G*) exit 1 ;; *BatchMode=yes*) exit 255 ;; esac\nsleep 60\n',
    {
      mode: 0o755,
    },
  );
  await expect(sshHost('h', { path }).run('true')).rejects.toMatchObject({ phase: 'connect' });
  await rm(folder, { recursive: true });
});
