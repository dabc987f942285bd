import { l10n } from 'vscode';
import type { Plan } from '../../model/plan';
import { oneLine } from '../hostText';
import { applyText, undoText, type Shown } from './stepText';

/**
 * Plans as a document: what they do in words, then the exact program that the host would run. The words are comments, so
 * that the whole is a shell program too; nothing from the host can end a comment line early.
 */
export function planText(plans: { plan: Plan; script: string }[]): string {
  return plans.map(({ plan, script }) => `${comments(describe(plan))}\n\n${script.trimEnd()}\n`).join('\n\n');
}

function describe(plan: Plan): string[] {
  return [
    plan.title,
    l10n.t('on {0}', plan.host),
    '',
    ...list(l10n.t('Losses'), plan.losses),
    ...list(l10n.t('Warnings'), plan.doubts ?? []),
    ...list(l10n.t('Notes'), plan.notes),
    ...list(
      l10n.t('Nothing is changed if any of these is true right before it begins:'),
      plan.preconditions.map(({ otherwise }) => otherwise),
    ),
    l10n.t('Steps'),
    ...plan.steps.flatMap((step, index) => [
      `  ${index + 1}. ${step.title}`,
      ...applyText(plan, step).map((one) => `       ${textOf(one)}`),
      ...undoText(plan, step).map((one) => `       ${l10n.t('undo: {0}', textOf(one))}`),
    ]),
    '',
    l10n.t('If a step fails, the steps before it are undone in reverse, and its own undo runs too.'),
    l10n.t('The program:'),
  ];
}

const textOf = (one: Shown): string => ('command' in one ? one.command : one.words);

const list = (title: string, entries: string[]): string[] =>
  entries.length === 0 ? [] : [title, ...entries.map((entry) => `  - ${entry}`), ''];

const comments = (all: string[]): string => all.map((line) => `# ${oneLine(line)}`.trimEnd()).join('\n');
