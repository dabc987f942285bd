import { l10n } from 'vscode';
import { reportJson, reportMarkdown, type Report } from '../../readiness/report';
import { hostReport, showReport as show } from '../../readiness/showReport';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';

/** The last run as a document. */
export const showReport: Handler = async (workbench) => {
  const report = hostReport(workbench);
  if (report) await show(workbench, report);
  else tellNone(workbench);
};

/** The report in front, else that of the last run, as a file: Markdown, or JSON where the file is called so. */
export const exportReport: Handler = async (workbench, address) => {
  const report = workbench.documents.report(address) ?? hostReport(workbench);
  if (!report) return tellNone(workbench);
  await workbench.texts.save({
    title: l10n.t('Export Report'),
    name: `sriov-readiness-${report.about.replace(/[^\w.-]+/g, '-')}.md`,
    types: { [l10n.t('Markdown')]: ['md'], JSON: ['json'] },
    text: (file) => asFile(report, file),
  });
};

const asFile = (report: Report, file: string): string =>
  /\.json$/i.test(file) ? reportJson(report) : reportMarkdown(report);

function tellNone({ dialogs }: Workbench): void {
  void dialogs.tell('info', l10n.t('Run the readiness checks first to get a report.'));
}
