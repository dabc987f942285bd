import { asRoot } from '../causes/remedies';
import { command } from '../command';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

const locked =
  /\bLockdown: \S+: .* is restricted|lockdown_reason=|\bdevices? detected when in lockdown mode|\bLockdown: .*(?:raw|direct|unsigned|PCI|MSR)/i;
const lockedDown =
  /Kernel is locked down|lockdown\S*[: ]+none \[(?:integrity|confidentiality)\]|\[(?:integrity|confidentiality)\]/i;
const firmwareTool =
  /\b(?:mst(?:flint|config|fwreset|mcra)?|mlxconfig|mlxfwmanager|flint|mft|setpci|nvmupdate\w*|bnxtnvm|sfboot)\b/i;

const toolRefused = (view: View): Hit[] =>
  view.failures
    .filter(
      ({ text, errno }) =>
        firmwareTool.test(text) &&
        (errno === 'EPERM' || errno === 'EACCES' || /-E-|Failed to (?:open|identify)/.test(text)),
    )
    .map((f) => hit(f.pci, f.evidence));
const inLockdown = (view: View): boolean =>
  view.find(lockedDown).length > 0 ||
  view.factsOf(/lockdown/).some(({ value }) => /\[(?:integrity|confidentiality)\]/.test(value)) ||
  view.lines.some(
    ({ text }) =>
      /\block-?down\b|secure ?boot\b.{0,20}(?:enabled|on|active)/i.test(text) && !/\[none\]/.test(text),
  );

const refusedLink = (view: View): Hit[] =>
  view.failures
    .filter(({ text, errno }) => {
      if (errno !== 'EPERM' && errno !== 'EACCES') return false;
      return /\bip (?:-\S+ )*(?:link|netns|addr)\b.*\bset\b.*\bvf \d+|\bip netns\b|\bnsenter\b|\bdevlink\b.*\bset\b|\bsetns\b|drivers?\/\S+\/(?:bind|unbind)|driver_override|\bmodprobe\b|\bsysctl\b|\/dev\/vfio\/\w/i.test(
        text,
      );
    })
    .filter(({ text }) => !/Key was rejected|Required key/.test(text))
    .map((f) => hit(f.iface ?? f.pci, f.evidence));
export const privileges: Family = {
  id: 'host.privileges',
  cause: 'not-permitted',
  fine: 'The checks ran as root and could read the kernel log',
  looked: (view) => (view.live?.isRoot && view.live.dmesgReadable ? ['root'] : []),
  rules: [
    {
      id: 'privileges.lockdown',
      cause: 'kernel-lockdown',
      severity: always('error'),
      when: (view) => [...said(locked)(view), ...(inLockdown(view) ? toolRefused(view) : [])],
      title: 'Kernel lockdown blocked the operation',
      explain:
        'Under Secure Boot nobody, not even root, can bypass the driver of a PCI device. Firmware tools need a version that uses the driver, or Secure Boot disabled while they run. VFs themselves work in lockdown.',
      fixes: [
        fix(
          'firmware',
          'Use a current mstflint, which goes through the driver, or configure the adapter in the BIOS setup',
          { needsReboot: false },
        ),
        fix('bios', 'Disable Secure Boot while configuring the adapter', {
          risk: 'Unsigned code can be booted in the meantime.',
        }),
      ],
    },
    {
      id: 'privileges.lockdown-active',
      cause: 'kernel-lockdown',
      severity: always('info'),
      when: (view) =>
        [
          ...hitsBySubject(view.find(/Kernel is locked down/i)),
          ...view
            .factsOf(/lockdown/)
            .filter(({ value }) => /\[(?:integrity|confidentiality)\]/.test(value))
            .map(({ line }) => hit(null, [line])),
        ].slice(0, 1),
      title: 'The kernel is in lockdown (Secure Boot)',
      explain: 'This does not affect VFs; tools that write to the firmware of an adapter may be blocked.',
      yieldsTo: ['kernel-lockdown'],
    },
    {
      id: 'privileges.refused',
      cause: 'not-permitted',
      severity: always('error'),
      when: refusedLink,
      title: 'Not permitted: this needs root',
      explain:
        'Writing to sysfs, changing VFs and moving devices between namespaces requires root on the host; inside a container, sysfs is also read-only.',
      fixes: asRoot,
      yieldsTo: [
        'kernel-lockdown',
        'vf-mac-set-by-pf',
        'vlan-unsupported-infiniband',
        'rate-limit-unsupported',
        'vfs-in-use',
        'container-lacks-device',
      ],
    },
    {
      id: 'privileges.tool-refused',
      cause: 'not-permitted',
      severity: always('warning'),
      when: toolRefused,
      title: 'The firmware tool could not access the adapter',
      explain: 'It requires root and a kernel that is not in lockdown.',
      fixes: asRoot,
      yieldsTo: ['kernel-lockdown', 'not-permitted'],
    },
    {
      id: 'privileges.memlock',
      cause: 'not-permitted',
      severity: always('warning'),
      when: said(
        /RLIMIT_MEMLOCK\b.*exceeded|cannot limit locked memory|cannot set up DMA remapping, error 12|VFIO_(?:IOMMU_)?MAP_DMA.*(?:Cannot allocate memory|-12\b|error 12)|vfio_\w*dma_map\(.*= -12\b/i,
      ),
      title: 'The process cannot lock enough memory for DMA',
      explain:
        'vfio pins all memory that a device can access; the limit on locked memory (RLIMIT_MEMLOCK) is too low.',
      fixes: [fix('command', 'Raise the limit', { commands: [command`ulimit -l unlimited`] })],
      yieldsTo: ['container-lacks-device'],
    },
    {
      id: 'privileges.log-unreadable',
      cause: 'not-permitted',
      severity: always('unknown'),
      when: (view) => (view.live && !view.live.dmesgReadable ? [hit('host', [])] : []),
      title: 'The kernel log could not be read',
      explain:
        'Reading it requires root (kernel.dmesg_restrict). Failed changes, rejected VFs and interrupt remapping are therefore unknown.',
      fixes: [
        fix('command', 'Allow this user to read it, or connect as a user who may use sudo', {
          commands: [command`sysctl kernel.dmesg_restrict=0`],
          risk: 'Every local user can then read the kernel log.',
        }),
      ],
    },
    {
      id: 'privileges.lspci-partial',
      cause: 'not-permitted',
      severity: always('unknown'),
      when: (view) => {
        const lines = view.evidence.lspci.filter((line) => /Capabilities: <access denied>/.test(line));
        return lines.length > 0 ? [hit('host', lines.slice(0, 1))] : [];
      },
      title: 'lspci was run without root',
      explain: 'Only root can read the SR-IOV, ACS and ARI capabilities.',
      fixes: [fix('command', 'Run it as root', { commands: [command`lspci -vvv`] })],
    },
  ],
};
