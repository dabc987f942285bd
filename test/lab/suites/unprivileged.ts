import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../src/host/host';
import { sshHost } from '../../../src/host/ssh';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import type { NamespaceRef, Plan } from '../../../src/model/plan';
import { applyPlan } from '../../../src/execution/applyPlan';
import type { Report } from '../../../src/execution/report';
import type { Lab } from '../lab';
import { itsTurn } from '../random';
import { inNamespaces, inPlaceOfLocks, misplaced, processes, type Called } from './unprivilegedWays';

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
const [pf, vf] = ['0000:01:00.0', '0000:01:10.0'];

/** What a user with no rights at all prepares to have root write, read, run or wait for something. None of it works. */
export function unprivileged(lab: Lab): void {
  describe('a user without rights', () => {
    let host: Host;
    /** The whole id of the Docker container `web`, and a way into its namespace. */
    let web: { id: string } & NamespaceRef;
    beforeAll(async () => {
      host = sshHost('sriov-lab', { configFile: lab.sshConfig });
      await lab.tidy();
      await lab.makeVfs(1);
      await lab.sh(`mkdir -p /root/victims; rm -rf /run/lock/sriov-workbench`);
      const { containers } = await readSnapshot(host);
      const { id, pid, netnsInode } = containers.find(({ name }) => name === 'web')!;
      const owner = { pid: pid!, containerId: id, engine: 'docker' as const };
      web = { id, inode: netnsInode!, path: `/proc/${pid}/ns/net`, owner };
    });
    beforeEach(() => lab.sh(`echo untouched >/root/victims/file; chmod 755 /root /root/victims`));
    afterAll(async () => {
      await cleanUp();
      await lab.sh('rm -rf /root/victims; chmod 700 /root');
      await host.dispose();
    });

    /** A program run by `plain`. */
    const asPlain = (program: string) => lab.sh(`su - plain <<'END_OF_PLAIN'\n${program}\nEND_OF_PLAIN`);
    const cleanUp = () =>
      lab.sh(`pkill -9 -u plain; rm -rf /run/lock/sriov-workbench /home/plain/prepared; mkdir -p /home/plain/prepared
        chown plain: /home/plain/prepared`);
    const touched = () =>
      lab.sh(
        `cat /root/victims/*; ls -d /root/victims/[!f]* /root/pwned /etc/${vf}.lock /etc/cron.d/new 2>/dev/null; :`,
      );

    /** A change of nothing, under the locks of a VF's. */
    const change = (more: Partial<Plan> = {}): Promise<Report> =>
      applyPlan(host, {
        ...{ kind: 'attach', title: 'Change nothing', host: 'lab', notes: [], losses: [], verb: 'Change' },
        locks: [
          { pci: pf, mode: 'shared' },
          { pci: vf, mode: 'exclusive' },
        ],
        ...{ namespace: null, preconditions: [], promises: [] },
        steps: [{ title: 'Nothing', apply: ['true'], undo: ['true'], timeout: 15 }],
        ...more,
      });

    describe.each(itsTurn(inPlaceOfLocks, 4))(
      'who makes the old folder of locks first: $name',
      ({ prepare }) => {
        beforeEach(cleanUp);
        test('is not asked', async () => {
          await asPlain(`cd /run/lock; folder=/run/lock/sriov-workbench lock=$folder/${vf}.lock\n${prepare}`);
          expect(await change()).toMatchObject({ outcome: 'done' });
          expect(await touched()).toBe('untouched');
        });
      },
    );

    test('can neither make, exchange, read nor lock what is root’s', async () => {
      await change();
      const tries = [
        [
          'mkdir /run/sriov-workbench-new',
          'ln -s /tmp /run/sriov-workbench',
          'mv /run/sriov-workbench /run/x',
        ],
        [
          'ls /run/sriov-workbench',
          `flock -n /run/sriov-workbench/${vf}.lock true`,
          'flock -n /run/sriov-workbench true',
        ],
        [
          'ls /var/lib/sriov-workbench',
          'flock -n /var/lib/sriov-workbench true',
          'touch /var/lib/sriov-workbench/x',
        ],
        ['mv /var/lib/sriov-workbench /var/lib/x', 'cat /var/lib/sriov-workbench/journal.jsonl'],
      ].flat();
      const done = await asPlain(
        tries.map((one) => `${one} 2>/dev/null && echo '${one}'`).join('\n') + '\n:',
      );
      expect(done).toBe('');
      expect(await lab.sh('stat -c "%U %a %F" /run/sriov-workbench /var/lib/sriov-workbench')).toBe(
        'root 700 directory\nroot 700 directory',
      );
    });

    describe.each(misplaced)('who was given $path by mistake', ({ path, prepare, problem }) => {
      beforeAll(async () => {
        await cleanUp();
        await lab.sh(`rm -rf ${path}.own; mv ${path} ${path}.own; install -d -o plain -m 755 ${path}`);
        await asPlain(`cd ${path}; vf=${vf}\n${prepare}`);
      });
      afterAll(() => lab.sh(`rm -rf ${path}; mv ${path}.own ${path}`));

      test('has nothing of it read, run or written, and root sees why', async () => {
        const { stdout, stderr } = await lab.sriov(['recover', '--yes']);
        expect(stdout + stderr).not.toContain('Planted');
        const report = await change();
        expect(report).toMatchObject({ outcome: 'unsafe', detail: expect.stringContaining(path) as string });
        expect(await lab.sriov(['attach', 'enp1s0:0', 'fw'])).toMatchObject({
          code: 3,
          stderr: expect.stringMatching(
            new RegExp(
              `was not started on \\S+: ${path} is writable by other users: it belongs to plain .* chmod go-w ${path}`,
            ),
          ) as string,
        });
        if (problem) expect((await lab.inventory()).problems.map(({ why }) => why).join()).toMatch(problem);
        expect(await touched()).toBe('untouched');
      });
    });

    describe('whose processes call themselves something', () => {
      beforeEach(cleanUp);
      /** Starts it, and says the number of its child. */
      const start = async ({ called, args, child, becomes, mode }: Called, number: number) =>
        Number(
          await asPlain(`cd prepared; rm -f ${called}; cp /bin/dash ${called}; mkfifo fifo${number}; chmod ${mode ?? 755} ${called}
printf '%s &\\necho $! >pid${number}; wait\\n' ${quote(child)} >hold${number}
setsid ./${called} hold${number} ${insert(args)} </dev/null >/dev/null 2>&1 &
until [ -s pid${number} ] && grep -qxE '${becomes ?? 'sleep|su'}' /proc/$(cat pid${number})/comm; do sleep 0.1; done; cat pid${number}`),
        );
      const insert = (text: string) =>
        text.replaceAll('WEB', web.id).replaceAll('SHORT', web.id.slice(0, 12));

      test('is not listed as what root has, nor gets what was requested for that', async () => {
        for (const [number, { prepared }] of processes.entries()) await start(prepared, number);
        await lab.sh(`echo 'echo conmon >/proc/$$/comm; sleep 300 & wait' | docker exec -i web sh -c 'cat >/hold'
          docker exec -d -u $(id -u plain) web sh /hold -c ${'e'.repeat(64)} -n inside`);
        const { containers } = await lab.inventory();
        for (const { prepared, name, listed } of processes)
          expect(
            containers.filter(
              ({ rootlessOf, name: called }) =>
                rootlessOf === 'plain' && called === insert(prepared.name ?? ''),
            ),
            name,
          ).toHaveLength(listed ? 1 : 0);
        expect(containers.map(({ name }) => name)).not.toContain('inside');
        for (const given of ['web', web.id, web.id.slice(0, 12)]) {
          const { stdout } = await lab.ok(
            'attach',
            'enp1s0:0',
            given,
            '--name',
            'net1',
            '--dry-run',
            '--json',
          );
          expect(JSON.parse(stdout), given).toMatchObject({ plans: [{ namespace: { inode: web.inode } }] });
        }
        await lab.ok('attach', 'enp1s0:0', 'web', '--name', 'net1');
        expect((await lab.vf(0)).holder).toMatchObject({ name: 'web', netnsInode: web.inode });
        await lab.ok('detach', 'enp1s0:0');
        await lab.sh('docker exec web pkill -f /hold; docker exec web rm /hold');
      });

      test.each(itsTurn(inNamespaces, 4))(
        'and has the numbers of a container that ended: $name',
        async (way) => {
          const pid = await start(way.prepared, 0);
          if (way.cgroup)
            // As systemd delegates one to each user, who gives those below it names.
            await lab.sh(`cgroup=/sys/fs/cgroup/plain.slice/docker-${web.id}.scope; mkdir -p $cgroup; chown -R plain /sys/fs/cgroup/plain.slice
            echo ${pid} >$cgroup/cgroup.procs`);
          const path = `/proc/${pid}/${way.path ?? 'ns/net'}`;
          const inode = Number(await lab.sh(`stat -L -c %i ${path}`));
          const owner = {
            pid,
            containerId: web.id,
            engine: way.user ? ('podman' as const) : ('docker' as const),
          };
          const namespace: NamespaceRef = {
            ...{ path, inode },
            owner: way.path ? null : { ...owner, ...(way.user ? { user: way.user } : {}) },
          };
          const began = Date.now();
          expect(await change({ namespace })).toMatchObject({ outcome: way.accepted ? 'done' : 'refused' });
          expect(Date.now() - began).toBeLessThan(20_000);
        },
      );

      test('and has something else open than when it was looked at: nobody waits for it', async () => {
        await lab.sh('mkdir -p /var/lib/sriov-workbench/attachments');
        await asPlain(`cd prepared; mkfifo fifo; cat >flip <<'END'
use POSIX;
my $own = readlink '/proc/self/ns/net';
my $child = fork // die;
exec 'unshare', '-Urn', 'sleep', '2' unless $child;
select undef, undef, undef, 0.05 until (readlink("/proc/$child/ns/net") // $own) ne $own;
open(my $net, '<', "/proc/$child/ns/net") or die;
waitpid $child, 0;
open(my $both, '+<', 'fifo') or die;
open(my $fifo, '<', 'fifo') or die;
close $both;
open(my $flag, '>', 'flipping'); close $flag;
while (1) { for my $one ($net, $fifo) { POSIX::dup2(fileno $one, 9); select undef, undef, undef, 0.002 } }
END
setsid perl flip </dev/null >/dev/null 2>&1 &
until [ -e flipping ]; do sleep 0.2; done`);
        const began = Date.now();
        expect((await readSnapshot(host)).pfs).toHaveLength(2);
        expect(Date.now() - began).toBeLessThan(30_000);
      });
    });

    test('who puts links where a container’s DHCP client has its script doesn’t have that container’s root write through them', async () => {
      await lab.sh(`docker exec web chmod 1777 /tmp
        docker exec -u 1003 web sh -c 'cd /tmp; for n in $(seq 2000); do ln -s /etc/passwd .sriov-dhcp.$n; done'`);
      const before = await lab.sh('docker exec web cat /etc/passwd');
      const client = ['docker', 'exec', web.id];
      const report = await change({
        namespace: web,
        steps: [
          {
            ...{ title: 'An address', timeout: 40 },
            apply: ['start_dhcp', vf, 'nothere', web.path, `${web.inode}`, ...client],
            undo: ['stop_dhcp', vf, 'nothere', ...client],
          },
        ],
      });
      expect(report).toMatchObject({ outcome: 'undone', failure: { message: /nothere/ } });
      expect(await lab.sh('docker exec web cat /etc/passwd')).toBe(before);
      expect(
        await lab.sh(
          `docker exec web sh -c 'ls -d /run/.sriov* /dev/.sriov* /tmp/.sriov-dhcp.*-* 2>/dev/null; rm -f /tmp/.sriov*'; :`,
        ),
      ).toBe('');
    });

    test('who makes the folder for root’s ssh connections first doesn’t get one', async () => {
      await lab.sh('rm -rf /tmp/sriov-ssh-0');
      await asPlain('mkdir -m 777 prepared/theirs; ln -s ~/prepared/theirs /tmp/sriov-ssh-0');
      const found =
        await lab.sh(`[ -e /root/own ] || ssh-keygen -q -t ed25519 -N '' -f /root/own; cp -p /root/.ssh/authorized_keys /root/keys
        cat /root/own.pub >>/root/.ssh/authorized_keys
        printf '%s\\n' 'Host self' 'HostName 127.0.0.1' 'IdentityFile /root/own' 'StrictHostKeyChecking no' 'UserKnownHostsFile /dev/null' >/root/self
        env -u XDG_RUNTIME_DIR /opt/sriov/node /opt/sriov/cli.js --host self --ssh-config /root/self inventory --json >/dev/null && echo ok
        ls /home/plain/prepared/theirs; ls -d /tmp/sriov-ssh-??????/*
        mv /root/keys /root/.ssh/authorized_keys; rm -rf /root/own /root/own.pub /root/self /tmp/sriov-ssh-*`);
      expect(found).toMatch(/^ok\n\/tmp\/sriov-ssh-\w{6}\/[0-9a-f]{40}$/);
    });
  });
}
