import { l10n } from 'vscode';
import { diagnoseText } from '../../control/whenNeeded';
import { purposes, worstFirst, type Finding, type Purpose } from '../../model/finding';
import { summaryOf } from '../readiness/rows';
import { obstacle, textOf, type Tool } from './tool';

export const runReadiness: Tool = {
  running: l10n.t('Running the readiness checks'),
  async run(workbench, input, signal) {
    const barred = obstacle(workbench, 'live');
    if (barred) return barred;
    const { host, settings } = workbench;
    const stop = () => host.stopChecks();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const purpose = purposeIn(input) ?? settings().purpose;
      return { host: host.id, purpose, ...said(await host.diagnose(purpose)) };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  },
};

export const explainLog: Tool = {
  running: l10n.t('Reading the log'),
  async run(_, input) {
    const text = textOf(input, 'text');
    if (text === undefined) return { refused: l10n.t('“text” is empty: it must hold the log itself.') };
    const findings = await diagnoseText(text, purposeIn(input));
    if (findings.length > 0) return said(findings);
    return {
      findings: [],
      note: l10n.t(
        'Nothing in it is about SR-IOV. Useful input: dmesg, lspci -vvv, cat /proc/cmdline, ip link, and a failed command with its error.',
      ),
    };
  },
};

const purposeIn = (input: unknown): Purpose | undefined =>
  purposes.find((purpose) => purpose === textOf(input, 'purpose'));

/** Evidence lines are often alike. */
const mostEvidence = 5;

/** Worst first; passed checks without details. */
const said = (findings: Finding[]) => ({
  summary: summaryOf(findings),
  findings: worstFirst(findings)
    .filter(({ severity }) => severity !== 'pass')
    .map(({ id, severity, subject, title, explanation, evidence, fixes }) => ({
      ...{ id, severity, about: subject, title, explanation },
      evidence: evidence.slice(0, mostEvidence),
      toDo: fixes.map(({ summary, commands, risk, needsReboot }) => ({
        ...{ summary, commands, needsReboot },
        ...(risk === null ? {} : { risk }),
      })),
    })),
});
