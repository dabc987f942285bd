import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeptState } from '../../../src/planning/kept/stateOf';
import type { MadeState } from '../../../src/planning/made/stateOfMade';
import type { Lab } from '../lab';
import { seed } from '../random';

const pci = { docker: '0000:01:10.0', podman: '0000:01:10.2' };
/** What both engines do alike, each does in its turn. */
const itsTurn = (['docker', 'podman'] as const)[seed % 2]!;
const image = { docker: 'sriov-lab:busybox', podman: 'localhost/sriov-lab:busybox' };

/** VFs that are kept for a container, whatever becomes of it, of its engine and of what attaches them. */
export function lasting(lab: Lab): void {
  describe('attachments that last', () => {
    let before = '';
    beforeAll(async () => {
      await lab.podman(true);
      await lab.tidy();
      await lab.makeVfs(4);
      before = await files();
    });
    afterAll(async () => {
      await lab.sh('docker rm -f kept cdi; podman rm -f -t 0 kept cdi; rm -f /etc/docker/daemon.json');
      await lab.sriov(['lasting', 'remove', '--all', '--detach', '--yes']);
      await lab.podman(false);
    });

    /** Every file of the host's configuration, with its mode, what it leads to, and what is in it. */
    const files = () =>
      lab.sh(`find /etc /usr/local /var/lib/sriov-workbench/attachments -printf '%p %m %u %l\\n' 2>/dev/null | sort
        find /etc /usr/local -type f -exec sha1sum {} + | sort -k2`);
    type State = (KeptState | MadeState) & { id: string };
    const states = async (): Promise<State[]> =>
      JSON.parse((await lab.ok('lasting', '--json')).stdout) as State[];

    for (const [index, engine] of (['docker', 'podman'] as const).entries()) {
      const address = `192.0.2.${index + 10}/24`;
      const run = `${engine} run -d --restart always --name kept --network none ${image[engine]} >/dev/null`;
      /** In the guest: waits until the VF is in the container as it should be, or as it was on the host. */
      const waits = `vf=${pci[engine]}
        inside() {
          pid=$(${engine} inspect -f '{{.State.Pid}}' kept 2>/dev/null) && [ "\${pid:-0}" -gt 0 ] || return
          nsenter -t "$pid" -n ip -br addr show dev eth7 2>/dev/null | grep -q 'UP .*${address}' &&
            ip link show dev enp1s0 | grep -q 'vf ${index} .*vlan 4${index}'
        }
        home() {
          [ -e /sys/bus/pci/devices/$vf/net/enp1s0v${index} ] && [ ! -e /var/lib/sriov-workbench/attachments/$vf.json ] &&
            ! ip link show dev enp1s0 | grep -q 'vf ${index} .*vlan'
        }
        until_is() {
          tries=0
          until "$1"; do
            tries=$((tries + 1))
            [ $tries -lt 300 ] || { echo "not $1: $(cat /run/sriov-workbench/kept-*.kept)"; exit 1; }
            sleep 0.2
          done
        }`;
      const acts = (
        [
          ['restart', `${engine} restart -t 0 kept`, 'inside'],
          ['stop', `${engine} stop -t 0 kept`, 'home'],
          ['start', `${engine} start kept`, 'inside'],
          ['rm -f', `${engine} rm -f ${engine === 'podman' ? '-t 0 ' : ''}kept`, 'home'],
          ['run anew', run, 'inside'],
          ['kill', `${engine} kill kept; sleep 1; ${engine} stop -t 0 kept`, 'home'],
          ['start after that', `${engine} start kept`, 'inside'],
        ] as [does: string, program: string, ends: 'inside' | 'home'][]
      ).slice(0, engine === 'docker' ? 7 : 3);

      describe(engine, { timeout: 240_000 }, () => {
        test('kept for a container that does not exist yet, then whenever it runs', async () => {
          const args = ['attach', `enp1s0:${index}`, 'kept', '--engine', engine, '--name', 'eth7'];
          await lab.ok(...args, '--address', address, '--vlan', `4${index}`, '--lasting', '--yes');
          const { id } = (await states()).at(-1)!;
          expect((await states()).at(-1)).toMatchObject({
            state: 'waiting',
            why: 'waiting for container kept',
          });
          await lab.sh(`${waits}\n${run}; until_is inside`);
          expect((await states()).find((one) => one.id === id)).toMatchObject({ state: 'attached' });
          // All but the name as udev's own file has it.
          const link = `/etc/systemd/network/00-sriov-workbench-${id}.link`;
          const [stock, policy] = ['/usr/lib/systemd/network/99-default.link', '^[A-Z][A-Za-z]*Policy='];
          expect(await lab.sh(`sed -n '/^Name=/p' ${link}; grep -E '${policy}' ${link}`)).toBe(
            await lab.sh(`echo Name=enp1s0v${index}; grep -E '${policy}' ${stock} | grep -v ^NamePolicy`),
          );
        });

        test.each(acts)('%s', async (_, program, ends) => {
          expect(
            await lab.sh(`${waits}\n{ ${program}; } >/dev/null 2>&1; until_is ${ends}; until_is ${ends}`),
          ).toBe('');
        });

        if (engine === itsTurn)
          test('what attaches is killed in the middle of it, with all that it started', async () => {
            const unit = `sriov-workbench@${engine}.service`;
            await lab.sh(`${waits}
            ${engine} restart -t 0 kept >/dev/null
            tries=0
            until [ -n "$(ls /var/lib/sriov-workbench/changes 2>/dev/null)" ] || [ $tries -gt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
            systemctl kill -s KILL ${unit}
            until_is inside`);
            expect(await lab.sh('ls /var/lib/sriov-workbench/changes')).toBe('');
          });

        if (engine !== itsTurn)
          test('udev gives it its name back where nothing of ours runs, and nobody else gets it', async () => {
            const unit = `sriov-workbench@${engine}.service`;
            await lab.sh(`${waits}
              named() { [ -e /sys/bus/pci/devices/$vf/net/enp1s0v${index} ]; }
              systemctl stop ${unit}
              ${engine} stop -t 0 kept >/dev/null
              until_is named
              [ -e /var/lib/sriov-workbench/attachments/$vf.json ] || echo 'something else gave it back'
              systemctl start ${unit}
              until_is home`);
            const { code, stderr } = await lab.sriov(['attach', `enp1s0:${index}`, 'fw']);
            expect(code).toBe(3);
            expect(stderr).toContain(`kept for container kept (${engine})`);
            await lab.sh(`${engine} start kept >/dev/null`);
          });

        if (engine === 'docker')
          test('the engine is restarted', async () => {
            // What comes by CDI, below, needs this restart, too.
            await lab.sh(`${waits}
              until_is inside
              echo '{"features":{"cdi":true}}' >/etc/docker/daemon.json
              systemctl restart docker
              until_is inside`);
          });
      });
    }

    describe.each([itsTurn])('by CDI, with %s', { timeout: 240_000 }, (engine) => {
      const made = (name: string) =>
        `${engine} run -d --name ${name} --network none --device sriov-workbench.local/vf=cdi-eth7 ${image[engine]}`;
      /** In the guest: the VF is in the container, which has just started; or on the host as it was, soon after that ended. */
      const looks = `inside() {
          nsenter -t "$(${engine} inspect -f '{{.State.Pid}}' cdi)" -n ip -br addr show dev eth7 | grep -q 'UP .*192.0.2.12/24' || exit
          ip link show dev enp1s0 | grep -q 'vf 2 .*vlan 42'
        }
        home() {
          tries=0
          until [ -e /sys/bus/pci/devices/0000:01:10.4/net/enp1s0v2 ] && [ ! -e /var/lib/sriov-workbench/attachments/0000:01:10.4.json ]; do
            tries=$((tries + 1))
            [ $tries -lt 100 ] || { cat /run/sriov-workbench/cdi-eth7.kept; exit 1; }
            sleep 0.2
          done
          ! ip link show dev enp1s0 | grep -q 'vf 2 .*vlan'
        }`;

      test('the VF is there when the container starts, and on the host when it ended', async () => {
        await lab.sriov(['lasting', 'remove', 'cdi-eth7', '--yes']);
        const args = ['attach', 'enp1s0:2', 'cdi', '--engine', engine, '--name', 'eth7'];
        await lab.ok(
          ...args,
          '--address',
          '192.0.2.12/24',
          '--vlan',
          '42',
          '--lasting',
          '--via',
          'cdi',
          '--yes',
        );
        await lab.sh(`${looks}
          set -e
          ${made('cdi')} >/dev/null
          inside
          ${engine} restart -t 0 cdi >/dev/null
          inside`);
        expect((await states()).find(({ id }) => id === 'cdi-eth7')).toMatchObject({ state: 'attached' });
        await lab.sh(`${looks}\n${engine} rm -f ${engine === 'podman' ? '-t 0 ' : ''}cdi >/dev/null; home`);
      });

      test('another container with the device does not start, and the engine says why', async () => {
        const said = await lab.sh(`${made('other')} 2>&1 >/dev/null; ${engine} rm -f other >/dev/null`);
        expect(said).toContain('kept for the container cdi, and this one is other');
        expect(await lab.sh('ls /sys/bus/pci/devices/0000:01:10.4/net')).toBe('enp1s0v2');
      });
    });

    test('nobody else makes its VFs, or nobody asks twice', { timeout: 60_000 }, async () => {
      const link = '/etc/systemd/network/10-two-masters.link';
      await lab.sh(
        `printf '%s\n' '[Match]' 'Path=pci-0000:01:00.0' '[Link]' 'SR-IOVVirtualFunctions=2' >${link}`,
      );
      const { code, stderr } = await lab.sriov(['set-vfs', 'enp1s0', '4', '--lasting', '--yes']);
      await lab.sh(`rm ${link}`);
      expect(code).toBe(3);
      expect(stderr).toContain(`Set it there, in ${link}: SR-IOVVirtualFunctions=4 under [Link]`);
    });

    test(
      'as after a boot: the VFs are made and settled, then containers have theirs again',
      { timeout: 240_000 },
      async () => {
        const settings = ['--vlan', '42', '--mac', '02:00:00:00:00:42'];
        await lab.ok('configure', 'enp1s0:3', ...settings, '--lasting', '--yes');
        expect((await states()).at(-1)).toMatchObject({ id: 'vfs-enp1s0', state: 'made' });
        expect(
          await lab.sh(`exec 2>&1
            systemctl stop 'sriov-workbench@*' && docker stop -t 0 kept >/dev/null && podman stop -t 0 kept >/dev/null
            tries=0
            until [ -e /sys/bus/pci/devices/${pci.docker}/net ] && [ -e /sys/bus/pci/devices/${pci.podman}/net ] || [ $tries -gt 50 ]; do
              tries=$((tries + 1)); sleep 0.2
            done
            echo 0 >/sys/bus/pci/devices/0000:01:00.0/sriov_numvfs; ip link set enp1s0 down; rm -rf /run/sriov-workbench
            docker start kept >/dev/null
            systemctl restart sriov-workbench-vfs@vfs-enp1s0 && systemctl start sriov-workbench@docker sriov-workbench@podman
            tries=0
            until nsenter -t "$(docker inspect -f '{{.State.Pid}}' kept)" -n ip link show dev eth7 >/dev/null 2>&1; do
              tries=$((tries + 1))
              [ $tries -lt 150 ] || { cat /run/sriov-workbench/*.kept; exit 1; }
              sleep 0.2
            done`),
        ).toBe('');
        expect(await lab.vf(3)).toMatchObject({
          ...{ name: 'enp1s0v3', vlan: { id: 42 }, adminMac: '02:00:00:00:00:42' },
        });
        expect((await states()).at(-1)).toMatchObject({ state: 'made', lastRun: { state: 'made' } });
      },
    );

    test(
      'a container that crashes again and again: no VF lost, and few words',
      { timeout: 240_000 },
      async () => {
        const said = () => lab.sh('journalctl -u "sriov-workbench@docker" -o cat | wc -l').then(Number);
        const first = await said();
        await lab.sh(`docker rm -f kept >/dev/null
        docker run -d --restart always --name kept --network none ${image.docker} sh -c 'sleep 0.5; exit 1' >/dev/null
        sleep 20
        docker rm -f kept >/dev/null
        tries=0
        until [ -e /sys/bus/pci/devices/${pci.docker}/net/enp1s0v0 ] && [ ! -e /var/lib/sriov-workbench/attachments/${pci.docker}.json ] || [ $tries -gt 300 ]; do
          tries=$((tries + 1)); sleep 0.2
        done`);
        expect((await said()) - first).toBeLessThan(40);
        const vfs = (await lab.inventory()).pfs.find(({ name }) => name === 'enp1s0')!.vfs;
        expect(vfs[0]).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' }, vlan: { id: 0 } });
      },
    );

    test('removed, nothing of it is left on the host', { timeout: 240_000 }, async () => {
      await lab.ok('lasting', 'remove', '--all', '--detach', '--yes');
      expect(await states()).toEqual([]);
      await lab.sh('rm -f /etc/docker/daemon.json');
      expect(await files()).toBe(before);
      expect(
        await lab.sh(
          `ls /run/sriov-workbench | grep kept; systemctl --no-legend list-units --all 'sriov-workbench*'; true`,
        ),
      ).toBe('');
    });
  });
}
