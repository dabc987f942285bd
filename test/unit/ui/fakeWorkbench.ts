import type { Memento } from 'vscode';
import { withAdvice } from '../../../src/control/withAdvice';
import { inTheWorkbench } from '../../../src/ui/changes/adviceText';
import { KeptAnswers } from '../../../src/ui/changes/startingPoints/lastAnswers';
import type { back, Dialogs, PickQuestion, TextQuestion } from '../../../src/ui/dialogs/dialogs';
import { Arrangements } from '../../../src/ui/arranging/arrangements';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { Reconnecting } from '../../../src/ui/hosts/reconnecting';
import { CheckPage } from '../../../src/ui/pages/checkPage';
import { HistoryPage } from '../../../src/ui/pages/historyPage';
import type { Page } from '../../../src/ui/pages/page';
import { PlanPage } from '../../../src/ui/pages/planPage';
import { readSettings, type Settings } from '../../../src/ui/settings';
import type { Subject } from '../../../src/ui/tree/row';
import type { GivenText, ReadOnlyText, Terminal, Workbench } from '../../../src/ui/workbench';
import type { FileChange } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { FakeControl } from './fakeControl';

type Answer = string | symbol | undefined | ((question: PickQuestion<unknown> | TextQuestion) => unknown);

/** A person in front of the workbench: answers in order, and remembers what was shown. */
export class FakePerson implements Dialogs {
  /** What to answer: the label of a choice, a text, a button, `back`, or undefined for Esc. */
  answers: Answer[] = [];
  readonly asked: string[] = [];
  readonly questions: (PickQuestion<unknown> | TextQuestion)[] = [];
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

  progress<T>(
    title: string,
    work: (report: (step: { message?: string }) => void, signal: AbortSignal) => Promise<T>,
  ) {
    this.progressed.push(title);
    return work(({ message }) => message && this.progressed.push(message), new AbortController().signal);
  }

  reading<T>(_view: string, work: () => Promise<T>) {
    return work();
  }

  private next(question: PickQuestion<unknown> | TextQuestion | undefined): unknown {
    if (this.answers.length === 0) throw new Error(`Not expected: ${question?.title ?? 'a warning'}`);
    const answer = this.answers.shift();
    return typeof answer === 'function' ? answer(question!) : answer;
  }
}

export interface FakeWorkbench extends Workbench {
  dialogs: FakePerson & Dialogs;
  control: FakeControl;
  /** Those of the other hosts that were connected. */
  others: Record<string, FakeControl>;
  shown: ReadOnlyText[];
  copied: string[];
  terminals: Terminal[];
  executed: string[];
  changedSettings: Record<string, unknown>;
  selection: Subject[];
  /** Which host a row belongs to, by its id. */
  hostsOfRows: Record<string, string>;
  trusted: boolean;
  logged: string[];
  /** The plans and histories that were shown. */
  pagesShown: Page[];
  /** What the walkthrough heard of. */
  made: ChangeRequest[];
  /** The ids of the changes whose steps were kept. */
  kept: string[];
  atHand: GivenText[];
  file: GivenText | undefined;
  /** Files of the host that were shown beside what they would become. */
  differences: FileChange[];
  /** What stands in the editor that was opened. */
  typed: string;
  /** The path that is chosen when something is saved; the suggested one when undefined. */
  savesTo: string | undefined;
  saved: { path: string; text: string }[];
  /** What was written that is no text. */
  files: Map<string, Uint8Array>;
}

/** What an extension keeps, in memory. */
export function memento(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) => (kept.has(key) ? (kept.get(key) as T) : otherwise),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

/** What is written on a page. */
export const textOf = (page: Page | undefined): string => textIn(markupOf(page));
export const markupOf = (page: Page | undefined): string =>
  (page?.main() ?? []).map(({ text }) => text).join('');
