import type { Memento } from 'vscode';
import { withAdvice } from '../../../src/control/withAdvice';
import { inTheWorkbench } from '../../../src/ui/changes/adviceText';
import { KeptAnswers } from '../../../src/ui/changes/startingPoints/lastAnswers';
import type { Dialogs } from '../../../src/ui/dialogs/dialogs';
import { Arrangements } from '../../../src/ui/arranging/arrangements';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { Reconnecting } from '../../../src/ui/hosts/reconnecting';
import { CheckPage } from '../../../src/ui/pages/checkPage';
import { HistoryPage } from '../../../src/ui/pages/historyPage';
import type { Page } from '../../../src/ui/pages/page';
import { PathPage } from '../../../src/ui/pages/pathPage';
import { PlanPage } from '../../../src/ui/pages/planPage';
import { Signal } from '../../../src/ui/signal';
import type { Deed } from '../../../src/ui/walkthrough/deeds';
import { readSettings, type Settings } from '../../../src/ui/settings';
import type { Subject } from '../../../src/ui/tree/row';
import type { GivenText, ReadOnlyText, Terminal, Workbench } from '../../../src/ui/workbench';
import type { EngineName } from '../../../src/model/container';
import type { FileChange } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { FakeControl } from './fakeControl';
import { FakePackets } from './fakePackets';
import { FakePerson } from './fakePerson';

export interface FakeWorkbench extends Workbench {
  dialogs: FakePerson & Dialogs;
  control: FakeControl;
  /** Those of the other hosts that were connected. */
  others: Record<string, FakeControl>;
  shown: ReadOnlyText[];
  copied: string[];
  terminals: Terminal[];
  executed: string[];
  /** The same with what they were called on. */
  calls: unknown[][];
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
  did: Deed[];
  /** What was shown in the trees. */
  revealed: unknown[];
  /** What was selected in each picture that was opened. */
  topologies: string[][];
  /** The ids of the changes whose steps were kept. */
  kept: string[];
  atHand: GivenText[];
  file: GivenText | undefined;
  /** Files of the host that were shown beside what they would become. */
  differences: FileChange[];
  /** The functions whose counters were shown. */
  counted: (readonly string[])[];
  /** What stands in the editor that was opened. */
  typed: string;
  /** The path that is chosen when something is saved; the suggested one when undefined. */
  savesTo: string | undefined;
  saved: { path: string; text: string }[];
  /** Where captured packets go. */
  packetTargets: FakePackets;
  /** The file that is in front, and declares a host. */
  declaredText: string | undefined;
  /** What was done with such files. */
  declaredDone: string[];
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
    guide: {
      made: (request) => void bench.made.push(request),
      did: (deed) => void bench.did.push(deed),
      open: () => Promise.resolve(),
    },
    remembered: new KeptAnswers(memento()),
    arrangements: new Arrangements(host, memento()),
    dialogs: new FakePerson(),
    shown,
    copied: [],
    terminals: [],
    executed: [],
    calls: [],
    changedSettings: {},
    selection: [],
    hostsOfRows: {},
    trusted: true,
    logged,
    pagesShown: [],
    kept: [],
    made: [],
    did: [],
    revealed: [],
    topologies: [],
    atHand: [],
    file: undefined,
    differences: [],
    counted: [],
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
        if (kind === 'kept') return { kind: 'kept', ids: [id] };
        if (kind === 'att') return { kind: 'attachment', vf: id, container: '' };
        const [, engine, name] = /\/ctr\/([a-z]+)\/(.*)$/.exec(rowId) ?? [];
        if (engine !== undefined && name !== undefined)
          return { kind: 'container', id: name, engine: engine as EngineName };
        return kind === 'pf' || kind === 'vf' ? { kind, pci: id } : undefined;
      },
      selected: () => bench.selection,
      hostsOf: (ids) => [...new Set(ids.flatMap((id) => bench.hostsOfRows[id] ?? []))],
      reveal: (changed) => void bench.revealed.push(changed),
      selectionChanged: new Signal(),
    },
    hosts: {
      known: () => Promise.resolve([{ id: 'local', source: 'local', address: '' }]),
      configFile: () => '/home/me/.ssh/config',
      use: () => Promise.resolve(),
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
      showPath: (...path) => {
        bench.pagesShown.push(new PathPage(bench, ...path));
        return Promise.resolve();
      },
      showTopology: (nodes) => {
        bench.topologies.push(nodes);
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
    counters: {
      show: (functions) => {
        bench.counted.push(functions);
        return Promise.resolve();
      },
    },
    packets: () => Promise.resolve(bench.packetTargets),
    packetTargets: new FakePackets(),
    declaredText: undefined,
    declaredDone: [],
    declaredFiles: () =>
      Promise.resolve({
        read: (address = 'file:///sriov.yaml') =>
          Promise.resolve(
            bench.declaredText === undefined
              ? undefined
              : { address, name: 'sriov.yaml', text: bench.declaredText },
          ),
        show: (address, { line, column }) =>
          Promise.resolve(void bench.declaredDone.push(`${address}:${line}:${column}`)),
        create: (text) => Promise.resolve(void bench.declaredDone.push(text)),
      }),
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
    execute: (command, ...words) => {
      bench.executed.push(command);
      bench.calls.push([command, ...words]);
      return Promise.resolve();
    },
  };
  await host.connect(control.id);
  return bench;
}
