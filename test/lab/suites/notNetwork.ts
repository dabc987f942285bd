import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import type { Lab } from '../lab';
import { itsTurn } from '../random';

/** A drive with SR-IOV stands beside the cards. */
export function notNetwork(lab: Lab): void {
  describe('an adapter that is not a network card', () => {
    const drive = '0000:03:00.0';
    const state = () =>
      lab.sh(
        `cd /sys/bus/pci/devices/${drive}; cat class sriov_totalvfs sriov_numvfs; basename $(readlink driver)`,
      );

    test('is named by readiness as what it is, and is no adapter of the inventory', async () => {
      const { findings } = JSON.parse((await lab.sriov(['diagnose', '--json'])).stdout) as {
        findings: Finding[];
      };
      expect(findings.filter(({ id }) => id === 'adapter.not-network')).toMatchObject([
        { subject: drive, severity: 'info', title: 'Not a network adapter: NVMe drive with SR-IOV' },
      ]);
      expect((await lab.inventory()).pfs.map(({ name }) => name)).toEqual(['enp1s0', 'enp2s0']);
    });

    const commands = [
      ['set-vfs', drive, '2', '--yes'],
      ['configure', `${drive}:0`, '--vlan', '42'],
      ['attach', drive, 'fw', '--yes'],
      ['attach', `${drive}:0`, 'fw'],
      ['detach', drive],
    ];
    test.each(itsTurn(commands, 2))('%s %s does not touch it', async (...argv) => {
      const before = await state();
      expect(before).toBe('0x010802\n4\n0\nnvme');
      expect(await lab.sriov(argv)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(`"${drive}`) as string,
      });
      expect(await state()).toBe(before);
    });
  });
}
