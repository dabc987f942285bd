import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';

const pf = '0000:01:00.0';

/** Fixes of a running host, each with its way back. What fixes do to boot files is tried on the machine with a boot loader. */
export function fixes(lab: Lab): void {
  describe('fixes of findings', () => {
    /** Of a program that isn't in the guest: it writes down what it was asked. */
    const nmcli = '/usr/local/bin/nmcli';
    const said = '/run/nmcli.said';
    const ours = '/etc/NetworkManager/conf.d/90-sriov-workbench.conf';

    beforeAll(async () => {
      await lab.tidy();
      // What a DPDK script leaves: VFs without a driver, one of them intended for vfio-pci.
      await lab.sh(`cd /sys/bus/pci/devices/${pf}; ip link set enp1s0 up
        echo 0 >sriov_drivers_autoprobe; echo 2 >sriov_numvfs; ip link set enp1s0 down
        echo vfio-pci >virtfn1/driver_override
        mkdir -p /run/NetworkManager; printf '#!/bin/sh\\necho "$@" >>${said}\\n' >${nmcli}; chmod 755 ${nmcli}`);
    });
    afterAll(() =>
      lab.sh(`rm -rf /run/NetworkManager ${nmcli} ${said} /etc/NetworkManager
        echo 1 >/sys/bus/pci/devices/${pf}/sriov_drivers_autoprobe; echo 0 >/sys/bus/pci/devices/${pf}/sriov_numvfs`),
    );

    /** Autoprobe, the driver and the override of each VF, and whether the PF is up. */
    const state = async () =>
      (
        await lab.sh(`cd /sys/bus/pci/devices/${pf}; cat sriov_drivers_autoprobe
          for f in virtfn0 virtfn1; do basename "$(readlink $f/driver || echo none)"; cat $f/driver_override; done
          case $(cat net/enp1s0/flags) in *[13579bdf]) echo up;; *) echo down;; esac`)
      )
        .trim()
        .split('\n');

    test('VFs get their driver although another was left for one, their PF comes up first, and back', async () => {
      expect(await state()).toEqual(['0', 'none', '(null)', 'none', 'vfio-pci', 'down']);
      await lab.ok('fix', 'vf-driver.autoprobe-off', '--yes');
      expect(await state()).toEqual(['1', 'igbvf', '(null)', 'igbvf', '(null)', 'up']);
      await lab.ok('undo', '--yes');
      expect(await state()).toEqual(['0', 'none', '(null)', 'none', '(null)', 'down']);
    });

    test('a PF comes up, and goes down again', async () => {
      await lab.ok('fix', 'pf-state.down', '--yes');
      expect((await state()).at(-1)).toBe('up');
      await lab.ok('undo', '--yes');
      expect((await state()).at(-1)).toBe('down');
    });

    test('NetworkManager is configured by a file, which is taken away again', async () => {
      await lab.ok('fix', 'managers.eager', '--yes');
      expect(await lab.sh(`cat ${ours} ${said}`)).toMatch(
        /^unmanaged-devices\+=driver:igbvf\ngeneral reload conf/m,
      );
      await lab.ok('fix', 'managers.eager', '--undo', '--yes');
      await lab.sh(`[ ! -e ${ours} ]`);
    });
  });

  test('a collected file says what the host says, and names nobody', async () => {
    const { stdout: file } = await lab.ok('diagnose', '--collect');
    const names = (await lab.sh('hostname; cat /sys/class/net/*/address')).split('\n');
    expect(names.filter((name) => /[1-9a-z]/.test(name) && file.includes(name))).toEqual([]);
    const since = await lab.sriov(['diagnose', '--json', '--since', '-', '--purpose', 'vm'], file);
    expect(JSON.parse(since.stdout)).toMatchObject({ changes: { fixed: [], new: [], unseen: [] } });
  });
}
