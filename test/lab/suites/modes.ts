import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import dhcpServer from '../dhcpServer.sh';
import type { Lab } from '../lab';
import { itsTurn } from '../random';

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

    describe('an address by DHCP', () => {
      const ns = `nsenter -t "$(docker inspect -f '{{.State.Pid}}' fw)" -n`;
      let before: VirtualFunction;
      let released = 0;
      beforeAll(async () => {
        await lab.makeVfs(1);
        before = await lab.vf(0);
        await lab.sh(`${dhcpServer}
          serve_dhcp 16
          cd /tmp/dhcp
          tcpdump -l -n -v -i enp2s0 udp port 67 </dev/null 2>/dev/null >>seen & echo $! >tcpdump.pid`);
      });
      afterAll(() => lab.sh(`${dhcpServer}\nkill $(cat /tmp/dhcp/tcpdump.pid); end_dhcp`));
      /** Has the guest do without some of its programs, until `show`. */
      const hide = (programs: string) =>
        lab.sh(`for program in ${programs}; do path=$(command -v $program) && mv $path $path.hidden; done`);
      const show = () =>
        lab.sh('for path in /usr/*bin/*.hidden; do [ ! -e $path ] || mv $path ${path%.hidden}; done');

      // Each waits for half of a lease to be over, so one has its turn in a run.
      const clients = [
        ['of the host, udhcpc', '', 'busybox udhcpc'],
        ['of the host, dhclient', 'busybox', 'dhclient'],
        ['of the container', 'busybox dhclient', 'the container’s own udhcpc'],
      ] as const;
      test.each(itsTurn(clients))(
        'by a client %s, is renewed without holding the namespace open, and given back',
        async (_, hidden, client) => {
          onTestFinished(async () => void (await show()));
          await hide(hidden);
          const { stderr, stdout } = await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--dhcp');
          expect(stdout + stderr).toContain(`renewed (${client})`);
          expect(stdout + stderr).toMatch(/It got 10\.99\.0\.1\d\d\/24 by DHCP/);
          expect(await lab.sh(`${ns} ip -4 route show default`)).toContain('via 10.99.0.254 dev eth1');
          // More of the lease is left than before.
          expect(
            await lab.sh(`left() { ${ns} ip -4 addr show eth1 | sed -n 's/.*valid_lft \\([0-9]*\\)sec.*/\\1/p'; }
            was=$(left); for i in $(seq 90); do sleep 0.3; now=$(left); [ "$now" -le "$was" ] || break; was=$now; done
            [ "$now" -gt "$was" ] && echo renewed`),
          ).toBe('renewed');
          const inside = await lab.sh(`own=$(${ns} readlink /proc/self/ns/net)
          for p in /proc/[0-9]*; do [ "$(readlink $p/ns/net)" != "$own" ] || tr '\\0' ' ' <$p/cmdline; done`);
          expect(inside).not.toMatch(/udhcpc|dhclient/);
          await lab.ok('detach', 'enp1s0:0');
          expect(await lab.vf(0)).toEqual(before);
          expect(await lab.sh('ls /var/lib/sriov-workbench/dhcp; pgrep -f "/dhcp/[^ ]* keep"; :')).toBe('');
          released += 1;
          await expect
            .poll(() => lab.sh("grep -ac ': Release$' /tmp/dhcp/seen || :"), { timeout: 10_000 })
            .toBe(`${released}`);
        },
        120_000,
      );
    });

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