/** Each element on a line of its own. */
export const textIn = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** A workbench that is connected to a host in memory. */
export async function fakeWorkbench(
  snapshot: HostSnapshot,
  settings: Partial<Settings> = {},
): Promise<FakeWorkbench> {
  const control = new FakeControl(snapshot.host.id, snapshot);
  const others: Record<string, FakeControl> = {};
  const host = new CurrentHost(
    (id) => {
      if (id !== control.id) others[id] = new FakeControl(id, snapshot);
      return withAdvice(others[id] ?? control, inTheWorkbench);
    },
    undefined,
    () => (settings.connections ?? 'one') !== 'one',
  );
  const shown: ReadOnlyText[] = [];
  const logged: string[] = [];
  const write = (line: string) => void logged.push(line);
  const bench: FakeWorkbench = {
    host,
    control,
    others,
    reconnecting: new Reconnecting(host),
    access: { done: () => {} },
    guide: { made: (request) => void bench.made.push(request), open: () => Promise.resolve() },
    remembered: new KeptAnswers(memento()),
    arrangements: new Arrangements(host, memento()),
    dialogs: new FakePerson(),
    shown,
    copied: [],
    terminals: [],
    executed: [],
    changedSettings: {},
    selection: [],
    hostsOfRows: {},
    trusted: true,
    logged,
    pagesShown: [],
    kept: [],
    made: [],
    atHand: [],
    file: undefined,
    differences: [],
    typed: '',
    savesTo: undefined,
    saved: [],
    files: new Map(),
    rows: {
      subject: (rowId) => {
        const [kind, id = ''] = rowId.split('=');
        if (kind === 'macvlan') {
          const [on = '', container = ''] = id.split(' ');
          return { kind, on, container };
        }
        return kind === 'pf' || kind === 'vf' ? { kind, pci: id } : undefined;
      },
      selected: () => bench.selection,
      hostsOf: (ids) => [...new Set(ids.flatMap((id) => bench.hostsOfRows[id] ?? []))],
      reveal: () => {},
    },
    hosts: {
      known: () => Promise.resolve([{ id: 'local', source: 'local', address: '' }]),
      configFile: () => '/home/me/.ssh/config',
      remember: () => Promise.resolve(),
    },
    documents: {
      show: (document) => {
        shown.push(document);
        return Promise.resolve();
      },
      difference: (file) => {
        bench.differences.push(file);
        return Promise.resolve();
      },
      report: () => shown.at(-1)?.report,
    },
    pages: {
      showPlan: async (plan) => {
        const page = new PlanPage(bench, plan);
        bench.pagesShown.push(page);
        await page.load();
      },
      showHistory: async (words) => {
        const page = new HistoryPage(bench, { of: () => [] }, words);
        bench.pagesShown.push(page);
        await page.load();
      },
      showCheck: (finding) => {
        bench.pagesShown.push(new CheckPage(bench, finding));
        return Promise.resolve();
      },
      apply: async () => {
        const page = bench.pagesShown.at(-1);
        if (!(page instanceof PlanPage)) return false;
        await page.apply();
        return true;
      },
      keep: (_host, { plans }) => {
        bench.kept.push(...plans.map(({ id }) => id));
        return Promise.resolve();
      },
    },
    texts: {
      atHand: () => Promise.resolve(bench.atHand),
      chooseFile: () => Promise.resolve(bench.file),
      newEditor: () => Promise.resolve(() => ({ name: 'Untitled-1', from: 'editor', text: bench.typed })),
      save: ({ name, text }) => {
        const path = bench.savesTo ?? name;
        bench.saved.push({ path, text: text(path) });
        return Promise.resolve(path);
      },
      saveFile: ({ name, bytes }) => {
        bench.files.set(bench.savesTo ?? name, bytes);
        return Promise.resolve(bench.savesTo ?? name);
      },
    },
    log: { info: write, warn: write, error: write, show: () => {}, lines: () => logged },
    around: () => ({ versions: { extension: '0.1.0' }, hostname: 'desk', user: 'me' }),
    settings: () => ({ ...readSettings(() => undefined), ...settings }),
    setSetting: (key, value) => {
      bench.changedSettings[key] = value;
      return Promise.resolve();
    },
    copy: (text) => {
      bench.copied.push(text);
      return Promise.resolve();
    },
    openTerminal: (terminal) => void bench.terminals.push(terminal),
    openFile: () => Promise.resolve(),
    isTrusted: () => bench.trusted,
    execute: (command) => {
      bench.executed.push(command);
      return Promise.resolve();
    },
  };
  await host.connect(control.id);
  return bench;
}
