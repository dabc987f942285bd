import { l10n } from 'vscode';
import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { canBeFinished, howFar } from './interrupted';
import { facts } from './facts';
import type { Row } from './row';

/** Rows about the host itself: interrupted changes, and what couldn't be read. */
export function noticeRows(snapshot: HostSnapshot): { urgent: Row[]; unread: Row[] } {
  return { urgent: pendingRows(snapshot), unread: problemRows(snapshot) };
}

const pendingRows = ({ host, pending }: HostSnapshot): Row[] =>
  pending.map((change) => {
    const label = change.running ? l10n.t('A change is in progress') : l10n.t('A change was interrupted');
    return {
      id: `${host.id}/pending/${change.id}`,
      label,
      description: oneLine([change.title, change.running ? '' : howFar(change)].filter(Boolean).join(' · ')),
      icon: change.running ? { id: 'sync' } : { id: 'warning', color: 'problemsWarningIcon.foreground' },
      context: change.running
        ? ';pending;running;'
        : `;pending;interrupted;${canBeFinished(change) ? 'finishable;' : ''}`,
      spoken: oneLine(
        change.running ? `${label}: ${change.title}` : `${label}: ${change.title}, ${howFar(change)}`,
      ),
      tooltip: facts([
        [l10n.t('Change'), change.title],
        [l10n.t('Started'), change.startedAt],
        [l10n.t('By'), change.by],
        [l10n.t('Progress'), change.running ? null : howFar(change)],
      ]),
      subject: { kind: 'other' },
      children: [],
    };
  });

/** One folded row, so that the good rows stay in front. */
function problemRows({ host, problems }: HostSnapshot): Row[] {
  if (problems.length === 0) return [];
  const title =
    problems.length === 1
      ? l10n.t('1 item could not be read')
      : l10n.t('{0} items could not be read', problems.length);
  return [
    {
      id: `${host.id}/problems`,
      label: title,
      description: '',
      icon: { id: 'info' },
      context: ';problems;',
      spoken: title,
      tooltip: [],
      subject: { kind: 'other' },
      expanded: false,
      children: problems.map(({ what, why, needs }, index) => ({
        id: `${host.id}/problem/${what}/${index}`,
        label: oneLine(what),
        description: oneLine(why),
        icon: { id: 'question' },
        context: ';problem;',
        spoken: oneLine(l10n.t('Could not be read: {0}. {1}. It requires {2}.', what, why, needs)),
        tooltip: facts([
          [l10n.t('Unknown'), what],
          [l10n.t('Cause'), why],
          [l10n.t('Requires'), needs],
        ]),
        subject: { kind: 'other' },
        children: [],
      })),
    },
  ];
}
