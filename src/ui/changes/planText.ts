import type { Plan } from '../../model/plan';
import { quoteAll } from '../../model/quote';
import { oneLine } from '../hostText';

/**
 * Plans as a document: what they do in words, then the very program that the host would run. The words are comments, so
 * that the whole is a shell program too; nothing from the host can end a comment line early.
 */
export function planText(plans: { plan: Plan; script: string }[]): string {
  return plans.map(({ plan, script }) => `${comments(describe(plan))}\n\n${script.trimEnd()}\n`).join('\n\n');
}

function describe(plan: Plan): string[] {
  return [
    plan.title,
    `on ${plan.host}`,
    '',
    ...list('Losses', plan.losses),
    ...list('Warnings', plan.doubts ?? []),
    ...list('Notes', plan.notes),
    ...list(
      'Preconditions',
      plan.preconditions.map(({ otherwise, check }) => `${quoteAll(check)}   else: ${otherwise}`),
    ),
    'Steps',
    ...plan.steps.flatMap((step, index) => [
      `  ${index + 1}. ${step.title}`,
      `       ${quoteAll(step.apply)}`,
      step.undo === 'none'
        ? '       undo: none, this step cannot be undone'
        : `       undo: ${quoteAll(step.undo)}`,
    ]),
    '',
    'If a step fails, the steps before it are undone in reverse, and its own undo runs too.',
    'The program:',
  ];
}

const list = (title: string, entries: string[]): string[] =>
  entries.length === 0 ? [] : [title, ...entries.map((entry) => `  - ${entry}`), ''];

const comments = (all: string[]): string => all.map((line) => `# ${oneLine(line)}`.trimEnd()).join('\n');
