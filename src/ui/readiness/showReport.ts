import { l10n } from 'vscode';
import { hostName } from '../hosts/viewState';
import type { Workbench } from '../workbench';
import { reportMarkdown, type Report } from './report';

/** Shows a report as it reads. */
export const showReport = ({ documents }: Workbench, report: Report): Promise<void> =>
  documents.show({
    scheme: 'sriov-report',
    name: `${l10n.t('Readiness of {0}', report.about)}.md`,
    text: reportMarkdown(report),
    language: 'markdown',
    report,
  });

/** The report of the last run on the connected host. */
export function hostReport({ host }: Workbench): Report | undefined {
  const { readiness, id, snapshot } = host;
  return readiness && id !== undefined ? { about: hostName(id, snapshot), ...readiness } : undefined;
}
