import { asked } from '../causes/attempt';
import { countErrors } from '../causes/countErrors';
import { fewer, giveBack, zeroFirst } from '../causes/remedies';
import { command } from '../command';
import { failedWith, driversGaveUp, explained, hitOf, vfsOffered } from './attempts';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit, type Rule } from '../rule';
import type { View } from '../view/view';

/** What drivers and libvirt say about a VF that is in use. */
const held =
  /\bVFs? (?:are|is|were) (?:still )?(?:assigned|in use|attached)|assigned to (?:VMs?|guests?)\b|while they are assigned|VFs attached|\bassigned VF'?s\b|VFs? in use\b|is in use by (?:driver|domain)/i;
function beyondTheLimit(view: View): Hit[] {
  const offered = vfsOffered(view);
  if (!offered || offered.count === 0 || explained(view)) return [];
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
    ...countErrors.map(({ id, errnos, ...question }): Rule => ({
      id,
      cause: question.candidates[0]?.cause ?? 'other',
      severity: always('error'),
      when: asked(errnos, question),
      title: ({ weighed }) => weighed?.title ?? question.title,
      explain: ({ weighed }) => weighed?.explanation ?? '',
      fixes: ({ weighed }) => weighed?.fixes ?? [],
      past: 'until-vfs',
    })),
    {
      id: 'numvfs.needs-zero',
      cause: 'numvfs-change-needs-zero',
      severity: always('error'),
      when: said(/VFs already enabled\. Disable before enabling/),
      title: 'The number of VFs must be set to 0 before it can be changed',
      explain:
        'SR-IOV has no way to add or remove single VFs: on an adapter with VFs, any number other than 0 fails with "Device or resource busy".',
      fixes: zeroFirst,
      past: 'event',
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
        ...failedWith(view, 'EINVAL')
          .filter(({ requested }) => requested === 0)
          .map((f) => hitOf(f)),
      ],
      title: 'VFs are in use, so the driver refuses to remove them',
      explain: 'A virtual machine or a userspace driver uses at least one VF of this adapter.',
      fixes: giveBack,
      past: 'event',
    },
    {
      id: 'numvfs.beyond-limit',
      cause: 'nic-firmware-vf-limit',
      severity: always('error'),
      when: (view) => [
        ...beyondTheLimit(view),
        ...said(
          /\bat most \d+ VFs|\blimits (?:the )?number of VFs to \d|\bmax VFs supported is \d|\bmore than \d+ VFs (?:is|are) not allowed|exceeds? (?:the )?max\w*.{0,30}|more (?:VFs|than) .{0,20}total.?vfs|numVfs\W*\(?\d+\)?.{0,40}(?:maximum|greater|larger|bigger)|only \d+ VFs? (?:are )?supported|Device supports \d+ VFs and not \d+|does not support more than \d+ VFs|Maximum of \d+ VFs per PF, using max|requested vfs \(\d+\) > available vfs|total_vfs.{0,20}(?:less|smaller)/i,
        )(view).filter((h) => h.evidence.some((line) => /vfs?\b|totalvfs|numvfs/i.test(line))),
      ],
      title: ({ says }) => `More VFs were requested than the adapter supports${says ? ` (${says})` : ''}`,
      explain:
        'sriov_totalvfs is the limit: the number configured in the firmware of the adapter, which some drivers lower further. A higher number fails with "Numerical result out of range".',
      fixes: fewer,
      past: 'event',
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
