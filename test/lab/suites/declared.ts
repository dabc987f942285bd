import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab';
import { seed } from '../random';

const card = '0000:01:00.0';

/** A file that declares the host: written from it, compared with it, and applied, by what `ip` and sysfs say. */
export function declared(lab: Lab): void {
  describe('declared state', { timeout: 180_000 }, () => {
    let file = '';
    let before = '';
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(4);
      await lab.sh(`ip link set enp1s0 vf 1 vlan 42 spoofchk off
        ip link set enp1s0v3 down`);
      await lab.ok(
        'attach',
        'enp1s0:0',
        'fw',
        '--name',
        'eth1',
        '--address',
        '192.0.2.1/24',
        '--gateway',
        '192.0.2.254',
      );
      file = join(await mkdtemp(join(tmpdir(), 'sriov-declared-')), 'sriov.yaml');
      await writeFile(file, (await lab.ok('adopt')).stdout);
      before = await state();
    }, 120_000);
    afterAll(() => lab.tidy());

    /** Without MACs, which new VFs may have others of, whether a VF of the host was up, and carriers, which come late. */
    const state = () =>
      lab.sh(`cat /sys/bus/pci/devices/${card}/sriov_numvfs
        ip link show enp1s0 | sed -n 's/ *link\\/ether [^ ]* brd [^ ]*//; /vf [0-9]/p'
        for vf in /sys/bus/pci/devices/${card}/virtfn*; do
          readlink "$vf/driver" | sed 's/.*\\///'; ls "$vf/net" 2>/dev/null
        done
        pid=$(docker inspect -f '{{.State.Pid}}' fw)
        nsenter -t "$pid" -n ip -o link show dev eth1 | grep -o '[<,]UP[,>]' | tr -d '<>,'
        nsenter -t "$pid" -n ip -o addr show dev eth1 scope global | awk '{ print $2, $4 }'
        nsenter -t "$pid" -n ip route`);
    const plan = async () => {
      const { code, stdout } = await lab.sriov(['plan', file, '--json']);
      return { code, ...(JSON.parse(stdout) as { status: string; changes: { title: string }[] }) };
    };

    test('of the host as it is, nothing differs', async () => {
      expect(await plan()).toMatchObject({ code: 0, status: 'as-declared', changes: [] });
    });

    test('drift names what was changed by hand; applied, all is as before', async () => {
      await lab.sh(`ip link set enp1s0 vf 1 vlan 7
        ip link set enp1s0 vf 2 trust on
        ip link set enp1s0v3 mtu 1400
        pid=$(docker inspect -f '{{.State.Pid}}' fw)
        nsenter -t "$pid" -n ip addr add 198.51.100.9/24 dev eth1`);
      const { code, stdout } = await lab.sriov(['drift', file, '--json']);
      expect(code).toBe(2);
      const { differences } = JSON.parse(stdout) as { differences: { subject: string; what: string }[] };
      expect(differences.map(({ subject, what }) => `${subject}: ${what}`)).toEqual([
        'VF 0 of enp1s0: addresses in fw',
        'VF 1 of enp1s0: VLAN',
        'VF 2 of enp1s0: trust',
        'VF 3 of enp1s0: MTU',
      ]);
      await lab.ok('apply', file, '--yes');
      expect(await state()).toBe(before);
    });

    if (seed % 2 === 0)
      test('the VFs themselves are gone: applied, they are there again, and so is the one in the container; one undo takes all of it back', async () => {
        // Whether it is set up, not whether it has a carrier: igb resets the port when VFs go, and the link takes a moment.
        const bareState = `cd /sys/bus/pci/devices/${card}; cat sriov_numvfs net/enp1s0/flags net/enp1s0/mtu`;
        const bare = await lab.sh(`echo 0 >/sys/bus/pci/devices/${card}/sriov_numvfs; ${bareState}`);
        expect((await lab.sriov(['drift', file])).stdout).toContain('number of VFs');
        await lab.ok('apply', file, '--yes');
        expect(await state()).toBe(before);
        expect((await lab.ok('apply', file)).stdout).toContain('nothing was changed');
        const all = JSON.parse((await lab.ok('journal', '--json')).stdout) as { kind: string }[];
        expect(all.at(-1)).toMatchObject({ kind: 'apply', outcome: 'done' });
        await lab.ok('undo', '--yes');
        expect(await lab.sh(bareState)).toBe(bare);
        expect(await lab.sh('ls /var/lib/sriov-workbench/attachments')).toBe('');
      });

    if (seed % 2 === 1)
      test('one that fails half way leaves the host as it was', async () => {
        const broken = `${file}.broken.yaml`;
        // igb refuses a minimum rate, which only the host can say.
        await writeFile(
          broken,
          `version: 1\nadapters:\n  - nicSelector: {rootDevices: ["${card}"]}\n    vfGroups:\n      - {vfRange: "2", vlan: 99}\n      - {vfRange: "3", minTxRate: 10}\n`,
        );
        const { code, stderr } = await lab.sriov(['apply', broken, '--yes']);
        expect(stderr).toContain('Nothing is left of it.');
        expect(code).toBe(4);
        expect(await state()).toBe(before);
        const plan = `${file}.plan.json`;
        expect((await lab.sriov(['plan', broken, '--out', plan])).code).toBe(2);
        await lab.sh('ip link set enp1s0 vf 2 vlan 98');
        expect(await lab.sriov(['apply', plan, '--yes'])).toMatchObject({ code: 3, stderr: expect.stringContaining('98 → 99') as string }); // prettier-ignore
      });
  });
}
