import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { live } from './data/evidence';

const notApplied = (cmdline: string, ...other: string[]) =>
  diagnose(live({}, { cmdline, other }), 'vfio')
    .filter(({ id }) => id === 'kernel-args.not-applied')
    .map(({ title }) => title.replace(/^.*: /, ''));

/** What the collector finds of each family of boot loaders, with a flag that the running kernel lacks. */
const families: Record<string, string[]> = {
  'GRUB, Debian': ['GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on"'],
  'GRUB, RHEL 7 and SUSE': ['GRUB_CMDLINE_LINUX="crashkernel=auto intel_iommu=on"'],
  'BLS, Fedora and RHEL': [
    '/boot/loader/entries/a-6.1.conf:options root=/dev/sda1 ro intel_iommu=on',
    '/boot/loader/entries/a-6.2.conf:options root=/dev/sda1 ro intel_iommu=on',
    '/boot/loader/entries/a-0-rescue.conf:options root=/dev/sda1 rescue',
  ],
  'systemd-boot': ['/efi/loader/entries/arch.conf:options root=/dev/sda2 rw intel_iommu=on'],
  'Proxmox, systemd-boot': ['/etc/kernel/cmdline: root=ZFS=rpool/ROOT/pve-1 boot=zfs intel_iommu=on'],
  'rpm-ostree': [
    '/boot/loader/entries/ostree-2.conf:options root=UUID=1 ostree=/ostree/boot.1/x intel_iommu=on',
  ],
  extlinux: ['/boot/extlinux/extlinux.conf:  append root=/dev/sda1 intel_iommu=on'],
  Alpine: ['/etc/update-extlinux.conf:default_kernel_opts="quiet intel_iommu=on"'],
  'Raspberry Pi': ['/boot/firmware/cmdline.txt:console=tty1 root=/dev/mmcblk0p2 intel_iommu=on'],
};

describe.each(Object.entries(families))('%s', (_, lines) => {
  test('configured and not running', () => {
    expect(notApplied('root=/dev/sda1 quiet', ...lines)).toEqual(['intel_iommu=on']);
  });
  test('configured and running', () => {
    expect(notApplied('root=/dev/sda1 quiet intel_iommu=on', ...lines)).toEqual([]);
  });
});

test('an argument that only one kernel of the menu has is not missed', () => {
  expect(
    notApplied(
      'root=/dev/sda1',
      '/boot/loader/entries/a-6.1.conf:options root=/dev/sda1 intel_iommu=on',
      '/boot/loader/entries/a-6.2.conf:options root=/dev/sda1',
    ),
  ).toEqual([]);
});
