import { l10n } from 'vscode';
import { tellRefusal } from '../changes/tell';
import { isRefusal, type Refusal } from '../../model/plan';
import { back, type Choice } from '../dialogs/dialogs';
import type { Workbench } from '../workbench';
import type { Target } from './target';

/**
 * The one thing that a command is about: what the caller named, else what is selected, else what the person picks. Says
 * why if there is none.
 */
export async function choose<T extends object>(
  workbench: Workbench,
  target: Target,
  found: T[] | Refusal,
  question: { title: string; placeholder: string; choices: (Choice<T> | string)[]; none: string },
): Promise<T | undefined> {
  const { dialogs } = workbench;
  if (isRefusal(found)) return void tellRefusal(workbench, found);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (target.given) return void dialogs.tell('error', l10n.t('The selected item no longer exists.'));
  const { none, ...pick } = question;
  if (pick.choices.length === 0) return void dialogs.tell('info', none);
  const answer = await dialogs.pick(pick);
  return answer === back ? undefined : answer;
}
