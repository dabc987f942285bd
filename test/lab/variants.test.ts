import { execa } from 'execa';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from './lab';
import { itsTurn, seed } from './random';
import { complaints, diagnosed } from './suites/found';
import { useLab } from './useLab';

const small: Record<string, (lab: Lab) => void> = {
  'no-vf-driver': (lab) => {
    test('VFs without a driver are made, and named as such', async () => {
      const answer = await lab.sriov(['set-vfs', 'enp1s0', '2']);
      expect(answer).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/VF 0 of enp1s0 .*no driver is bound/) as string,
      });
      expect((await lab.pf()).vfs).toMatchObject([
        { driver: null, name: null },
        { driver: null, name: null },
      ]);
      expect(await lab.sriov(['attach', 'enp1s0:0', 'fw'])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('no driver') as string,
      });
    });
    diagnosed(lab);
  },

  bare: (lab) => {
    test('without an engine a container cannot be found, which is said', async () => {
      await lab.ok('set-vfs', 'enp1s0', '1');
      const answer = await lab.sriov(['attach', 'enp1s0:0', 'fw']);
      expect(answer).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/docker is not installed; podman is not installed/) as string,
      });
      await lab.ok('set-vfs', 'enp1s0', '0', '--yes');
    });
    test('a named namespace needs none', async () => {
      await lab.ok('set-vfs', 'enp1s0', '1');
      await lab.ok('attach', 'enp1s0:0', 'lab-ns', '--name', 'eth1');
      await lab.ok('detach', 'enp1s0:0');
    });
    diagnosed(lab);
  },

  'no-nic': (lab) => {
    test('there is no adapter, and that is not an error of ours', async () => {
      expect(await lab.inventory()).toMatchObject({ pfs: [], problems: [] });
      expect(await lab.sriov(['set-vfs', 'enp1s0', '1'])).toMatchObject({ code: 3 });
    });
    diagnosed(lab);
  },

  virtio: (lab) => {
    beforeAll(() => lab.podman(false));
    test('a card without settings for its VFs gives them to containers like any other', async () => {
      await lab.ok('set-vfs', 'enp2s0', '4');
      const before = (await lab.pf('enp2s0')).vfs;
      expect(before.map(({ name, driver, holder }) => [name !== null, driver, holder.kind])).toEqual(
        Array.from({ length: 4 }, () => [true, 'virtio-pci', 'host']),
      );
      await lab.ok('attach', 'enp2s0:0', 'fw', '--name', 'eth1', '--address', '10.99.0.1/24');
      await lab.ok('attach', 'enp2s0:1', 'router', '--name', 'eth1', '--address', '10.99.0.2/24');
      expect((await lab.pf('enp2s0')).vfs.map(({ holder }) => holder.name)).toEqual([
        'fw',
        'router',
        null,
        null,
      ]);
      for (const target of ['10.99.0.2', '10.99.0.254'])
        expect(await lab.sh(`docker exec fw ping -c 2 -W 5 ${target}`)).toContain(' 0% packet loss');
      expect(await lab.sriov(['configure', 'enp2s0:0', '--vlan', '42'])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('virtio-pci) has no settings for its VFs') as string,
      });
      expect(await lab.sriov(['set-vfs', 'enp2s0', '2'])).toMatchObject({ code: 3 });
      await lab.ok('detach', 'enp2s0:1');
      await lab.ok('undo');
      await lab.ok('detach', 'enp2s0:1');
      await lab.sh(`docker restart -t 1 fw >/dev/null
        for i in $(seq 50); do ls -d /sys/bus/pci/devices/0000:02:00.1/virtio*/net/* && break; sleep 0.1; done`);
      await lab.ok('recover');
      expect((await lab.pf('enp2s0')).vfs).toEqual(before);
      expect(await complaints(lab, 'netdev')).toEqual([]);
      await lab.ok('set-vfs', 'enp2s0', '0', '--yes');
    });
  },

  'no-iommu': (lab) => {
    diagnosed(lab);
    test('a network device in a container needs no IOMMU', async () => {
      await lab.ok('set-vfs', 'enp1s0', '1');
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1');
      expect((await lab.vf(0)).iommuGroup).toBeNull();
    });
  },
};

