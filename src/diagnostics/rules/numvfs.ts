import { command } from '../command';
import { failedWith, driversGaveUp, explained, hitOf, mentions, vfsNow, vfsOffered } from './attempts';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

const zeroFirst = [
  fix('command', 'Set the number to 0 first, then to the new one', {
    commands: [
      command`echo 0 > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
      command`echo ${'COUNT'} > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
    ],
    risk: 'This removes all VFs of the adapter, including those in containers and virtual machines.',
  }),
];
/** What drivers and libvirt say about a VF that is in use. */
const held =
  /\bVFs? (?:are|is|were) (?:still )?(?:assigned|in use|attached)|assigned to (?:VMs?|guests?)\b|while they are assigned|VFs attached|VFs? in use\b|is in use by (?:driver|domain)/i;
const giveBack = [fix('command', 'Stop what uses the VFs, or detach them, then try again')];

/** EBUSY: from one number to another without zero in between, unless zero was what was asked for. */
const busy = (view: View, toZero: boolean): Hit[] =>
  failedWith(view, 'EBUSY')
    .filter(({ requested }) => (requested === 0) === toZero)
    .map((f) => hitOf(f));

function beyondTheLimit(view: View): Hit[] {
  const offered = vfsOffered(view);
  const refused = failedWith(view, 'ERANGE').map((f) =>
    hitOf(f, { says: offered ? String(offered.count) : undefined }),
  );
  if (refused.length > 0 || !offered || offered.count === 0 || explained(view)) return refused;
  return view.vfCountFailures
    .filter(({ requested, errno }) => requested !== null && requested > offered.count && errno !== 'EBUSY')
    .map((f) => hitOf(f, { evidence: [...f.evidence, offered.line], says: String(offered.count) }));
}

