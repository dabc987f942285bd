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
    const label = change.running ? 'A change is in progress' : 'A change was interrupted';
    return {
      id: `${host.id}/pending/${change.id}`,
      label,
      description: oneLine([change.title, change.running ? '' : howFar(change)].filter(Boolean).join(' · ')),
      icon: change.running ? { id: 'sync' } : { id: 'warning', color: 'problemsWarningIcon.foreground' },
      context: change.running
        ? ';pending;running;'
        : `;pending;interrupted;${canBeFinished(change) ? 'finishable;' : ''}`,
      spoken: oneLine(`${label}: ${change.title}${change.running ? '' : `, ${howFar(change)}`}`),
      tooltip: facts([
        ['Change', change.title],
        ['Started', change.startedAt],
        ['By', change.by],
        ['Progress', change.running ? null : howFar(change)],
      ]),
      subject: { kind: 'other' },
      children: [],
    };
  });

/** One folded row, so that the good rows stay in front. */
function problemRows({ host, problems }: HostSnapshot): Row[] {
  if (problems.length === 0) return [];
  const title =
    problems.length === 1 ? '1 item could not be read' : `${problems.length} items could not be read`;
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
        spoken: oneLine(`Could not be read: ${what}. ${why}. It requires ${needs}.`),
        tooltip: facts([
          ['Unknown', what],
          ['Cause', why],
          ['Requires', needs],
        ]),
        subject: { kind: 'other' },
        children: [],
      })),
    },
  ];
}
