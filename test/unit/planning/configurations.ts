import type { HostConfiguration } from '../../../src/model/configuration';

export const nowhere: HostConfiguration = {
  ...{ cmdline: 'root=/dev/vda ro', kernel: '6.1.0-1-amd64', insideContainer: false, os: ['debian'] },
  ...{ loaderInfo: null, tools: [], files: [], generated: [], modules: [], fixes: [] },
};

export const debianGrub = `# If you change this file, run 'update-grub' afterwards to update
GRUB_DEFAULT=0
GRUB_TIMEOUT=5
GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=off modprobe.blacklist=igbvf"
GRUB_CMDLINE_LINUX=""
`;

/** A Debian that boots through GRUB, with the IOMMU and the VF driver turned off. */
export const grubHost = (more: Partial<HostConfiguration> = {}): HostConfiguration => ({
  ...nowhere,
  cmdline:
    'BOOT_IMAGE=/boot/vmlinuz-6.1.0-1-amd64 root=UUID=1-2 ro quiet intel_iommu=off modprobe.blacklist=igbvf',
  tools: ['update-grub', 'grub-mkconfig'],
  generated: ['/boot/grub/grub.cfg'],
  files: [{ path: '/etc/default/grub', text: debianGrub }],
  ...more,
});