const big: typeof small = {
  '63vfs': (lab) => {
    test('every VF and every holder in one round trip', async () => {
      await lab.sh(
        `for p in /sys/bus/pci/devices/*/sriov_numvfs; do ip link set "$(ls "\${p%/*}/net")" up; echo 7 >$p; done`,
      );
      const running = (await lab.inventory()).containers.filter(
        (c) => c.engine === 'docker' && c.state === 'running',
      );
      expect(running.length).toBeGreaterThanOrEqual(10);
      for (const [index, name] of ['fw', 'router'].entries())
        await lab.ok('attach', `enp${index + 1}s0:6`, name, '--name', 'eth1');

      const bin = await mkdtemp(join(tmpdir(), 'sriov-ssh-count-'));
      const { stdout: real } = await execa('sh', ['-c', 'command -v ssh']);
      await writeFile(
        join(bin, 'ssh'),
        `#!/bin/sh\necho "$*" | tr '\\n' ' ' >>${bin}/log; echo >>${bin}/log\nexec ${real} "$@"\n`,
      );
      await chmod(join(bin, 'ssh'), 0o755);
      const { stdout } = await execa(
        'node',
        ['dist/cli.js', '--host', 'sriov-lab', '--ssh-config', lab.sshConfig, 'inventory', '--json'],
        {
          env: { PATH: `${bin}:${process.env.PATH}` },
        },
      );
      const calls = (await readFile(join(bin, 'log'), 'utf8')).trim().split('\n');
      expect(calls.filter((call) => !/ -G /.test(` ${call} `))).toHaveLength(1);

      const { pfs } = JSON.parse(stdout) as Awaited<ReturnType<Lab['inventory']>>;
      const vfs = pfs.flatMap((pf) => pf.vfs);
      expect(vfs).toHaveLength(63);
      expect(vfs.filter((vf) => vf.name === null || vf.mac === null || vf.driver !== 'igbvf')).toEqual([]);
      expect(vfs.filter((vf) => vf.holder.kind !== 'host').map((vf) => vf.holder.name)).toEqual([
        'fw',
        'router',
      ]);
    });
  },

  grub: (lab) => {
    const reboot = async () => {
      await lab.sh('sync');
      await execa('node', ['lab/lab.mjs', 'reset', 'grub']);
    };
    const found = async () => [
      ...(await complaints(lab, 'vfio')).filter((text) => text.includes('iommu')),
      ...(await complaints(lab, 'netdev')).filter((text) => text.includes('vf-driver')),
    ];
    const both = ['error iommu.disabled-by-flag', 'error vf-driver.missing'];
    const waiting = async () =>
      (await complaints(lab, 'netdev')).includes('warning kernel-args.reboot-needed');

    test('the configuration of another boot loader, by the real u-boot-update; what this kernel was started with is made up', async () => {
      const made = () => lab.sh('grep "^\tappend" /boot/extlinux/extlinux.conf');
      await lab.sh(`sed 's/BOOT_IMAGE=[^ ]* //' /proc/cmdline >/run/cmdline; mount --bind /run/cmdline /proc/cmdline
        echo 'U_BOOT_PARAMETERS="quiet intel_iommu=off"' >/etc/default/u-boot; u-boot-update 2>/dev/null`);
      const before = await made();
      expect(before).toContain('quiet intel_iommu=off');
      await lab.ok('fix', 'iommu.disabled-by-flag', '--yes');
      expect(await lab.sh('cat /etc/default/u-boot')).toBe('U_BOOT_PARAMETERS="quiet"');
      expect(await made()).toBe(before.replaceAll(' intel_iommu=off', ''));
      await lab.ok('fix', 'iommu.disabled-by-flag', '--undo', '--yes');
      expect(await made()).toBe(before);
      await lab.sh('umount /proc/cmdline; rm -r /boot/extlinux /etc/default/u-boot');
    });

    test('two fixes and two VFs that last, a reboot: what was found is gone, they are there; taken back, what the next boot reads is as it was', async () => {
      const boots = () => lab.sh('cat /etc/default/grub /boot/grub/grub.cfg');
      const original = await lab.sh('cat /etc/default/grub');
      const booted = await boots();
      expect([await found(), await waiting()]).toEqual([both, false]);
      expect(await lab.sriov(['fix', 'iommu.disabled-by-flag'], 'n\n')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('-GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=off') as string,
      });
      expect(await lab.sh('cat /etc/default/grub')).toBe(original);
      await lab.ok('fix', 'iommu.disabled-by-flag', '--yes');
      await lab.ok('fix', 'vf-driver.missing', '--yes');
      expect(await lab.sh('lsmod')).toContain('igbvf');
      expect(await waiting()).toBe(true);
      await lab.ok('set-vfs', 'enp1s0', '2', '--lasting', '--yes');
      await lab.ok('configure', 'enp1s0:1', '--vlan', '42', '--lasting', '--yes');
      await reboot();
      expect([await found(), await waiting()]).toEqual([[], false]);
      expect((await lab.pf()).vfs).toMatchObject([
        { vlan: { id: 0 } },
        { name: 'enp1s0v1', vlan: { id: 42 } },
      ]);
      await lab.ok('lasting', 'remove', '--all', '--yes');
      expect(await lab.sh('ls -d /etc/sriov-workbench /etc/systemd/system/sriov-*; true')).toBe('');

      await lab.ok('fix', 'vf-driver.missing', '--undo', '--yes');
      await lab.ok('fix', 'iommu.disabled-by-flag', '--undo', '--yes');
      expect(await boots()).toBe(booted);
      expect(await waiting()).toBe(true);
    }, 600_000);
  },
};

// Each is a boot and minutes.
for (const variants of [small, big])
  for (const variant of itsTurn(Object.keys(variants)))
    describe(`${variant} (LAB_SEED=${seed})`, () => variants[variant]!(useLab(variant)));
