import type {
  back,
  Dialogs,
  PickManyQuestion,
  PickQuestion,
  TextQuestion,
} from '../../../src/ui/dialogs/dialogs';

type Question = PickQuestion<unknown> | TextQuestion;
type Answer = string | readonly string[] | symbol | undefined | ((question: Question) => unknown);

/** A person in front of the workbench: answers in order, and remembers what was shown. */
export class FakePerson implements Dialogs {
  /** What to answer: the label of a choice, those that are ticked, a text, a button, `back`, or undefined for Esc. */
  answers: Answer[] = [];
  readonly asked: string[] = [];
  readonly questions: Question[] = [];
  readonly warnings: { message: string; detail: string; buttons: string[] }[] = [];
  readonly shown: string[] = [];
  readonly said: string[] = [];
  readonly progressed: string[] = [];
  /** Which buttons of notifications are pressed. */
  presses: string[] = [];

  pick<T>(question: PickQuestion<T>): Promise<T | typeof back | undefined> {
    this.asked.push(question.title);
    this.questions.push(question);
    const answer = this.next(question);
    if (typeof answer !== 'string') return Promise.resolve(answer as T | typeof back | undefined);
    const choices = question.choices.flatMap((choice) => (typeof choice === 'string' ? [] : [choice]));
    const offered = choices.find((one) => one.label === answer && !one.unavailable);
    const chosen = offered ?? question.typed?.(answer);
    if (!chosen) throw new Error(`"${answer}" is not among ${choices.map(({ label }) => label).join(', ')}`);
    return Promise.resolve(chosen.value);
  }

  /** `''` leaves what is ticked. */
  pickMany<T>(question: PickManyQuestion<T>): Promise<T[] | typeof back | undefined> {
    this.asked.push(question.title);
    this.questions.push(question);
    const answer = this.next(question);
    if (answer !== '' && !Array.isArray(answer)) return Promise.resolve(answer as typeof back | undefined);
    const choices = question.choices.flatMap((choice) => (typeof choice === 'string' ? [] : [choice]));
    const valueOf = (label: string) => {
      const chosen = choices.find((one) => one.label === label);
      if (!chosen) throw new Error(`"${label}" is not among ${choices.map((one) => one.label).join(', ')}`);
      return chosen.value;
    };
    const ticked = answer === '' ? [...(question.picked ?? [])] : (answer as string[]).map(valueOf);
    const problem = question.problem(ticked);
    if (problem) throw new Error(problem);
    return Promise.resolve(ticked);
  }

  ask(question: TextQuestion): Promise<string | typeof back | undefined> {
    this.asked.push(question.prompt);
    this.questions.push(question);
    const answer = this.next(question);
    const text = answer === '' ? question.value : answer;
    if (typeof text === 'string' && question.problem(text)) throw new Error(question.problem(text));
    return Promise.resolve(text as string | typeof back | undefined);
  }

  warn(question: { message: string; detail: string; buttons: string[] }) {
    this.warnings.push(question);
    return Promise.resolve(this.next(undefined) as string | undefined);
  }

  tell(_severity: string, message: string, buttons: string[] = []) {
    this.shown.push(message);
    return Promise.resolve(buttons.find((button) => this.presses.includes(button)));
  }

  say(message: string) {
    this.said.push(message);
  }

  /** Cancels what is under way. */
  stop = new AbortController();
  progress<T>(
    title: string,
    work: (report: (step: { message?: string }) => void, signal: AbortSignal) => Promise<T>,
  ) {
    this.progressed.push(title);
    this.stop = new AbortController();
    return work(({ message }) => message && this.progressed.push(message), this.stop.signal);
  }

  reading<T>(_view: string, work: () => Promise<T>) {
    return work();
  }

  private next(question: Question | undefined): unknown {
    if (this.answers.length === 0) throw new Error(`Not expected: ${question?.title ?? 'a warning'}`);
    const answer = this.answers.shift();
    return typeof answer === 'function' ? answer(question!) : answer;
  }
}
