import { back, type Choice } from '../dialogs/dialogs';
import { message } from '../hostText';
import type { Workbench } from '../workbench';
import type { Target } from './target';

/**
 * The one thing that a command is about: what the caller named, else what is selected, else what the person picks. Says
 * why when there is none.
 */
export async function choose<T>(
  { dialogs }: Workbench,
  target: Target,
  found: T[],
  question: { title: string; placeholder: string; choices: (Choice<T> | string)[]; none: string },
): Promise<T | undefined> {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (target.given) {
    const what = Object.values(target.plain).filter(Boolean).join(', ');
    const gone = what === '' ? 'What was chosen is no longer there.' : `There is no ${what} here, or more than one.`;
    void dialogs.tell('error', message(gone));
    return undefined;
  }
  if (question.choices.length === 0) {
    void dialogs.tell('info', message(question.none));
    return undefined;
  }
  const { title, placeholder, choices } = question;
  const answer = await dialogs.pick({ title, placeholder, choices });
  return answer === back ? undefined : answer;
}