export const numvfs: Family = {
  id: 'adapter.vf-count',
  cause: 'numvfs-change-needs-zero',
  fine: 'The number of VFs can be set',
  looked: () => [],
  rules: [
    {
      id: 'numvfs.needs-zero',
      cause: 'numvfs-change-needs-zero',
      severity: always('error'),
      when: (view) => [
        ...said(/VFs already enabled\. Disable before enabling/)(view),
        ...(vfsNow(view) === 0 ? [] : busy(view, false)),
      ],
      title: 'The number of VFs must be set to 0 before it can be changed',
      explain:
        'SR-IOV has no way to add or remove single VFs: on an adapter with VFs, any number other than 0 fails with "Device or resource busy".',
      fixes: zeroFirst,
      past: 'event',
    },
    {
      id: 'numvfs.busy-without-vfs',
      cause: 'driver-bug',
      severity: always('error'),
      when: (view) => (vfsNow(view) === 0 ? busy(view, false) : []),
      title: 'The adapter reports busy although it has no VFs',
      explain:
        'Without VFs, "busy" comes from the driver or the firmware of the adapter: an operation is still running, or its state is stuck.',
      fixes: [
        fix('driver', 'Wait, then reload the PF driver; update driver and firmware', {
          risk: 'The PF loses its link while the driver reloads.',
        }),
      ],
    },
    {
      id: 'numvfs.in-use',
      cause: 'vfs-in-use',
      severity: always('error'),
      when: (view) => [
        ...hitsBySubject(
          view.find(held).filter(({ driver, source }) => driver !== null || source === 'error'),
        ),
        ...view.failures
          .filter(({ text, errno }) => errno === 'EBUSY' && /\/dev\/vfio\/\d/.test(text))
          .map((f) => hit(f.pci, f.evidence)),
        ...busy(view, true),
        ...failedWith(view, 'EINVAL', 'EPERM')
          .filter(({ requested }) => requested === 0)
          .map((f) => hitOf(f)),
      ],
      title: 'VFs are in use, so the driver refuses to remove them',
      explain: 'A virtual machine or a userspace driver uses at least one VF of this adapter.',
      fixes: giveBack,
      past: 'event',
    },
    {
      id: 'numvfs.perhaps-in-use',
      cause: 'vfs-in-use',
      severity: always('warning'),
      when: (view) => (vfsNow(view) === 0 ? [] : busy(view, false)),
      title: 'A VF may be in use',
      explain: 'Some drivers report "busy" if a virtual machine or a userspace driver uses one of the VFs.',
      fixes: giveBack,
      yieldsTo: ['vfs-in-use'],
    },
    {
      id: 'numvfs.beyond-limit',
      cause: 'nic-firmware-vf-limit',
      severity: always('error'),
      when: (view) => [
        ...beyondTheLimit(view),
        ...said(
          /\bat most \d+ VFs|\blimits (?:the )?number of VFs to \d|\bmax VFs supported is \d|\bmore than \d+ VFs (?:is|are) not allowed|exceeds? (?:the )?max\w*.{0,30}|more (?:VFs|than) .{0,20}total.?vfs|numVfs\W*\(?\d+\)?.{0,40}(?:maximum|greater|larger|bigger)|only \d+ VFs? (?:are )?supported|total_vfs.{0,20}(?:less|smaller)/i,
        )(view).filter((h) => h.evidence.some((line) => /vfs?\b|totalvfs|numvfs/i.test(line))),
      ],
      title: ({ says }) => `More VFs were requested than the adapter supports${says ? ` (${says})` : ''}`,
      explain:
        'sriov_totalvfs is the limit: the number configured in the firmware of the adapter, which some drivers lower further. A higher number fails with "Numerical result out of range".',
      fixes: [
        fix('command', 'Set at most sriov_totalvfs VFs'),
        fix(
          'firmware',
          "Increase the number in the adapter's configuration (Mellanox: mlxconfig set NUM_OF_VFS=N; others on the adapter's page in the BIOS setup)",
          {
            commands: [],
          },
        ),
      ],
      past: 'event',
    },
    {
      id: 'numvfs.driver-lowered-limit',
      cause: 'pf-driver-lacks-sriov',
      severity: always('warning'),
      when: (view) => (mentions.gpu(view) ? failedWith(view, 'ERANGE').map((f) => hitOf(f)) : []),
      title: 'The driver may have lowered the limit to 0',
      explain: 'Graphics drivers lower sriov_totalvfs to 0 if they are not in SR-IOV mode.',
      fixes: [fix('driver', 'Check that the driver with SR-IOV support is loaded, with its options')],
    },
    {
      id: 'numvfs.fewer',
      cause: 'nic-firmware-vf-limit',
      severity: always('warning'),
      when: said(
        /\d+ VFs requested; only \d+ enabled|Only able to reserve resources for \d+ VFs|Requested VFs \d+, can enable \d|truncating requested number of VFs \(\d+\) down to/,
      ),
      title: 'The driver created fewer VFs than requested',
      explain:
        'The write succeeds anyway: always read sriov_numvfs back. The driver ran out of a resource, or refused.',
      yieldsTo: ['pf-link-down', 'msix-exhausted'],
      past: 'event',
    },
    {
      id: 'numvfs.refused',
      cause: 'other',
      severity: always('warning'),
      when: (view) =>
        failedWith(view, 'EINVAL', 'ENXIO', 'EAGAIN', 'ETIMEDOUT')
          .filter(({ requested }) => requested !== 0)
          .map((f) => hitOf(f)),
      title: 'The driver rejected this number of VFs',
      explain: 'The error does not say why, but the kernel log of that moment does: add it (dmesg | tail).',
      yieldsTo: [
        'nic-firmware-vf-limit',
        'mlx4-num-vfs-param-missing',
        'pf-link-down',
        'switchdev-needs-zero-vfs',
        'vfs-in-use',
      ],
    },
    {
      id: 'numvfs.unreadable-error',
      cause: 'other',
      severity: always('unknown'),
      when: (view) =>
        explained(view) || driversGaveUp(view, 'ENOMEM', 'EIO', 'ENOSPC').length > 0
          ? []
          : unrecognised(view),
      title: 'The error of this write is not in English',
      explain:
        'The cause depends on the error. Run the command again with LC_ALL=C, and add its output and the last lines of dmesg.',
      fixes: [fix('command', 'Run it again in English', { commands: [command`export LC_ALL=C`] })],
    },
  ],
};

/** A write to sriov_numvfs that answered something we don't know: another language, most often. */
const unrecognised = (view: View): Hit[] => {
  const typed = view.failures.filter(
    (f) => /(?:>|tee).*numvfs/.test(f.command) && f.errno === null && /:/.test(f.error),
  );
  const known = new Set(typed.map(({ error }) => error));
  const pasted = view.said.filter((line, at) => {
    const before = view.said[at - 1];
    return (
      before !== undefined &&
      /(?:>|tee).*numvfs/.test(before.text) &&
      line.driver === null &&
      /^-?\w*(?:sh|tee)\b.*:.*:/.test(line.text)
    );
  });
  return [
    ...typed.map((f) => hit(f.pci ?? f.iface, f.evidence)),
    ...pasted
      .filter(
        (line) =>
          !known.has(line.raw) &&
          !view.failures.some(({ error, errno }) => errno !== null && error === line.text),
      )
      .map((line) => hit(line.pci, [line])),
  ].slice(0, 1);
};
