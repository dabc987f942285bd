import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HostConfiguration } from '../../../src/model/configuration';
import { isRefusal, type Plan } from '../../../src/model/plan';
import fixVerbs from '../../../src/execution/program/fixVerbs.sh';
import { familyByText } from '../../../src/boot/families';
import { Plain } from '../../../src/model/plain';
import { planChange } from '../../../src/planning/plan';
import { nowhere } from '../planning/configurations';
import { host } from '../hosts/host';

const planOf = (configuration: Partial<HostConfiguration>, add = ['intel_iommu=on'], remove: string[] = []) =>
  planChange(host(), {
    ...{ kind: 'fix', finding: 'a', title: 'a', change: { kind: 'kernel-args', add, remove } },
    configuration: { ...nowhere, ...configuration },
  });
const planned = (...given: Parameters<typeof planOf>): Plan => {
  const plan = planOf(...given);
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
};
const commands = (plan: Plan) =>
  plan.steps
    .map(({ apply }) => apply)
    .filter(([verb]) => !['keep_fix', 'replace_file', 'boot_configuration_has'].includes(verb));

const entry = (path: string, options: string) => ({
  path,
  text: `title Linux\nversion 6.1\nlinux /vmlinuz-6.1\ninitrd /initrd-6.1\noptions ${options}\n`,
});

