import { l10n } from 'vscode';
import { refusalText } from '../../control/withAdvice';
import { isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { Choice } from '../dialogs/dialogs';
import { oneLine } from '../hostText';
import { inTheWorkbench } from './adviceText';

/** What a plan says before it runs. */
export type Remarks = Pick<Plan, 'losses' | 'doubts' | 'notes' | 'advice'>;

/**
 * Rows for a last question: what goes away, what is doubtful and what is good to know of a plan, or why there is none. Picking
 * one gives `value`, which should show the plan.
 */
export function remarkRows<T>(plan: Remarks | Refusal | undefined, value: T): (Choice<T> | string)[] {
  if (!plan) return [];
  if (isRefusal(plan))
    return [l10n.t('not possible'), row('error', refusalText(plan, inTheWorkbench.say).reason, value, true)];
  const group = (heading: string, icon: string, all: string[]) =>
    all.length === 0 ? [] : [heading, ...all.map((text, at) => row(icon, text, value, at === 0))];
  return [
    ...group(l10n.t('will be removed'), 'warning', plan.losses),
    ...group(l10n.t('warnings'), 'warning', plan.doubts ?? []),
    ...group(l10n.t('notes'), 'info', [...plan.notes, ...(plan.advice ?? []).map(inTheWorkbench.say)]),
  ];
}

function row<T>(icon: string, text: string, value: T, isBesideHeading: boolean): Choice<T> {
  const [label = '', ...rest] = folded(oneLine(text), isBesideHeading ? besideHeading : rowLength);
  return { label, ...(rest.length > 0 ? { detail: rest.join(' ') } : {}), icon, value };
}

/** What a row of a quick pick shows without cutting it off. */
const rowLength = 80;
const besideHeading = 70;

/** The text in two parts, the first of which fits a row. */
function folded(text: string, length: number): string[] {
  if (text.length <= length) return [text];
  const space = text.lastIndexOf(' ', length);
  return space < 1 ? [text] : [text.slice(0, space), text.slice(space + 1)];
}
