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
    risk: 'All VFs of the adapter go away in between, also those in containers and virtual machines.',
  }),
];
/** What drivers and libvirt say of a VF that somebody holds. */
const held =
  /\bVFs? (?:are|is|were) (?:still )?(?:assigned|in use|attached)|assigned to (?:VMs?|guests?)\b|while they are assigned|VFs attached|VFs? in use\b|is in use by (?:driver|domain)/i;
const giveBack = [fix('command', 'Stop what uses the VFs, or detach them there, then try again')];

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
  fine: 'The number of VFs could be set',
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
      title: 'The number of VFs cannot go from one to another without 0 in between',
      explain:
        'The PCI standard has no way to add or remove single VFs: an adapter that has VFs answers "Device or resource busy" to any other number but 0.',
      fixes: zeroFirst,
      past: 'event',
    },
    {
      id: 'numvfs.busy-without-vfs',
      cause: 'driver-bug',
      severity: always('error'),
      when: (view) => (vfsNow(view) === 0 ? busy(view, false) : []),
      title: 'The adapter says busy although it has no VFs',
      explain:
        'With no VFs there, "busy" comes from the driver or the adapter\'s firmware: an operation is still running, or its state is stuck.',
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
      title: 'VFs are in use, so the driver does not remove them',
      explain: 'A virtual machine or a userspace driver holds at least one VF of this adapter.',
      fixes: giveBack,
      past: 'event',
    },
    {
      id: 'numvfs.perhaps-in-use',
      cause: 'vfs-in-use',
      severity: always('warning'),
      when: (view) => (vfsNow(view) === 0 ? [] : busy(view, false)),
      title: 'Perhaps a VF is in use',
      explain: 'Some drivers say "busy" when a virtual machine or a userspace driver holds one of the VFs.',
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
      title: ({ says }) => `More VFs were asked for than the adapter offers${says ? ` (${says})` : ''}`,
      explain:
        'sriov_totalvfs is the limit: what the adapter\'s firmware was told to offer, lowered further by its driver at times. Writing more is answered "Numerical result out of range".',
      fixes: [
        fix('command', 'Ask for no more than sriov_totalvfs'),
        fix(
          'firmware',
          "Raise the number in the adapter's own configuration (Mellanox: mlxconfig set NUM_OF_VFS=N; others in the adapter's BIOS page)",
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
      title: 'Perhaps the driver took the limit down to 0',
      explain: 'Graphics drivers set the number of VFs they offer to 0 when they do not run in SR-IOV mode.',
      fixes: [
        fix(
          'driver',
          'Check that the driver with SR-IOV support is the one that is loaded, with its options',
        ),
      ],
    },
    {
      id: 'numvfs.fewer',
      cause: 'nic-firmware-vf-limit',
      severity: always('warning'),
      when: said(
        /\d+ VFs requested; only \d+ enabled|Only able to reserve resources for \d+ VFs|Requested VFs \d+, can enable \d|truncating requested number of VFs \(\d+\) down to/,
      ),
      title: 'The driver made fewer VFs than it was asked for',
      explain:
        'The write succeeds all the same: always read sriov_numvfs back. The driver ran out of something, or refused.',
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
      title: 'The driver refused this number of VFs',
      explain:
        'The error itself does not say why. The lines that the kernel logged at that moment do: add them (dmesg | tail).',
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
        'Which error it was decides over the cause. Run the command again with LC_ALL=C in front and add its answer, and the last lines of dmesg.',
      fixes: [fix('command', 'Repeat it in English', { commands: [command`export LC_ALL=C`] })],
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
