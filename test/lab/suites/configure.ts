import { beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

/** What the adapter enforces for a VF, and which driver it has. */
export function configure(lab: Lab): void {
  describe('configuring a VF', () => {
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
    });

    const pings = async (): Promise<boolean> =>
      (await lab.sh('docker exec fw ping -c 2 -W 1 10.99.0.2 || true')).includes(' 0% packet loss');

    test('VLANs segregate; a detached VF has none', async () => {
      const before = [await lab.vf(0), await lab.vf(1)];
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--address', '10.99.0.1/24', '--vlan', '42');
      await lab.ok('attach', 'enp1s0:1', 'router', '--name', 'eth1', '--address', '10.99.0.2/24');
      await lab.ok('configure', 'enp1s0:1', '--vlan', '43:3');
      expect(await lab.vf(1)).toMatchObject({ vlan: { id: 43, qos: 3, proto: '802.1Q' } });
      expect(await pings()).toBe(false);
      await lab.ok('configure', 'enp1s0:1', '--vlan', '42');
      expect(await pings()).toBe(true);
      for (const index of [0, 1]) {
        await lab.ok('detach', `enp1s0:${index}`);
        expect(await lab.vf(index)).toEqual(before[index]);
      }
    });

    test('everything that igb takes, and back again', async () => {
      const before = await lab.vf(0);
      const mac = '02:00:00:00:00:42';
      const set = ['--trust', 'on', '--spoofchk', 'off', '--max-rate', '100', '--mtu', '1400', '--mac', mac];
      await lab.ok('configure', 'enp1s0:0', ...set);
      expect(await lab.vf(0)).toMatchObject({
        ...{ trust: true, spoofchk: false, maxTxRate: 100, mtu: 1400, adminMac: mac, mac },
      });
      const reset = ['--trust', 'off', '--spoofchk', 'on', '--max-rate', '0', '--mtu', `${before.mtu}`];
      await lab.ok('configure', 'enp1s0:0', ...reset, '--mac', '00:00:00:00:00:00');
      // It may choose its own MAC again.
      await lab.sh(`ip link set enp1s0v0 address ${before.mac}`);
      expect(await lab.vf(0)).toEqual(before);
    });

    test('what the driver refuses is named, and what was set before it is put back', async () => {
      const before = await lab.vf(0);
      const answer = await lab.sriov([
        'configure',
        'enp1s0:0',
        '--vlan',
        '7',
        '--trust',
        'on',
        '--link-state',
        'enable',
      ]);
      expect(answer).toMatchObject({ code: 4 });
      expect(answer.stderr).toMatch(/\(igb\) refuses the link state enable.*EOPNOTSUPP/);
      expect(await lab.vf(0)).toEqual(before);
    });

    test('vfio-pci and back; the interface is the same as before', async () => {
      const before = await lab.vf(0);
      await lab.ok('configure', before.pci, '--driver', 'vfio-pci');
      expect(await lab.vf(0)).toMatchObject({ driver: 'vfio-pci', name: null, holder: { kind: 'vfio' } });
      await lab.ok('configure', before.pci, '--driver', 'igbvf');
      expect(await lab.vf(0)).toMatchObject({ driver: 'igbvf', name: before.name });
      const overridden = await lab.sh(`cat /sys/bus/pci/devices/${before.pci}/driver_override`);
      expect(overridden.trim()).toBe('(null)');
    });

    test('sriov_drivers_autoprobe', async () => {
      await lab.ok('configure', 'enp2s0', '--autoprobe', 'off');
      expect((await lab.pf('enp2s0')).driversAutoprobe).toBe(false);
      await lab.ok('configure', 'enp2s0', '--autoprobe', 'on');
      expect((await lab.pf('enp2s0')).driversAutoprobe).toBe(true);
    });
  });
}
