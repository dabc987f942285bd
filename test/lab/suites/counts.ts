import { beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

/** How many VFs there are. */
export function counts(lab: Lab): void {
  describe(`the number of VFs (${lab.transport})`, () => {
    beforeAll(() => lab.tidy());

    test('0 → 7, every VF with its network device, the PF brought up first and said so', async () => {
      const plan = await lab.ok('set-vfs', 'enp1s0', '7', '--dry-run');
      expect(plan.stdout).toContain('Bring enp1s0 up');
      expect(await lab.numVfs()).toBe(0);
      await lab.ok('set-vfs', '0000:01:00.0', '7');
      const { vfs } = await lab.pf();
      expect(vfs.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `enp1s0v${index}`));
    });

    test('8 of 7 is refused, with the limit', async () => {
      const answer = await lab.sriov(['set-vfs', 'enp1s0', '8']);
      expect(answer).toMatchObject({ code: 3, stderr: expect.stringMatching(/at most 7/) as string });
    });

    test('7 → 3 lists what would be lost and does nothing until it is confirmed', async () => {
      const asked = await lab.sriov(['set-vfs', 'enp1s0', '3'], 'no\n');
      expect(asked.code).toBe(3);
      for (const index of [0, 6]) expect(asked.stderr).toContain(`VF ${index} enp1s0v${index}`);
      expect(await lab.numVfs()).toBe(7);
      const unasked = await lab.sriov(['set-vfs', 'enp1s0', '3']);
      expect(unasked.code).toBe(3);
    });

    test('with a VF in a container it is refused, naming the container, whatever is confirmed', async () => {
      await lab.ok('attach', 'enp1s0:3', 'fw', '--name', 'eth1');
      const answer = await lab.sriov(['set-vfs', 'enp1s0', '3', '--yes']);
      expect(answer).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/VF 3 .*container fw/) as string,
      });
      expect(await lab.numVfs()).toBe(7);
      await lab.ok('detach', 'enp1s0:3');
    });

    test('7 → 3 goes through 0 once confirmed, and 3 → 0', async () => {
      const answer = await lab.sriov(['set-vfs', 'enp1s0', '3'], 'yes\n');
      expect(answer).toMatchObject({ code: 0, stderr: expect.stringContaining('only through 0') as string });
      expect((await lab.pf()).vfs).toHaveLength(3);
      await lab.ok('set-vfs', 'enp1s0', '0', '--yes');
      expect(await lab.pf()).toMatchObject({ numVfs: 0, vfs: [] });
    });

    test('a failed write says why, by the error and the kernel’s lines of that moment', async () => {
      const move = (driver: string) =>
        lab.sh(`cd /sys/bus/pci; echo 0000:01:00.0 >devices/0000:01:00.0/driver/unbind
          echo ${driver} >devices/0000:01:00.0/driver_override; echo 0000:01:00.0 >drivers_probe`);
      await lab.sh('modprobe pci-stub');
      await move('pci-stub');
      const answer = await lab.sriov(['set-vfs', '0000:01:00.0', '2', '--json']);
      await move('');
      await lab.sh('udevadm settle; test -e /sys/class/net/enp1s0');
      expect(answer.code).toBe(4);
      expect(answer.stderr).toContain('No such file or directory');
      expect(JSON.parse(answer.stdout)).toMatchObject({
        status: 'undone',
        failure: {
          log: [expect.stringMatching(/pci-stub 0000:01:00.0: driver does not support SR-IOV/) as string],
          findings: [expect.objectContaining({ severity: 'error', cause: 'pf-bound-to-vfio' }) as unknown],
        },
      });
    });
  });
}
