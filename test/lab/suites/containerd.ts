import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

/** Containers that no engine with a command lists: found by their shims. */
export function containerd(lab: Lab): void {
  describe('containerd', () => {
    const name = 'k8s.io/lab-ctr';

    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(1);
    });

    test('where Docker lists what its shims watch, nothing is said of containerd', async () => {
      const { containers, engines } = await lab.inventory();
      expect(containers.filter(({ engine }) => engine === 'containerd')).toEqual([]);
      expect(engines.map(({ engine }) => engine)).not.toContain('containerd');
    });

    describe('a container of its own', () => {
      beforeAll(() =>
        lab.sh(`mkdir /tmp/ctr-rootfs && docker export fw | tar -xC /tmp/ctr-rootfs
          ctr -n k8s.io run -d --runtime io.containerd.runc.v2 --rootfs /tmp/ctr-rootfs lab-ctr /bin/idle`),
      );
      afterAll(() =>
        lab.sh(`ctr -n k8s.io task kill -s KILL lab-ctr; ctr -n k8s.io task delete -f lab-ctr
          ctr -n k8s.io container delete lab-ctr; rm -r /tmp/ctr-rootfs`),
      );

      test('is listed, gets a VF and gives it back as it was', async () => {
        const before = await lab.vf(0);
        await lab.ok('attach', 'enp1s0:0', name, '--name', 'eth1', '--address', '10.99.0.7/24');
        const { containers, engines, attachments } = await lab.inventory();
        expect(containers.filter(({ engine }) => engine === 'containerd')).toMatchObject([
          {
            ...{ id: name, name, state: 'running' },
            interfaces: [{ name: 'eth1', vf: before.pci, addresses: ['10.99.0.7/24'] }],
          },
        ]);
        expect(engines).toContainEqual({ engine: 'containerd', status: 'ok' });
        expect(attachments).toMatchObject([{ vf: before.pci, status: 'live' }]);
        await lab.ok('detach', before.pci);
        expect(await lab.vf(0)).toEqual(before);
      });

      test('is said by the readiness to be seen only', async () => {
        const { stdout } = await lab.sriov(['diagnose', '--json']);
        const { findings } = JSON.parse(stdout) as { findings: { id: string; subject: string }[] };
        expect(findings).toContainEqual(
          expect.objectContaining({ id: 'engine.only-seen', subject: 'containerd' }),
        );
      });
    });

    test('a process that is called like a shim, of a user or of a user’s program, is none', async () => {
      const args = `-c 'sleep 60; :' -namespace k8s.io -id liar`;
      await lab.sh(`mkdir /tmp/liar && cp /bin/sh /tmp/liar/containerd-shim-runc-v2 && chown -R nfv: /tmp/liar
        su nfv -c "setsid /tmp/liar/containerd-shim-runc-v2 ${args} >/dev/null 2>&1 & echo \\$!" >/tmp/liar/pids
        setsid /tmp/liar/containerd-shim-runc-v2 ${args} >/dev/null 2>&1 & echo $! >>/tmp/liar/pids`);
      try {
        await expect.poll(() => lab.sh('grep -lx containerd-shim /proc/*/comm | wc -l')).not.toBe('0');
        const { containers } = await lab.inventory();
        expect(containers.map(({ name: theirs }) => theirs)).not.toContain('k8s.io/liar');
      } finally {
        await lab.sh('kill $(cat /tmp/liar/pids); rm -r /tmp/liar');
      }
    });
  });
}
