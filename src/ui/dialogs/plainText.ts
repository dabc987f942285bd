import { label, lines, message, oneLine, prompt } from '../hostText';
import type { Choice, Dialogs, PickManyQuestion, PickQuestion, TextQuestion } from './dialogs';

/**
 * The same dialogs, and whatever is said in them is plain text. Quick picks draw icons, input boxes and notifications
 * follow links, commands included, and what is said may hold names from a host. Buttons are ours.
 */
export const withPlainText = (dialogs: Dialogs): Dialogs => ({
  pick: (question) => dialogs.pick(plainPick(question)),
  pickMany: (question) => dialogs.pickMany(plainPickMany(question)),
  ask: (question) => dialogs.ask(plainAsk(question)),
  warn: ({ message, detail, buttons }) =>
    dialogs.warn({ message: oneLine(message), detail: lines(detail), buttons }),
  tell: (severity, text, buttons) => dialogs.tell(severity, message(text), buttons),
  say: (text) => dialogs.say(label(text)),
  progress: (title, work) =>
    dialogs.progress(message(title), (report, signal) =>
      work((step) => report({ ...step, message: step.message && message(step.message) }), signal),
    ),
  reading: (view, work) => dialogs.reading(view, work),
});

const plainPick = <T>(question: PickQuestion<T>): PickQuestion<T> => ({
  ...question,
  title: oneLine(question.title),
  placeholder: oneLine(question.placeholder),
  choices: plainChoices(question.choices),
  typed: question.typed && ((text) => plainChoice(question.typed?.(text))),
});

const plainPickMany = <T>(question: PickManyQuestion<T>): PickManyQuestion<T> => ({
  ...question,
  title: oneLine(question.title),
  placeholder: oneLine(question.placeholder),
  choices: plainChoices(question.choices),
  problem: plainly(question.problem, oneLine),
});

const plainChoices = <T>(choices: (Choice<T> | string)[]): (Choice<T> | string)[] =>
  choices.map((choice) => (typeof choice === 'string' ? label(choice) : plainChoice(choice)));

/** The same answer, or none, as plain text. */
const plainly =
  <A>(said: (about: A) => string | undefined, plain: (text: string) => string) =>
  (about: A): string | undefined => {
    const text = said(about);
    return text === undefined ? undefined : plain(text);
  };

const plainlyLater =
  (said: (about: string) => Promise<string | undefined>) =>
  async (about: string): Promise<string | undefined> => {
    const text = await said(about);
    return text === undefined ? undefined : prompt(text);
  };

function plainChoice<T, C extends Choice<T> | undefined>(choice: C): C {
  return (
    choice && {
      ...choice,
      label: label(choice.label),
      description: choice.description && label(choice.description),
      detail: choice.detail && label(choice.detail),
      unavailable: choice.unavailable && label(choice.unavailable),
    }
  );
}

const plainAsk = (question: TextQuestion): TextQuestion => ({
  ...question,
  title: oneLine(question.title),
  prompt: prompt(question.prompt),
  problem: plainly(question.problem, prompt),
  ...(question.agrees ? { agrees: plainlyLater(question.agrees) } : {}),
  ...(question.comesTo ? { comesTo: plainly(question.comesTo, prompt) } : {}),
});
