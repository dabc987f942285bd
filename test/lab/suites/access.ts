import { execa } from 'execa';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { HostError } from '../../../src/host/host';
import { logged } from '../../../src/host/logged';
import { sshHost } from '../../../src/host/ssh';
import type { AccessQuestion } from '../../../src/model/question';
import { slowDoor } from '../slowDoor';
import { readText, type Lab } from '../lab';

/** Logging in and becoming root where a person has to be asked, and keeping their answer private. */
export function access(lab: Lab): void {
  describe('access', () => {
    let folder: string;
    let config: string;
    let password: string;
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(1);
      folder = await mkdtemp(join(tmpdir(), 'sriov-access-'));
      config = join(folder, 'ssh_config');
      password = (await readText('lab/.state', lab.variant, 'sudo-password')).trim();
      // A second sshd, behind the first, that wants a password.
      await lab.sh(`mkdir -p /run/sshd
/usr/sbin/sshd -o Port=2222 -o ListenAddress=127.0.0.1 -o PasswordAuthentication=yes -o PidFile=/run/sshd-2222.pid`);
    });
    afterAll(async () => {
      await lab.sh('kill "$(cat /run/sshd-2222.pid)"; rm -f /root/secret /root/stop /root/hits');
      await rm(folder, { recursive: true });
    });

    /** An ssh configuration that leads to the same machine another way. */
    const write = (...lines: string[]) =>
      writeFile(config, `${lines.join('\n  ')}\nMatch all\n  Include ${lab.sshConfig}\n`);

    test('through a jump host by a password, then root by a password; it is nowhere to be seen', async () => {
      const known = join(folder, 'known_hosts');
      await write(
        'Host inner',
        ...[
          'HostName 127.0.0.1',
          'Port 2222',
          'User sudoer',
          'ProxyJump sriov-lab',
          'StrictHostKeyChecking ask',
        ],
        ...['PubkeyAuthentication no', `UserKnownHostsFile ${known}`, 'GlobalKnownHostsFile /dev/null'],
      );
      const fingerprint = await lab.sh('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d" " -f2');
      const asked: AccessQuestion[] = [];
      const answers: Record<string, string[]> = {
        'host-key': ['yes'],
        password: ['wrong', password],
        sudo: ['wrong', password],
      };
      const ask = (question: AccessQuestion) => {
        asked.push(question);
        return Promise.resolve(answers[question.kind]?.shift());
      };
      const log: string[] = [];
      const keep = (line: string) => void log.push(line);
      const host = sshHost('inner', { configFile: config, ask });
      const control = createHostControl(logged(host, { debug: keep, trace: keep }), ask);

      const watch = await watching(lab, password);
      const attached = await control.change({
        kind: 'attach',
        vf: 'enp1s0:0',
        container: 'fw',
        name: 'eth1',
      });
      const detached = await control.change({ kind: 'detach', vf: 'enp1s0:0' });
      await control.dispose();
      const seen = await watch.end();

      expect([attached.status, detached.status]).toEqual(['done', 'done']);
      expect(asked.map(({ kind, attempt }) => [kind, attempt])).toEqual([
        ['host-key', 1],
        ['password', 1],
        ['password', 2],
        ['sudo', 1],
        ['sudo', 2],
      ]);
      expect(asked[0]!.prompt).toContain(fingerprint.trim());
      expect(seen.here.found).toEqual([]);
      expect(seen.there.found).toBe('');
      expect(seen.here.looks).toBeGreaterThan(20);
      expect(seen.there.looks).toBeGreaterThan(20);
      expect(log.join('\n')).not.toContain(password);
      expect(await lab.sh('journalctl --no-pager | grep -cFf /root/secret; :')).toBe('0');
      expect(
        await lab.sh(
          'grep -rlFf /root/secret /var/lib/sriov-workbench /run/sriov-workbench /var/log /tmp; :',
        ),
      ).toBe('');
    }, 400_000);

    test('a changed host key is refused, and nobody is asked', async () => {
      const key = join(folder, 'other');
      await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
      const port = /^\s*Port (\d+)/m.exec(await readFile(lab.sshConfig, 'utf8'))![1]!;
      const known = join(folder, 'changed');
      await writeFile(known, `[127.0.0.1]:${port} ${await readFile(`${key}.pub`, 'utf8')}`);
      await write('Host sriov-lab', `UserKnownHostsFile ${known}`, 'StrictHostKeyChecking ask');
      const asked: AccessQuestion[] = [];
      const host = sshHost('sriov-lab', {
        configFile: config,
        reuseConnection: false,
        ask: (question) => Promise.resolve(asked.push(question) ? 'yes' : undefined),
      });
      const error: unknown = await host.run('true').catch((e: unknown) => e);
      expect(error).toMatchObject({
        phase: 'host-key',
        message: expect.stringContaining('ssh-keygen') as string,
      });
      expect(asked).toEqual([]);
      await host.dispose();
    });

    test('a connection that died is noticed within 15 seconds', async () => {
      const port = Number(/^\s*Port (\d+)/m.exec(await readFile(lab.sshConfig, 'utf8'))![1]);
      const door = await slowDoor(port);
      await write('Host sriov-lab', `Port ${door.port}`, `HostKeyAlias [127.0.0.1]:${port}`);
      const host = sshHost('sriov-lab', { configFile: config });
      const running = host.run('echo begun; sleep 60', { onLine: () => door.freeze() });
      const began = await door.frozen.then(() => Date.now());
      const error: unknown = await running.catch((e: unknown) => e);
      expect(error).toBeInstanceOf(HostError);
      expect(error).toMatchObject({ phase: 'lost' });
      expect(Date.now() - began).toBeLessThan(15_000);
      door.thaw();
      expect((await host.run('echo again')).stdout).toBe('again\n');
      await host.dispose();
      await door.close();
    });

    test('the configuration, a banner and start-up files are for people; a program runs all the same', async () => {
      const own = await readFile(lab.sshConfig, 'utf8');
      const port = /^\s*Port (\d+)/m.exec(own)![1]!;
      const known = own.match(/^\s*(?:UserKnownHostsFile|IdentityFile) .*$/gm) ?? [];
      await lab.sh(`printf 'Permission denied to others\\nState your name:' >/root/banner
/usr/sbin/sshd -o Port=2223 -o ListenAddress=127.0.0.1 -o Banner=/root/banner -o PidFile=/run/sshd-2223.pid
cp -p /home/plain/.bashrc /home/plain/.bashrc.kept`);
      const startUp = (text: string) =>
        lab.sh(`{ echo '${text}'; cat /home/plain/.bashrc.kept; } >/home/plain/.bashrc`);
      await write(
        ...['Host *', 'RemoteCommand tmux new -A', 'RequestTTY force', 'ExitOnForwardFailure yes'],
        ...['Host odd', 'HostName 127.0.0.1', 'Port 2223', 'User plain', 'ProxyJump sriov-lab'],
        ...known,
        ...[`HostKeyAlias [127.0.0.1]:${port}`, `LocalForward 127.0.0.1:${port} 127.0.0.1:22`],
        ...['SessionType none', 'StdinNull yes', 'ForkAfterAuthentication yes', 'LogLevel QUIET'],
      );
      const run = async (program: string) => {
        const host = sshHost('odd', { configFile: config, reuseConnection: false });
        return host.run(program).finally(() => host.dispose());
      };
      try {
        await startUp('echo Welcome; echo Beware >&2; printf "Choose: "');
        expect(await run('id -un; cat; echo done >&2')).toEqual({
          ...{ exitCode: 0, stdout: 'plain\n', stderr: 'done\n' },
        });
        await startUp('cat >/dev/null');
        await expect(run('true')).rejects.toMatchObject({
          phase: 'shell',
          message: expect.stringContaining('reads standard input') as string,
        });
        await lab.sh('usermod -s /usr/sbin/nologin plain');
        await expect(run('true')).rejects.toMatchObject({
          phase: 'shell',
          message: expect.stringContaining('no login shell') as string,
        });
      } finally {
        await lab.sh(`usermod -s /bin/bash plain; mv /home/plain/.bashrc.kept /home/plain/.bashrc
kill "$(cat /run/sshd-2223.pid)"; rm /root/banner`);
      }
    });

    test('no sudo rule, no terminal and a wrong password are told apart', async () => {
      const trying = async (user: string, secret: string) => {
        const control = createHostControl(sshHost(user, { configFile: lab.sshConfig }), () =>
          Promise.resolve(secret),
        );
        const refusal = await control.elevate();
        await control.dispose();
        return refusal?.reason;
      };
      expect(await trying('sriov-lab-sudo', 'wrong')).toContain('rejected the password 3 times');
      await lab.sh(`printf 'plain:%s\\n' pl41n | chpasswd`);
      expect(await trying('sriov-lab-plain', 'pl41n')).toContain('plain is not in the sudoers file');
      await lab.sh(`echo 'Defaults:sudoer requiretty' >/etc/sudoers.d/tty; chmod 440 /etc/sudoers.d/tty`);
      expect(await trying('sriov-lab-sudo', password)).toContain('only works on a terminal');
      await lab.sh('rm /etc/sudoers.d/tty');
    });

    test('a group joined after the login began is not a missing permission', async () => {
      const host = sshHost('sriov-lab-plain', { configFile: lab.sshConfig });
      const control = createHostControl(host);
      const docker = async () => (await control.refresh()).engines.find(({ engine }) => engine === 'docker');
      expect(await docker()).toMatchObject({
        status: 'denied',
        detail: expect.stringContaining('root:docker') as string,
      });
      await lab.sh('usermod -aG docker plain');
      try {
        expect(await docker()).toMatchObject({ status: 'denied', joinedLate: 'docker' });
        await control.hangUp();
        expect(await docker()).toEqual({ engine: 'docker', status: 'ok' });
      } finally {
        await lab.sh('gpasswd -d plain docker');
        await control.hangUp();
        await control.dispose();
      }
    });
  });
}

