import type {
  back,
  Dialogs,
  PickManyQuestion,
  PickQuestion,
  TextQuestion,
} from '../../../../src/ui/dialogs/dialogs';
import { unmarked } from './pseudo';

/** Somebody who tries what a dialog offers, and writes down all that it says: `turn` says which of the choices is taken. */
export class Wanderer implements Dialogs {
  readonly seen: string[] = [];
  private asked = 0;

  constructor(private readonly turn: number) {}

  pick<T>(question: PickQuestion<T>): Promise<T | typeof back | undefined> {
    const { title, placeholder, choices, buttons = [], typed } = question;
    this.see(title, placeholder, ...buttons.map(({ tooltip }) => tooltip));
    for (const one of choices)
      if (typeof one === 'string') this.see(one);
      // A long sentence goes on in the line below.
      else this.see([one.label, one.detail].join('\n'), one.description, one.unavailable);
    for (const text of ['192.0.2.99', '$']) this.see(typed?.(text)?.label);
    const open = choices.filter((one) => typeof one !== 'string' && !one.unavailable);
    const chosen = open[(this.turn + this.asked) % Math.max(open.length, 1)];
    return Promise.resolve(this.tires() || typeof chosen !== 'object' ? undefined : chosen.value);
  }

  pickMany<T>({ title, placeholder, choices, problem }: PickManyQuestion<T>) {
    this.see(title, placeholder);
    const open = choices.flatMap((one) => (typeof one === 'string' ? [] : [one]));
    for (const one of choices) this.see(...(typeof one === 'string' ? [one] : [one.label, one.description]));
    const some = [1, 2, 3].map((count) => open.slice(0, count).map(({ value }) => value));
    this.see(...some.map(problem), problem([]));
    const good = some.find((picked) => problem(picked) === undefined);
    return Promise.resolve(this.tires() ? undefined : good);
  }

  ask({ title, prompt, placeholder, value, problem, comesTo }: TextQuestion) {
    this.see(title, prompt, placeholder, ...wrong.map(problem), comesTo?.('192.0.2.0/24'));
    const tried = [unmarked(value), '', '1', '0', 'eth7', 'box'];
    const good = tried.slice(this.turn % 2).find((text) => problem(text) === undefined);
    return Promise.resolve(this.tires() ? undefined : good);
  }

  warn({ message, detail, buttons }: { message: string; detail: string; buttons: string[] }) {
    this.see(message, detail, ...buttons);
    return Promise.resolve(this.tires() ? undefined : buttons[this.turn % buttons.length]);
  }

  tell(_severity: string, message: string, buttons: string[] = []) {
    this.see(message, ...buttons);
    return Promise.resolve(undefined);
  }

  say(message: string) {
    this.see(message);
  }

  progress<T>(
    title: string,
    work: (report: (step: { message?: string }) => void, signal: AbortSignal) => Promise<T>,
  ) {
    this.see(title);
    return work(({ message }) => this.see(message), new AbortController().signal);
  }

  reading<T>(_view: string, work: () => Promise<T>) {
    return work();
  }

  private see(...texts: (string | undefined)[]) {
    this.seen.push(...texts.filter((text) => text !== undefined));
  }

  private tires() {
    this.asked += 1;
    return this.asked > 12;
  }
}

/** What few questions take for an answer. */
const wrong = ['$', 'dhcp 192.0.2.9/24', '999999', 'two words'];
