import { unifiedDifference } from '../../model/difference';
import type { Argv, Plan } from '../../model/plan';
import { quoteAll } from '../../model/quote';
import { styled, type Line, type Style } from './styled';

/** What people might not expect of a plan, and its losses. */
export const remarks = ({ notes, doubts = [], losses }: Plan): Line[] => [
  ...notes.map((note): Line => [styled('quiet', '  note:'), ` ${note}`]),
  ...doubts.map((doubt): Line => [styled('doubtful', '  warning:'), ` ${doubt}`]),
  ...losses.map((loss): Line => [styled('bad', '  loses:'), ` ${loss}`]),
];

/** The same, under what it is about. */
export const aboutText = (plan: Plan): Line[] => [[styled('heading', plan.title)], ...remarks(plan)];

/** A plan for people: what it does, step by step, and what they might not expect. */
export const planText = (plan: Plan): Line[] => [
  ...aboutText(plan),
  ...(plan.files ?? []).flatMap(unifiedDifference).map(differing),
  ...plan.steps.flatMap((step, index): Line[] => [
    [`  ${index + 1}. ${step.title}`],
    [`       ${command(step.apply)}`],
    step.undo === 'none'
      ? ['       ', styled('doubtful', 'undo: none!')]
      : [styled('quiet', `       undo: ${command(step.undo)}`)],
  ]),
];

const differing = (line: string): Line => {
  const style = ({ '+': 'good', '-': 'bad', '@': 'quiet' } as Record<string, Style>)[line[0] ?? ''];
  return ['  ', style ? styled(style, line) : line];
};

/** As typed into a shell; a record or a file is long and says nothing new. `--script` and `--json` have it all. */
const command = (argv: Argv): string =>
  quoteAll(argv.map((word) => (word.startsWith('{') ? '{…}' : word.includes('\n') ? '…' : word)));