/** Looks for the secret in every process, here and in the guest, until it is ended; proves first that it would be found. */
async function watching(lab: Lab, secret: string) {
  await lab.sh(`umask 077; printf %s '${secret}' >/root/secret; rm -f /root/stop /root/hits
look() { grep -laFf /root/secret /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null; }
PLANTED=$(cat /root/secret) sleep 5 &
n=0; until look | grep -q .; do
[ $((n += 1)) -le 50 ] || { echo "what is there is not found" >&2; exit 1; }; sleep 0.1; done
kill $!; wait $! 2>/dev/null; :`);
  const there = lab.sh(`n=0; while [ ! -e /root/stop ]; do
grep -laFf /root/secret /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null >>/root/hits
n=$((n + 1)); sleep 0.05; done; echo $n`);
  const found: string[] = [];
  const look = async () => {
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)))
      for (const file of ['environ', 'cmdline']) {
        const text = await readFile(join('/proc', pid, file), 'utf8').catch(() => '');
        if (text.includes(secret)) found.push(`${pid} ${file}: ${text.slice(0, 80)}`);
      }
  };
  // Here, too, it would be found.
  const planted = execa('sleep', ['5'], { env: { PLANTED: secret }, reject: false });
  await look();
  expect(found).toHaveLength(1);
  found.length = 0;
  planted.kill();
  await planted;
  let looks = 0;
  let ended = false;
  const here = (async () => {
    while (!ended) {
      await look();
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async end() {
      ended = true;
      await here;
      await lab.sh('touch /root/stop');
      const times = Number(await there);
      return {
        here: { found, looks },
        there: { found: await lab.sh('cat /root/hits'), looks: times },
      };
    },
  };
}
