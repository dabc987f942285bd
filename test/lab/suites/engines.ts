import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

/** The other places a VF can go to, and the other people who look. */
export function engines(lab: Lab): void {
  describe('engines and accounts', () => {
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
    });

    const givesAndTakes = async (name: string, engine: string) => {
      const before = await lab.vf(0);
      await lab.ok(
        'attach',
        'enp1s0:0',
        name,
        '--engine',
        engine,
        '--name',
        'eth1',
        '--address',
        '10.99.0.5/24',
      );
      const { containers } = await lab.inventory();
      expect(containers.find((c) => c.name === name)).toMatchObject({
        engine,
        interfaces: [{ name: 'eth1', vf: before.pci }],
      });
      await lab.ok('detach', before.pci);
      expect(await lab.vf(0)).toEqual(before);
    };

    test.each([
      ['a named namespace', 'lab-ns', 'netns'],
      ['a container with an awkward name', 'a.b_c-1.x', 'docker'],
    ])('%s', (_, name, engine) => givesAndTakes(name, engine));

    describe('Podman', () => {
      beforeAll(() => lab.podman(true));
      afterAll(() => lab.podman(false));

      test('a container of root', () => givesAndTakes('pfw', 'podman'));

      test('a rootless Podman container of another user', async () => {
        // The guest has no newuidmap: without subordinate ids a user's Podman maps that user alone.
        await lab.sh(`sed -i.own /^nfv:/d /etc/subuid /etc/subgid
        mkdir /tmp/rootfs && docker export fw | tar -xC /tmp/rootfs && chown -hR nfv: /tmp/rootfs
        cd /; su nfv -c 'HOME=/home/nfv podman --log-level=error run -d --name rootless --network none \
          --rootfs /tmp/rootfs /bin/idle' 2>&1`);
        try {
          const before = await lab.vf(0);
          await lab.ok('attach', 'enp1s0:0', 'rootless', '--name', 'eth1', '--address', '10.99.0.6/24');
          const { containers } = await lab.inventory();
          expect(containers.find(({ name }) => name === 'rootless')).toMatchObject({
            ...{ engine: 'podman', rootlessOf: 'nfv' },
            interfaces: [{ name: 'eth1', vf: before.pci, addresses: ['10.99.0.6/24'] }],
          });
          await lab.ok('detach', before.pci);
          expect(await lab.vf(0)).toEqual(before);
        } finally {
          await lab.sh(`cd /; su nfv -c 'HOME=/home/nfv podman --log-level=error rm -ft 0 rootless' 2>&1
          mv /etc/subuid.own /etc/subuid; mv /etc/subgid.own /etc/subgid; rm -r /tmp/rootfs`);
        }
      });
    });

    test('a name that ip or Docker left behind, with nothing mounted on it, is no namespace', async () => {
      await lab.sh('ip netns add left; umount /run/netns/left; touch /run/docker/netns/left');
      const { containers, problems } = await lab.inventory();
      await lab.sh('rm /run/netns/left /run/docker/netns/left');
      expect(containers.map(({ name }) => name)).not.toContain('left');
      expect(problems).toEqual([]);
    });

    test('a pair that shares one namespace: both see the VF, one holds it', async () => {
      await lab.ok('attach', 'enp1s0:0', 'pod-b', '--name', 'eth1');
      const { containers, pfs } = await lab.inventory();
      const pod = (name: string) => containers.find((c) => c.name === name)!;
      expect(pod('pod-a').interfaces).toEqual(pod('pod-b').interfaces);
      expect(pfs[0]!.vfs[0]!.holder.name).toBe('pod-a');
      expect((await lab.sriov(['attach', 'enp1s0:1', 'pod-a', '--name', 'eth1'])).code).toBe(3);
      await lab.ok('detach', 'enp1s0:0');
    });

    test('a user whose sudo needs no password may change; the others may look, and see why', async () => {
      const nfv = lab.by('ssh', 'sriov-lab-nfv');
      await nfv.ok('attach', 'enp1s0:0', 'fw');
      await nfv.ok('detach', 'enp1s0:0');
      for (const alias of ['sriov-lab-sudo', 'sriov-lab-plain']) {
        const user = lab.by('ssh', alias);
        const seen = await user.inventory();
        expect(seen.pfs.map(({ name, numVfs }) => [name, numVfs])).toEqual([
          ['enp1s0', 2],
          ['enp2s0', 0],
        ]);
        expect(seen.problems.map(({ needs }) => needs).join()).toContain('root');
        expect(await user.sriov(['set-vfs', 'enp1s0', '0', '--yes'])).toMatchObject({ code: 7 });
      }
      expect((await lab.pf()).numVfs).toBe(2);
    });

    test('Docker refusing a user is said as that, not as Docker being down', async () => {
      const { engines: seen } = await lab.by('ssh', 'sriov-lab-plain').inventory();
      expect(seen.find(({ engine }) => engine === 'docker')).toMatchObject({ status: 'denied' });
    });

    test('a host that cannot be reached or logged in to is exit 6', async () => {
      expect(await lab.by('ssh', 'nobody@sriov-lab').sriov(['inventory'])).toMatchObject({ code: 6 });
      expect(await lab.by('ssh', 'no-such-host.invalid').sriov(['inventory', '--json'])).toMatchObject({
        code: 6,
      });
    });
  });
}
