import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { sshHost } from '../../../src/host/ssh';
import type { HostControl } from '../../../src/control/hostControl';
import { allVfs, type HostSnapshot } from '../../../src/model/snapshot';
import { comparable, type Lab } from '../lab';
import { random, seed } from '../random';

/** What becomes of VFs whose container is stopped, killed, started again or removed, in any order with detaching. */
export function endings(lab: Lab): void {
  describe('containers that end', () => {
    const image = 'sriov-lab:busybox';
    const vfs = ['enp1s0:0', 'enp1s0:1'];
    let control: HostControl;
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
      await lab.sh(`docker run -d --name ending --network none ${image} >/dev/null`);
      control = createHostControl(sshHost('sriov-lab', { configFile: lab.sshConfig }));
    });

    afterAll(async () => {
      await lab.sh('docker rm -f ending >/dev/null');
      await control.dispose();
    });

    /** In how many places each VF is. */
    const places = (now: HostSnapshot): number[] =>
      allVfs(now).map(
        ({ pci }) =>
          now.containers.filter(({ interfaces }) => interfaces.some((one) => one.vf === pci)).length +
          now.links.filter((link) => link.pci === pci).length,
      );
    /** A VF that has left a namespace which ended is on its way for a moment. */
    const look = async (): Promise<HostSnapshot> => {
      for (let tries = 0; ; tries += 1) {
        const now = await control.refresh();
        if (tries === 10 || places(now).every((count) => count === 1)) return now;
      }
    };
    const acts: Record<string, (vf: string) => Promise<unknown>> = {
      attach: (vf) => control.change({ kind: 'attach', vf, container: 'ending', name: `net${vf.at(-1)}` }),
      detach: (vf) => control.change({ kind: 'detach', vf }),
      recover: () => control.recover('undo'),
      stop: () => lab.sh('docker stop -t 0 ending >/dev/null'),
      kill: () => lab.sh('docker kill ending >/dev/null 2>&1 || true'),
      restart: () => lab.sh('docker restart -t 0 ending >/dev/null'),
      start: () => lab.sh('docker start ending >/dev/null'),
      remove: () =>
        lab.sh(
          `docker rm -f ending >/dev/null; docker run -d --name ending --network none ${image} >/dev/null`,
        ),
    };

    test(`in an order by chance, LAB_SEED=${seed}: each VF is in one place, and comes back as it was`, async () => {
      const before = comparable(await control.refresh()).pfs;
      const next = random(seed);
      const one = <T>(of: T[]): T => of[Math.floor(next() * of.length)]!;
      const done: string[] = [];
      for (const vf of vfs) await acts['attach']!(vf);
      for (const end = Date.now() + 15_000; Date.now() < end;) {
        const [act, vf] = [one(Object.keys(acts)), one(vfs)];
        await acts[act]!(vf);
        done.push(`${act} ${vf}`);
        const now = await look();
        expect(places(now), done.join(', ')).toEqual([1, 1]);
        expect(now.pending, done.join(', ')).toEqual([]);
      }
      for (const vf of vfs) await acts['detach']!(vf);
      await acts['recover']!('');
      const after = await control.refresh();
      expect(after.attachments, done.join(', ')).toEqual([]);
      expect(after.staleRecords, done.join(', ')).toEqual([]);
      await expect
        .poll(async () => comparable(await control.refresh()).pfs, {
          timeout: 20_000,
          message: done.join(', '),
        })
        .toEqual(before);
      console.log(`LAB_SEED=${seed}: ${done.join(', ')}`);
    }, 240_000);

    test('the VFs are removed: recover gives the container back the default route that was replaced', async () => {
      const route = () =>
        lab.sh(`nsenter -t "$(docker inspect -f '{{.State.Pid}}' web)" -n ip -4 route show default`);
      const before = await route();
      expect(before).toContain('dev eth0');
      const address = ['--name', 'net0', '--address', '10.99.0.1/24', '--gateway', '10.99.0.254'];
      await lab.ok('attach', 'enp1s0:0', 'web', ...address);
      expect(await route()).toContain('via 10.99.0.254 dev net0');
      await lab.sh('echo 0 >/sys/class/net/enp1s0/device/sriov_numvfs');
      expect(await route()).toBe('');
      await lab.ok('recover');
      expect(await route()).toBe(before);
      expect((await lab.inventory()).staleRecords).toEqual([]);
    });
  });
}
