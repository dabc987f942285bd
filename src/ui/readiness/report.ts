import { toMarkdown } from '../../control/report';
import type { Finding, Purpose } from '../../model/finding';
import type { FindingChanges } from '../../model/findingChanges';

/** The answer to a run of the checks, on a host or on a pasted text. */
export interface Report {
  /** The host, or what the text is called. */
  about: string;
  findings: Finding[];
  /** `null`: nobody said what the VFs are for. */
  purpose: Purpose | null;
  at: Date;
  changes?: FindingChanges & { since: Date };
}

export const reportMarkdown = ({ findings, about, ...context }: Report): string =>
  toMarkdown(findings, about, context);

/** As `sriov diagnose --json` prints it, and what it is about. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
