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