describe('edits of files as they look on such hosts (their tools are not run)', () => {
  test.each<[string, Partial<HostConfiguration>, string, string[][]]>([
    [
      'GRUB of CentOS 7 on UEFI',
      {
        cmdline: 'BOOT_IMAGE=/vmlinuz-3.10.0-1160.el7.x86_64 root=/dev/mapper/c ro',
        tools: ['grub2-mkconfig'],
        files: [{ path: '/etc/default/grub', text: 'GRUB_CMDLINE_LINUX="crashkernel=auto rhgb quiet"\n' }],
        generated: ['/boot/grub2/grub.cfg', '/boot/efi/EFI/centos/grub.cfg'],
      },
      'GRUB_CMDLINE_LINUX="crashkernel=auto rhgb quiet intel_iommu=on"\n',
      [
        [
          'make_grub_configurations',
          'grub2-mkconfig',
          '/boot/grub2/grub.cfg',
          '/boot/efi/EFI/centos/grub.cfg',
        ],
      ],
    ],
    [
      'GRUB of Arch',
      {
        cmdline: 'BOOT_IMAGE=/vmlinuz-linux root=UUID=1 rw',
        tools: ['grub-mkconfig'],
        files: [{ path: '/etc/default/grub', text: 'GRUB_CMDLINE_LINUX_DEFAULT="loglevel=3 quiet"\n' }],
      },
      'GRUB_CMDLINE_LINUX_DEFAULT="loglevel=3 quiet intel_iommu=on"\n',
      [['make_grub_configurations', 'grub-mkconfig', '/boot/grub/grub.cfg']],
    ],
    [
      'Proxmox VE with systemd-boot, although it has GRUB’s file too',
      {
        cmdline: 'initrd=\\EFI\\proxmox\\6.8.4-2-pve\\initrd.img-6.8.4-2-pve root=ZFS=rpool/ROOT boot=zfs',
        loaderInfo: 'systemd-boot 252.22',
        tools: ['proxmox-boot-tool', 'update-grub', 'kernel-install'],
        files: [
          { path: '/etc/default/grub', text: 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\n' },
          { path: '/etc/kernel/cmdline', text: 'root=ZFS=rpool/ROOT boot=zfs\n' },
        ],
      },
      'root=ZFS=rpool/ROOT boot=zfs intel_iommu=on\n',
      [['proxmox-boot-tool', 'refresh']],
    ],
    [
      'openSUSE with sdbootutil',
      {
        cmdline: 'initrd=\\opensuse\\6.9\\initrd root=UUID=1 splash=silent',
        tools: ['sdbootutil', 'kernel-install'],
        files: [{ path: '/etc/kernel/cmdline', text: 'root=UUID=1 splash=silent\n' }],
      },
      'root=UUID=1 splash=silent intel_iommu=on\n',
      [['sdbootutil', 'update-all-entries']],
    ],
    [
      'systemd-boot with kernel-install',
      {
        cmdline: 'initrd=\\0123\\6.1\\initrd root=UUID=1 systemd.machine_id=0123',
        loaderInfo: 'systemd-boot 252.39',
        tools: ['kernel-install', 'bootctl'],
        files: [
          { path: '/etc/kernel/cmdline', text: '# mine\nroot=UUID=1\n' },
          entry('/boot/efi/loader/entries/0123-6.1.conf', 'root=UUID=1'),
        ],
      },
      '# mine\nroot=UUID=1 intel_iommu=on\n',
      [['reinstall_kernels']],
    ],
    [
      'systemd-boot of Arch: every entry',
      {
        cmdline: 'initrd=\\initramfs-linux.img root=UUID=1 rw',
        tools: ['bootctl'],
        files: [entry('/boot/loader/entries/arch.conf', 'root=UUID=1 rw')],
      },
      entry('', 'root=UUID=1 rw intel_iommu=on').text,
      [],
    ],
    [
      'extlinux of Alpine',
      {
        cmdline: 'BOOT_IMAGE=vmlinuz-lts root=UUID=1',
        tools: ['update-extlinux'],
        files: [{ path: '/etc/update-extlinux.conf', text: 'default_kernel_opts="quiet rootfstype=ext4"\n' }],
      },
      'default_kernel_opts="quiet rootfstype=ext4 intel_iommu=on"\n',
      [['update-extlinux']],
    ],
    [
      'extlinux.conf by hand',
      {
        cmdline: 'root=/dev/mmcblk0p1',
        files: [
          {
            path: '/boot/extlinux/extlinux.conf',
            text: 'label a\n\tkernel /vmlinuz\n\tappend root=/dev/mmcblk0p1\n',
          },
        ],
      },
      'label a\n\tkernel /vmlinuz\n\tappend root=/dev/mmcblk0p1 intel_iommu=on\n',
      [],
    ],
    [
      'the Raspberry Pi',
      {
        cmdline: 'coherent_pool=1M console=tty1 root=PARTUUID=1',
        files: [{ path: '/boot/firmware/cmdline.txt', text: 'console=tty1 root=PARTUUID=1' }],
      },
      'console=tty1 root=PARTUUID=1 intel_iommu=on',
      [],
    ],
  ])('%s', (_, configuration, after, tools) => {
    const plan = planned(configuration);
    expect(plan.files?.map((file) => file.after)).toEqual([after]);
    expect(commands(plan)).toEqual(tools);
  });
});

describe('plans for tools that edit by themselves (the tools are not run)', () => {
  const bls = [entry('/boot/loader/entries/1.conf', 'root=UUID=1 $tuned_params')];
  test.each<[string, Partial<HostConfiguration>, string[], string[]]>([
    [
      'grubby',
      {
        cmdline: 'BOOT_IMAGE=(hd0,gpt2)/vmlinuz root=UUID=1 iommu=off',
        tools: ['grubby', 'grub2-mkconfig'],
        files: bls,
      },
      ['grubby', '--update-kernel=ALL', '--remove-args=iommu=off', '--args=intel_iommu=on'],
      ['grubby', '--update-kernel=ALL', '--remove-args=intel_iommu=on', '--args=iommu=off'],
    ],
    [
      'rpm-ostree',
      {
        cmdline: 'BOOT_IMAGE=/ostree/x/vmlinuz ostree=/ostree/boot.1 iommu=off',
        tools: ['rpm-ostree', 'grubby'],
        files: bls,
      },
      ['rpm-ostree', 'kargs', '--delete-if-present=iommu=off', '--append-if-missing=intel_iommu=on'],
      ['rpm-ostree', 'kargs', '--delete-if-present=intel_iommu=on', '--append-if-missing=iommu=off'],
    ],
    [
      'kernelstub of Pop!_OS',
      { cmdline: 'initrd=\\EFI\\Pop_OS-1\\initrd.img root=UUID=1 iommu=off', tools: ['kernelstub'] },
      ['change_by_kernelstub', 'intel_iommu=on', 'iommu=off'],
      ['change_by_kernelstub', 'iommu=off', 'intel_iommu=on'],
    ],
  ])('%s', (_, configuration, apply, undo) => {
    const step = planned(configuration, ['intel_iommu=on'], ['iommu=off']).steps[1];
    expect(step).toMatchObject({ apply, undo });
  });

  test('systems that have a configuration of their own say what to write there', () => {
    const plan = planOf({ os: ['nixos'] }, ['intel_iommu=on'], []);
    expect(isRefusal(plan) && plan.reason).toMatch(/boot\.kernelParams.*nixos-rebuild boot/);
  });
});

test.each([
  [['initrd=\\EFI\\proxmox\\6.8.4-2-pve\\initrd.img'], [], ['sed', 'proxmox-boot-tool refresh']],
  [['ostree=/ostree/boot.1'], ['Debian'], ['rpm-ostree kargs --append-if-missing=a=b --append-if-missing=c']],
  [['quiet', '5.14.0-70.el9.x86_64'], [], ['grubby --update-kernel=ALL --args="a=b c"']],
  [['quiet', '6.1.0-18-amd64'], [], ['sed', 'update-grub']],
  [[], ['Linux version 6.8.0-40-generic (buildd@x)'], ['sed', 'update-grub']],
  [['BOOT_IMAGE=/boot/vmlinuz-linux-lts'], [], ['sed', 'grub-mkconfig -o /boot/grub/grub.cfg']],
  [[], ['the interface-generic thing'], undefined],
])('by text: %j and %j', (kernel, lines, commands) => {
  const args = Plain.of('a=b c');
  const made = args && familyByText(kernel, lines)?.add(args);
  expect(made?.map((one) => one.replace(/^sed .*/, 'sed'))).toEqual(commands);
});

/** Debian's systemd has it at one of these places. */
const kernelInstall = ['/usr/bin/kernel-install', '/bin/kernel-install'].find((path) => existsSync(path));
test.skipIf(!kernelInstall)('systemd-boot: the real kernel-install makes the entry of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sriov-boot-'));
  const machine = '0123456789abcdef0123456789abcdef';
  try {
    const path = '/etc/kernel/cmdline';
    const plan = planned({
      cmdline: 'initrd=\\0123\\6.1\\initrd root=UUID=1 quiet',
      tools: ['kernel-install'],
      files: [{ path, text: 'root=UUID=1 quiet\n' }],
    });
    mkdirSync(join(folder, 'boot', machine), { recursive: true });
    mkdirSync(join(folder, 'conf'));
    writeFileSync(join(folder, 'conf/cmdline'), plan.files?.[0]?.after ?? '');
    writeFileSync(join(folder, 'conf/install.conf'), 'layout=bls\n');
    writeFileSync(join(folder, 'vmlinuz'), 'a kernel');
    execFileSync(kernelInstall ?? '', ['add', '6.1.0-1-amd64', join(folder, 'vmlinuz')], {
      env: {
        ...process.env,
        ...{ KERNEL_INSTALL_CONF_ROOT: join(folder, 'conf'), BOOT_ROOT: join(folder, 'boot') },
        MACHINE_ID: machine,
        KERNEL_INSTALL_PLUGINS: '/usr/lib/kernel/install.d/90-loaderentry.install',
      },
    });
    const check = `${fixVerbs}\nboot_configuration_has intel_iommu=on intel_iommu=off "$1" && echo yes`;
    const entries = join(folder, 'boot/loader/entries/*.conf');
    expect(execFileSync('sh', ['-c', check, 'sh', entries], { encoding: 'utf8' })).toBe('yes\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('what is checked afterwards (the executor’s own verbs, run by sh)', () => {
  const has = (text: string, add: string, remove: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'sriov-boot-'));
    try {
      writeFileSync(join(folder, 'configuration'), text);
      const program = `${fixVerbs}\nboot_configuration_has "$1" "$2" "$3" && echo yes`;
      return execFileSync('sh', ['-c', `${program} || :`, 'sh', add, remove, join(folder, 'config*')], {
        encoding: 'utf8',
      }).trim();
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const grub = (args: string) =>
    `menuentry {\n\tlinux\t/boot/vmlinuz-6.1 root=UUID=1 ro ${args}\n}\nmenuentry {\n\tlinux /boot/vmlinuz-6.1 root=UUID=1 ro single\n}\n`;

  test.each([
    [grub('quiet intel_iommu=on'), 'intel_iommu=on', '', /^yes$/],
    [grub('quiet'), 'intel_iommu=on', '', /intel_iommu=on is not in/],
    [grub('intel_iommu=on pci=noaer,realloc'), 'pci=realloc', 'intel_iommu=off', /^yes$/],
    [grub('modprobe.blacklist=x,igbvf'), '', 'modprobe.blacklist=igbvf', /still in/],
    [entry('', 'root=UUID=1 intel_iommu=on').text, 'intel_iommu=on', '', /^yes$/],
    ['label l\n  APPEND root=UUID=1 a=b\n', 'a=b', '', /^yes$/],
    ['root=UUID=1 a=b\n', 'a=b', '', /^yes$/],
    ['', 'a=b', '', /no kernel arguments/],
  ])('%j with %j without %j', (text, add, remove, answer) => {
    expect(has(text, add, remove)).toMatch(answer);
  });

  test('a file is replaced whole, with its mode, and put back', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sriov-boot-'));
    const file = join(folder, 'sub', 'grub');
    const run = (...argv: string[]) =>
      execFileSync('sh', ['-c', `${fixVerbs}\n"$@"`, 'sh', ...argv], { encoding: 'utf8' });
    try {
      run('replace_file', file, "one 'two' $three\n\n");
      expect(readFileSync(file, 'utf8')).toBe("one 'two' $three\n\n");
      execFileSync('chmod', ['600', file]);
      expect(run('replace_file', file, 'x', 'echo', 'regenerated')).toBe('regenerated\n');
      expect(execFileSync('stat', ['-c', '%a', file], { encoding: 'utf8' })).toBe('600\n');
      run('file_says', file, 'x');
      expect(() => run('file_says', file, 'x\n')).toThrow();
      run('remove_file', file);
      expect(existsSync(file)).toBe(false);
      mkdirSync(file);
      expect(() => run('file_is_absent', file)).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
