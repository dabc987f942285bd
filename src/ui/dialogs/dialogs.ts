/** How commands talk to the person. Commands know only this, so that they can be tested without a workbench. */
export interface Dialogs {
  pick<T>(question: PickQuestion<T>): Promise<T | typeof back | undefined>;
  /** The same for any number of choices, each with a box to tick. */
  pickMany<T>(question: PickManyQuestion<T>): Promise<T[] | typeof back | undefined>;
  ask(question: TextQuestion): Promise<string | typeof back | undefined>;
  /** A modal question; resolves to the button, or undefined when it was cancelled. */
  warn(question: { message: string; detail: string; buttons: string[] }): Promise<string | undefined>;
  /** A notification; resolves to the button, or undefined when it was closed. Nobody has to answer it. */
  tell(
    severity: 'info' | 'warning' | 'error',
    message: string,
    buttons?: string[],
  ): Promise<string | undefined>;
  /** A few seconds in the status bar. */
  say(message: string): void;
  /** A notification with a bar and a cancel button. */
  progress<T>(title: string, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The thin bar of a view, for reads. */
  reading<T>(view: string, work: () => Promise<T>): Promise<T>;
}

/** The answer to a question that is "take me to the question before". */
export const back = Symbol('back');

export type Report = (progress: { message?: string; increment?: number }) => void;

interface Question {
  title: string;
  canGoBack?: boolean;
  /** Takes the question away, as Esc does: nobody wants the answer any more. */
  signal?: AbortSignal;
}

export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  icon?: string;
  value: T;
  /** Why it can't be taken, in a sentence: picking it shows this in its row, and the question stays open. */
  unavailable?: string;
}

export interface PickQuestion<T> extends Question {
  placeholder: string;
  /** A string starts a group and is its heading. */
  choices: (Choice<T> | string)[];
  /** Turns what was typed into a choice of its own. */
  typed?: (text: string) => Choice<T> | undefined;
  /** Buttons of the title: an icon, what it is called, what it does. */
  buttons?: { icon: string; tooltip: string; run: () => void }[];
}

export interface PickManyQuestion<T> extends Pick<
  PickQuestion<T>,
  'placeholder' | 'choices' | keyof Question
> {
  /** What is ticked to begin with. */
  picked?: readonly T[];
  /** What is wrong with what is ticked; undefined when it is fine. */
  problem: (picked: readonly T[]) => string | undefined;
}

export interface TextQuestion extends Question {
  prompt: string;
  value: string;
  placeholder?: string;
  /** What is wrong with the text so far, asked at every key; undefined when it is fine. */
  problem: (text: string) => string | undefined;
  /** The same by who has to be asked, once the person is done with it. */
  agrees?: (text: string) => Promise<string | undefined>;
  /** What a text that is fine comes to, shown at every key. */
  comesTo?: (text: string) => string | undefined;
  /** Hears the text so far at every key. */
  typing?: (text: string) => void;
  /** The text isn't shown, and is taken as it was typed. */
  isSecret?: true;
}
