import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import type { Lab } from '../lab';
import { itsTurn } from '../random';

const adminMac = '02:aa:00:00:00:01';
const noMac = '00:00:00:00:00:00';

/** What a function is to the host when it leaves, and what it brings along. */
export function inUse(lab: Lab): void {
  describe('a function that is in use', () => {
    beforeAll(() => lab.tidy());
    afterAll(() => lab.tidy());

    const refusedFirst = async (args: string[], ...ends: (string | RegExp)[]) => {
      const { code, stderr } = await lab.sriov(args);
      for (const end of ends) expect(stderr).toMatch(end);
      expect(code, stderr).toBe(3);
    };

    test('a whole adapter with addresses, routes and devices on top: asked first, and all is back after detaching', async () => {
      onTestFinished(
        async () =>
          void (await lab.sh(
            'ip link del enp1s0.5; ip addr flush dev enp1s0; ip route flush table 100; ip link set enp1s0 down',
          )),
      );
      await lab.sh(`ip link set enp1s0 up; ip addr add 192.0.2.1/24 dev enp1s0
        ip route add 198.51.100.0/24 via 192.0.2.9 dev enp1s0 src 192.0.2.1 metric 50
        ip route add 198.51.101.0/24 via 192.0.2.9 dev enp1s0 table 100 onlink
        ip link add link enp1s0 name enp1s0.5 type vlan id 5; ip addr add 192.0.3.1/24 dev enp1s0.5; ip link set enp1s0.5 up
        ip route add 203.0.113.0/24 via 192.0.3.9; ip -6 addr add 2001:db8::1/64 dev enp1s0 nodad
        ip -6 route add 2001:db8:1::/64 via 2001:db8::9 dev enp1s0`);
      // What comes with the carrier or with the check for duplicates comes when it comes.
      const look = () =>
        lab.sh(`for name in enp1s0 enp1s0.5; do ip -br addr show $name | sed -E 's/ +[A-Z]+ +/ /; s/ *fe80[^ ]*//; s/ +$//'; done
          ip route show table all | grep enp1s0 | grep -v 'fe80\\|ff00\\|cast \\|^local' | sed 's/ linkdown//' | sort`);
      const before = await look();
      const attach = ['attach', 'enp1s0', 'fw', '--mode', 'pf', '--name', 'eth1'];
      await refusedFirst(
        attach,
        ...['the address 192.0.2.1/24 of enp1s0', 'the address 2001:db8::1/64 of enp1s0'],
        ...['the route to 198.51.100.0/24 via 192.0.2.9 on enp1s0', 'the route to 198.51.101.0/24'],
        ...['the route to 203.0.113.0/24 via 192.0.3.9 on enp1s0.5', 'the route to 2001:db8:1::/64'],
        'enp1s0.5, a VLAN device on enp1s0 (192.0.3.1/24)',
      );
      expect(await look()).toBe(before);
      await lab.ok(...attach, '--yes');
      expect((await lab.pf('eth1')).holder).toMatchObject({ kind: 'container', name: 'fw' });
      await lab.ok('detach', 'enp1s0');
      expect(await look()).toBe(before);
    });

    describe('with VFs', () => {
      beforeAll(() => lab.makeVfs(2));
      beforeEach(() => lab.sh('modprobe bonding; ip link set enp1s0 up'));

      test.each(itsTurn(['bridge', 'bond']))('a port of a %s', async (kind) => {
        onTestFinished(
          async () => void (await lab.sh('ip link del sw0; ip link del other; ip link set enp1s0v0 down')),
        );
        // A bond whose last port leaves takes a random MAC, so this one has another port.
        await lab.sh(`ip link add sw0 address 02:00:00:00:00:50 type ${kind}; ip link add other type dummy
          for port in other enp1s0v0; do ip link set $port master sw0; done
          for name in sw0 other enp1s0v0; do ip link set $name up; done`);
        const before = await lab.vf(0);
        await refusedFirst(
          ['attach', 'enp1s0:0', 'fw', '--name', 'eth1'],
          `enp1s0v0 as a port of the ${kind} sw0`,
        );
        await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--yes');
        expect(await lab.vf(0)).toMatchObject({ name: 'eth1', master: null, holder: { name: 'fw' } });
        await lab.ok('detach', 'enp1s0:0');
        expect(await lab.vf(0)).toEqual(before);
      });

      test('its other name is the name that is wanted, or is taken inside: freed, and given back', async () => {
        const inside = `nsenter -t "$(docker inspect -f '{{.State.Pid}}' fw)" -n`;
        await lab.sh(`for other in eth1 taken plain; do ip link property add dev enp1s0v1 altname $other; done
          ${inside} ip link add taken type dummy`);
        const before = await lab.vf(1);
        await lab.ok('attach', 'enp1s0:1', 'fw', '--name', 'eth1');
        expect(await lab.vf(1)).toMatchObject({ name: 'eth1', altnames: ['plain'] });
        await lab.ok('undo', '--yes');
        const after = await lab.vf(1);
        expect({ ...after, altnames: after.altnames.sort() }).toEqual({
          ...before,
          altnames: before.altnames.sort(),
        });
        await lab.sh(`${inside} ip link del taken
          for other in eth1 taken plain; do ip link property del dev enp1s0v1 altname $other; done`);
      });

      test('what its adapter enforces for it is said, found by the readiness, and cleared where that is asked for', async () => {
        onTestFinished(
          async () => void (await lab.sh(`ip link set enp1s0 vf 0 vlan 0 spoofchk on mac ${noMac}`)),
        );
        await lab.sh(`ip link set enp1s0 vf 0 vlan 42 spoofchk off mac ${adminMac}`);
        const before = await lab.vf(0);
        const { findings } = JSON.parse((await lab.sriov(['diagnose', '--json'])).stdout) as {
          findings: Finding[];
        };
        expect(findings.find(({ id }) => id === 'vf.brings-along')).toMatchObject({
          ...{ severity: 'info', subject: before.pci },
          evidence: [expect.stringContaining(`VLAN 42, no spoof check, the MAC ${adminMac}`)],
        });
        const attach = ['attach', 'enp1s0:0', 'fw', '--name', 'eth1'];
        const { stderr } = await lab.ok(...attach);
        expect(stderr).toMatch(
          /keeps what enp1s0 already enforces .*VLAN 42, no spoof check, the MAC 02:aa[\s\S]*--clear[\s\S]*1\/\d/,
        );
        expect(await lab.vf(0)).toMatchObject({ vlan: { id: 42 }, spoofchk: false });
        await lab.ok('detach', 'enp1s0:0');
        await lab.ok(...attach, '--clear');
        expect(await lab.vf(0)).toMatchObject({ vlan: { id: 0 }, spoofchk: true });
        await lab.ok('detach', 'enp1s0:0');
        expect(await lab.vf(0)).toMatchObject({ vlan: { id: 42 }, spoofchk: false, adminMac });
      });

      test('an address that another container or the host has is asked about', async () => {
        await lab.ok('attach', 'enp1s0:0', 'router', '--name', 'eth1', '--address', '10.99.0.2/24');
        const attach = ['attach', 'enp1s0:1', 'fw', '--name', 'eth1', '--address'];
        await refusedFirst([...attach, '10.99.0.2/16'], 'router already has the address 10.99.0.2 on eth1');
        await refusedFirst(
          [...attach, '10.99.0.254/24'],
          'The host already has the address 10.99.0.254 on enp2s0',
        );
        await lab.ok(...attach, '10.99.0.2/24', '--vlan', '7');
        await lab.ok('detach', 'enp1s0:1');
        await lab.ok(...attach, '10.99.0.2/24', '--yes');
      });
    });
  });
}
