import type { StepFailure, StuckStep } from '../model/outcome';
import type { Plan } from '../model/plan';

/** What the executor reported, line by line; see executor.sh for the events. */
export interface Report {
  outcome: string | null;
  failure: StepFailure | null;
  stuck: Omit<StuckStep, 'command' | 'next'>[];
  /** Number of the precondition that didn't hold, from 1. */
  refused: number | null;
  /** Further output of a lock's holder or a precondition. */
  busy: { pci: string; holder: string } | null;
  detail: string;
}

export function readReport(plan: Plan, stdout: string): Report {
  const report: Report = { outcome: null, failure: null, stuck: [], refused: null, busy: null, detail: '' };
  let append: (line: string) => void = () => {};
  const title = (number: string | undefined) => plan.steps[Number(number) - 1]?.title ?? 'an unknown step';
  for (const line of stdout.split('\n')) {
    if (line.startsWith('| ')) append(line.slice(2));
    const [mark, event, number, code] = line.split(' ');
    if (mark !== '@') continue;
    if (event === 'outcome') report.outcome = number ?? null;
    if (event === 'cancelled')
      report.failure = { step: 'cancelled', exitCode: null, message: 'It was cancelled.' };
    if (event === 'expired')
      report.failure = {
        ...{ step: 'confirmation', exitCode: null },
        message: `No new connection confirmed it within ${number} s.`,
      };
    if (event === 'failed') {
      const message = deadline(plan, number, code);
      const failure: StepFailure = { step: title(number), exitCode: Number(code), message, log: [] };
      report.failure = failure;
      append = (said) => (failure.message = join(failure.message, said));
    } else if (event === 'log') {
      append = (said) => report.failure?.log?.push(said);
    } else if (event === 'stuck') {
      const stuck = { step: title(number), message: deadline(plan, number, code) };
      report.stuck.push(stuck);
      append = (said) => (stuck.message = join(stuck.message, said));
    } else if (event === 'busy') {
      const busy = { pci: number ?? '', holder: '' };
      report.busy = busy;
      append = (said) => (busy.holder = join(busy.holder, said));
    } else {
      if (event === 'refused') report.refused = Number(number);
      append = (said) => (report.detail = join(report.detail, said));
    }
  }
  return report;
}

const join = (before: string, line: string): string => (before ? `${before}\n${line}` : line);

/** Like timeout(1), the executor reports 124 for a step that it had to end. */
const deadline = (plan: Plan, number: string | undefined, code: string | undefined): string =>
  code === '124' ? `It took longer than ${plan.steps[Number(number) - 1]?.timeout} s.` : '';
