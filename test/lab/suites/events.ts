import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { Hearing, HostControl } from '../../../src/control/hostControl';
import { sshHost } from '../../../src/host/ssh';
import { allVfs, type HostSnapshot } from '../../../src/model/snapshot';
import { readText, type Lab } from '../lab';
import { itsTurn } from '../random';
import { counted } from './counted';

/** What others change on a host that is followed is in the snapshot without anybody reading it. */
export function events(lab: Lab): void {
  describe('what happens on a host that is followed', () => {
    let control: HostControl;
    let hearing: Hearing | undefined;
    let stop: () => void;
    const follow = () => void (stop = control.follow((now) => (hearing = now)));
    const isLive = () => vi.waitUntil(() => hearing?.live, { timeout: 60_000 });
    /** The snapshot comes to say so by itself. */
    const becomes = <T>(read: (now: HostSnapshot) => T, value: T) =>
      expect.poll(() => control.snapshot && read(control.snapshot), { timeout: 15_000 }).toEqual(value);
    /** The processes of the stream on the host. */
    const listeners = () =>
      lab.sh(`pgrep -f '^(ip monitor|ip netns monitor|udevadm monitor|docker events)' || true`);

    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
      control = createHostControl(sshHost('sriov-lab', { configFile: lab.sshConfig }));
      await control.refresh();
      follow();
    });
    beforeEach(() => isLive());
    afterAll(async () => {
      await control.dispose();
      await lab.tidy();
    });

    const vf = (index: number) => (now: HostSnapshot) => allVfs(now)[index];
    const holder = (now: HostSnapshot) => vf(0)(now)?.holder.name;

    test('a device that is renamed, and one that is brought up and down', async () => {
      await lab.sh('ip link set enp1s0v1 name other');
      await becomes((now) => vf(1)(now)?.name, 'other');
      await lab.sh('ip link set other name enp1s0v1');
      await becomes((now) => vf(1)(now)?.name, 'enp1s0v1');
      const isUp = (now: HostSnapshot) => vf(1)(now)?.up;
      await lab.sh('ip link set enp1s0v1 up');
      await becomes(isUp, true);
      await lab.sh('ip link set enp1s0v1 down');
      await becomes(isUp, false);
    });

    test('a container that is stopped and started', async () => {
      const state = (now: HostSnapshot) => now.containers.find(({ name }) => name === 'router')?.state;
      await lab.sh('docker stop -t 0 router >/dev/null');
      await becomes(state, 'exited');
      await lab.sh('docker start router >/dev/null');
      await becomes(state, 'running');
    });

    test('a VF that is moved into a container by hand, and back', async () => {
      const pid = (await lab.sh(`docker inspect -f '{{.State.Pid}}' fw`)).trim();
      await lab.sh(`ip link set enp1s0v0 netns ${pid}`);
      await becomes(holder, 'fw');
      await lab.sh(`nsenter -t ${pid} -n ip link set enp1s0v0 netns 1`);
      await becomes((now) => vf(0)(now)?.holder.kind, 'host');
    });

    test('a named network namespace, with a VF in it', async () => {
      await lab.sh('ip netns add events; ip link set enp1s0v0 netns events');
      await becomes(holder, 'events');
      await lab.sh('ip netns del events');
      await becomes((now) => now.containers.some(({ name }) => name === 'events'), false);
      await becomes((now) => vf(0)(now)?.holder.kind, 'host');
    });

    test('another number of VFs', async () => {
      await lab.sh('echo 0 >/sys/class/net/enp1s0/device/sriov_numvfs');
      await becomes((now) => allVfs(now).length, 0);
      await lab.sh('echo 3 >/sys/class/net/enp1s0/device/sriov_numvfs');
      await becomes((now) => allVfs(now).filter(({ name }) => name !== null).length, 3);
    });

    const killings = [
      ['its sources were', `pkill -x -f 'udevadm monitor.*'; pkill -f '^docker events'`],
      // It sleeps again and again; between two there is none to find it by.
      [
        'its program was',
        `until kill -9 $(ps -o ppid= -p "$(pgrep -n -x -f 'sleep 15')"); do sleep 0.1; done 2>/dev/null`,
      ],
    ] as const;
    test.each(itsTurn(killings))(
      'it is heard again after %s killed',
      async (_, kill) => {
        await isLive();
        await lab.sh(kill);
        await expect.poll(() => hearing?.live, { timeout: 20_000 }).toBe(false);
        await isLive();
        await lab.sh('ip link set enp1s0v1 name other');
        await becomes((now) => vf(1)(now)?.name, 'other');
        await lab.sh('ip link set other name enp1s0v1');
      },
      120_000,
    );

    test('nothing of it stays on the host when nobody follows it any more', async () => {
      expect(await listeners()).not.toBe('');
      onTestFinished(follow);
      stop();
      await expect.poll(listeners, { timeout: 30_000 }).toBe('');
    }, 60_000);

    test('it is heard as the user, as root once there is a password, and as the user again', async () => {
      const password = (await readText('lab/.state', lab.variant, 'sudo-password')).trim();
      const host = sshHost('sriov-lab-sudo', { configFile: lab.sshConfig });
      const user = createHostControl(host, () => Promise.resolve(password));
      onTestFinished(async () => {
        await user.dispose();
        follow();
      });
      stop();
      await user.refresh();
      let isHeard = false;
      user.follow(({ live }) => (isHeard = live));
      const owners = async () => {
        await vi.waitUntil(() => isHeard, { timeout: 60_000 });
        return (await lab.sh(`ps -o user= -C ip,udevadm | sort -u`)).trim();
      };
      const up = () => user.snapshot && allVfs(user.snapshot)[1]?.up;
      expect(user.connection.state).toBe('limited');
      await expect.poll(owners, { timeout: 40_000 }).toBe('sudoer');
      await lab.sh('ip link set enp1s0v1 up');
      await expect.poll(up, { timeout: 15_000 }).toBe(true);
      expect(await user.elevate()).toBeUndefined();
      await expect.poll(owners, { timeout: 40_000 }).toBe('root');
      await user.drop();
      await expect.poll(owners, { timeout: 40_000 }).toBe('sudoer');
      await lab.sh('ip link set enp1s0v1 down');
      await expect.poll(up, { timeout: 15_000 }).toBe(false);
    }, 180_000);

    counted(lab, () => control);

    test('nothing of it stays on the host when the connection is lost, and it is heard again', async () => {
      const before = (await listeners()).split('\n');
      expect(before.length).toBeGreaterThan(1);
      await lab
        .sh(`kill -9 $(pgrep -f 'sshd.*notty' | grep -vx "$(ps -o ppid= -p $$ | tr -d ' ')")`)
        .catch(() => {});
      const left = async () => (await listeners()).split('\n').filter((pid) => before.includes(pid));
      await expect.poll(left, { timeout: 40_000 }).toEqual([]);
      await vi.waitUntil(() => control.refresh().catch(() => undefined), { timeout: 30_000 });
      await isLive();
    }, 120_000);
  });
}
