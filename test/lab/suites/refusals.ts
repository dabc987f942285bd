import { beforeAll, describe, expect, test } from 'vitest';
import { comparable, type Lab } from '../lab';
import { itsTurn } from '../random';

/** What can't be done: exit 3, one sentence, an unchanged host. */
export function refusals(lab: Lab): void {
  describe(`refusals (${lab.transport})`, () => {
    let before: ReturnType<typeof comparable>;
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
      await lab.ok('attach', 'enp1s0:0', 'router', '--name', 'eth1', '--address', '10.99.0.2/24');
      before = comparable(await lab.inventory());
    });

    const refused: [string, string[], RegExp][] = [
      [
        'a container on the host network',
        ['attach', 'enp1s0:1', 'hostnet'],
        /hostnet uses the host's own network/,
      ],
      ['a stopped container', ['attach', 'enp1s0:1', 'stopped'], /stopped is not running \(exited\)/],
      ['an unknown container', ['attach', 'enp1s0:1', 'nobody'], /no container "nobody"/],
      [
        'a VF that is attached already',
        ['attach', 'enp1s0:0', 'fw'],
        /VF 0 of enp1s0 is attached to container router as eth1/,
      ],
      [
        'a name taken inside',
        ['attach', 'enp1s0:1', 'router', '--name', 'eth1'],
        /router already has an interface eth1/,
      ],
      [
        'a name taken inside by the engine',
        ['attach', 'enp1s0:1', 'web', '--name', 'eth0'],
        /web already has an interface eth0/,
      ],
      [
        'an address taken inside',
        ['attach', 'enp1s0:1', 'router', '--address', '10.99.0.2/24'],
        /already has the address 10\.99\.0\.2\/24/,
      ],
      [
        'a gateway off the link',
        ['attach', 'enp1s0:1', 'fw', '--address', '10.99.0.3/24', '--gateway', '10.98.0.1'],
        /10\.98\.0\.1 is not in a network/,
      ],
      ['an MTU above the PF', ['attach', 'enp1s0:1', 'fw', '--mtu', '9000'], /from 68 to 1500/],
      ['a PF without SR-IOV', ['set-vfs', 'enp0s3', '1'], /enp0s3 does not support SR-IOV/],
      ['an unknown PF', ['set-vfs', 'enp9s0', '1'], /no adapter "enp9s0"/],
      ['an unknown VF', ['attach', 'enp1s0:5', 'fw'], /has VF 0 to 1/],
      ['a VF of a PF that has none', ['attach', 'enp2s0:0', 'fw'], /enp2s0 has no VFs yet/],
      ['detaching what is on the host', ['detach', 'enp1s0:1'], /already on the host/],
      ['the number there is', ['set-vfs', 'enp1s0', '2'], /already has 2 VFs/],
    ];
    // Each is planned as in its unit test; here is shown that the host says what they are planned by.
    test.each(itsTurn(refused, 5))('%s', async (_, args, sentence) => {
      const answer = await lab.sriov(args);
      expect(answer).toMatchObject({ code: 3, stderr: expect.stringMatching(sentence) as string });
      expect(answer.stderr.trim().split('\n')).toHaveLength(1);
    });

    test('after all of these the host is unchanged', async () => {
      expect(comparable(await lab.inventory())).toEqual(before);
    });

    test('an id prefix that fits two containers', async () => {
      const { containers } = await lab.inventory();
      const ids = containers.filter(({ engine }) => engine !== 'netns').map(({ id }) => id[0]!);
      let prefix = ids.find((first, index) => ids.indexOf(first) !== index);
      for (let tries = 0; !prefix && tries < 20; tries++) {
        const id = (await lab.sh('docker create sriov-lab:busybox')).trim();
        prefix = ids.find((first) => id.startsWith(first));
      }
      const answer = await lab.sriov(['attach', 'enp1s0:1', prefix!]);
      expect(answer).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/matches \d+ containers/) as string,
      });
    });

    test('an interface that carries the default route, unless its name is given', async () => {
      await lab.sh(
        'ip addr add 192.0.2.1/24 dev enp2s0; ip route add default via 192.0.2.2 dev enp2s0 metric 4242',
      );
      try {
        expect((await lab.pf('enp2s0')).protectedBecause).toEqual([expect.stringContaining('default route')]);
        const answer = await lab.sriov(['set-vfs', 'enp2s0', '1']);
        expect(answer).toMatchObject({
          code: 3,
          stderr: expect.stringMatching(/enp2s0 is protected/) as string,
        });
        expect((await lab.sriov(['set-vfs', 'enp2s0', '1', '--force-interface', 'enp1s0'])).code).toBe(3);
        await lab.ok('set-vfs', 'enp2s0', '1', '--force-interface', 'enp2s0');
      } finally {
        await lab.sh(
          'ip route del default metric 4242; ip addr del 192.0.2.1/24 dev enp2s0; echo 0 >/sys/bus/pci/devices/0000:02:00.0/sriov_numvfs',
        );
      }
    });

    test('the interface that carries the ssh connection, through a bridge and a VLAN', async () => {
      // The management interface is moved on top of a VF-capable card as far as addresses tell.
      await lab.sh(`ip link add br9 type bridge; ip link set enp2s0 master br9; ip link add link br9 name br9.5 type vlan id 5
        ip link set br9 up; ip link set br9.5 up; ip addr add 192.0.2.9/24 dev br9.5; ip route add default via 192.0.2.8 dev br9.5 metric 4243`);
      try {
        expect((await lab.pf('enp2s0')).protectedBecause).not.toEqual([]);
      } finally {
        await lab.sh('ip link set enp2s0 nomaster; ip link del br9');
      }
    });

    test('arguments that mean nothing are a usage error, before the host is asked', async () => {
      for (const args of [
        ['frobnicate'],
        ['set-vfs', 'enp1s0'],
        ['set-vfs', 'enp1s0', 'two'],
        ['attach', 'enp1s0:1', 'fw', '--mac', '01:00:00:00:00:00'],
        ['attach', 'enp1s0:1', 'fw', '--name', 'a name'],
        ['attach', 'enp1s0:1', 'fw', '--address', '10.0.0.300/24'],
        ['inventory', '--yes'],
      ])
        expect(await lab.sriov(args)).toMatchObject({ code: 2 });
    });
  });
}
