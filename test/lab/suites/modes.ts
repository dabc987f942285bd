import { beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

/** What else than a VF a container can get: a whole adapter, or a macvlan. */
export function modes(lab: Lab): void {
  describe('whole adapters and macvlans', () => {
    beforeAll(() => lab.tidy());

    const pings = (from: string, to: string) => lab.sh(`docker exec ${from} ping -c 2 -W 5 ${to}`);

    test('a whole adapter goes to a container and comes back as it was', async () => {
      const before = await lab.pf();
      await lab.ok('attach', 'enp1s0', 'fw', '--mode', 'pf', '--name', 'eth1', '--address', '10.99.0.1/24');
      expect((await lab.pf('eth1')).holder).toMatchObject({ kind: 'container', name: 'fw' });
      expect(await pings('fw', '10.99.0.254')).toContain(' 0% packet loss');
      await lab.ok('detach', 'enp1s0');
      expect(await lab.pf()).toEqual(before);
    });

    test('an address by DHCP is renewed without holding the namespace open, and given back', async () => {
      await lab.makeVfs(1);
      const before = await lab.vf(0);
      const ns = `nsenter -t "$(docker inspect -f '{{.State.Pid}}' fw)" -n`;
      // The second adapter is cabled to the first. Leases of 20 seconds.
      await lab.sh(`mkdir -p /tmp/dhcp && cd /tmp/dhcp && touch leases
        printf '%s\\n' 'start 10.99.0.100' 'end 10.99.0.110' 'interface enp2s0' 'lease_file /tmp/dhcp/leases' 'min_lease 10' \
          'pidfile /tmp/dhcp/pid' 'option subnet 255.255.255.0' 'option router 10.99.0.254' 'option lease 20' >conf
        busybox udhcpd -S conf`);
      try {
        const { stderr, stdout } = await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--dhcp');
        expect(stdout + stderr).toMatch(/It has 10\.99\.0\.1\d\d\/24 by DHCP/);
        expect(await lab.sh(`${ns} ip -4 route show default`)).toContain('via 10.99.0.254 dev eth1');
        await lab.sh('sleep 14');
        const left = await lab.sh(
          `${ns} ip -4 addr show eth1 | sed -n 's/.*valid_lft \\([0-9]*\\)sec.*/\\1/p'`,
        );
        expect(Number(left)).toBeGreaterThan(7);
        const inside = await lab.sh(`own=$(${ns} readlink /proc/self/ns/net)
          for p in /proc/[0-9]*; do [ "$(readlink $p/ns/net)" != "$own" ] || tr '\\0' ' ' <$p/cmdline; done`);
        expect(inside).not.toContain('udhcpc');
        await lab.ok('detach', 'enp1s0:0');
        expect(await lab.vf(0)).toEqual(before);
        expect(await lab.sh('ls /var/lib/sriov-workbench/dhcp; pgrep -f "/dhcp/[^ ]* keep"; :')).toBe('');
      } finally {
        await lab.sh('kill $(cat /tmp/dhcp/pid); rm -r /tmp/dhcp');
      }
    }, 120_000);

    test('macvlans of two containers on one adapter talk; detaching leaves nothing', async () => {
      const before = await lab.inventory();
      const macvlan = ['--mode', 'macvlan', '--name', 'eth1', '--address'];
      await lab.ok('attach', 'enp1s0', 'fw', ...macvlan, '10.99.0.1/24');
      await lab.ok('attach', 'enp1s0', 'router', ...macvlan, '10.99.0.2/24');
      expect(await pings('fw', '10.99.0.2')).toContain(' 0% packet loss');
      expect((await lab.sriov(['detach', 'enp1s0'])).code).toBe(3);
      await lab.ok('detach', 'enp1s0', 'fw');
      await lab.ok('detach', 'enp1s0');
      const { pfs, containers, macvlans } = await lab.inventory();
      expect(macvlans).toEqual([]);
      expect(containers).toEqual(before.containers);
      expect(pfs).toEqual(before.pfs);
    });
  });
}
