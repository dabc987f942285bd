import type { Writable } from 'node:stream';
import type { PathRequest } from '../control/hostControl';
import type { Finding } from '../model/finding';
import type { PciAddress } from '../model/functions';
import type { PathResult } from '../model/wire/path';
import type { FileChange, Plan } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import type { Arrangements } from './arranging/arrangements';
import type { ChangeRecord } from './changes/changeRecord';
import type { Remembered } from './changes/startingPoints/lastAnswers';
import type { Dialogs } from './dialogs/dialogs';
import type { CurrentHost } from './hosts/currentHost';
import type { KnownHost } from './hosts/hostList';
import type { Report } from './readiness/report';
import type { Reconnecting } from './hosts/reconnecting';
import type { Settings } from './settings';
import type { Signal } from './signal';
import type { Subject } from './tree/row';
import type { Deed } from './walkthrough/deeds';

/** What a command works with. The extension's composition root builds it from VS Code; tests build it from fakes. */
export interface Workbench {
  host: CurrentHost;
  reconnecting: Reconnecting;
  dialogs: Dialogs;
  rows: Rows;
  arrangements: Pick<Arrangements, 'now' | 'try' | 'leave' | 'change'>;
  hosts: Hosts;
  documents: Documents;
  pages: Pages;
  counters: CountersShown;
  texts: Texts;
  packets(): Promise<Packets>;
  declaredFiles(): Promise<DeclaredFiles>;
  access: Access;
  guide: Guide;
  /** What was answered for containers before. */
  remembered: Remembered;
  log: Log;
  settings(): Settings;
  /** Changes one of the user's own settings; the key is without `sriov.`. */
  setSetting(key: string, value: unknown): Promise<void>;
  copy(text: string): Promise<void>;
  openFile(path: string): Promise<void>;
  /** What this runs in and on. */
  around(): Around;
  openTerminal(terminal: Terminal): void;
  isTrusted(): boolean;
  /** Runs a command of the workbench. */
  execute(command: string, ...words: unknown[]): Promise<void>;
}

/** The workbench itself, as support asks for it. */
export interface Around {
  versions: Record<string, string>;
  /** Of the machine that the extension runs on. */
  hostname: string;
  user: string;
}

/** A terminal that ends with what runs in it. */
export interface Terminal {
  name: string;
  icon: string;
  argv: string[];
}

export interface Rows {
  /** What a row stands for now; undefined when there is no such row any more. */
  subject(rowId: string): Subject | undefined;
  /** What is selected in a view; in the one that was used last when none is named. */
  selected(view?: string): Subject[];
  /** The hosts that rows belong to, where several are shown; those of the selection when no row is given. */
  hostsOf(rowIds: readonly string[], view?: string): string[];
  /** Shows the rows of a function that was changed, or of a container, in the views that are visible. */
  reveal(changed: { kind: 'pf' | 'vf'; pci: string } | { kind: 'container'; id: string }): void;
  /** Fires when something else is selected in a view. */
  selectionChanged: Signal;
}

export interface Hosts {
  known(): Promise<KnownHost[]>;
  /** The file that the ssh hosts come from. */
  configFile(): string;
  /** Remembers which hosts this window works on, the current one last. */
  use(connected: readonly string[]): Promise<void>;
  /** The same, of one that was just connected to or disconnected. */
  remember(connected: readonly string[]): Promise<void>;
}

/** How long administrative access lasts. */
export interface Access {
  /** A command that may have needed it on a host has ended. */
  done(host: string | undefined): void;
}

/** The walkthrough for those who begin. */
export interface Guide {
  /** A change was made as it was asked for. */
  made(request: ChangeRequest): void;
  /** Something was done for which the host needs no change. */
  did(deed: Deed): void;
  open(): Promise<void>;
}

export interface Documents {
  /** Opens text read-only. The same name replaces what was shown under it. */
  show(document: ReadOnlyText): Promise<void>;
  /** Opens a file of the host beside what it would become. */
  difference(file: FileChange): Promise<void>;
  /** The readiness report in front, if one is. */
  report(address: unknown): Report | undefined;
}

/** Plans, the changes that were made, and checks, each a page of its own. */
export interface Pages {
  /** Shows what changes would do, or how they go and went. */
  showPlan(plan: PlanSubject): Promise<void>;
  /** Shows the changes that were made on the current host; only those about `words`, until somebody types something else. */
  showHistory(words: string): Promise<void>;
  /** Shows a readiness check of the current host. */
  showCheck(finding: Finding): Promise<void>;
  /** Shows what was found out about the path of an interface of the current host. */
  showPath(request: PathRequest, result: PathResult): Promise<void>;
  /** Shows what is wired to what on the current host, with some of it selected: by the ids of rows. */
  showTopology(selected: string[]): Promise<void>;
  /** Makes the changes of the plan of that name, else of the one that is in front; false when there is none. */
  apply(name?: string): Promise<boolean>;
  /** Keeps what was heard of a change that was made on a host, for its history. */
  keep(host: string, record: ChangeRecord): Promise<void>;
}

/** The panel with the counters. */
export interface CountersShown {
  /** Opens it with those of these functions of the current host. */
  show(functions: readonly PciAddress[]): Promise<void>;
}

/** What a plan page is about. */
export interface PlanSubject {
  host: string;
  requests: ChangeRequest[];
  plans: Plan[];
  /** Of changes that are made, or were. */
  record?: ChangeRecord;
}

/** A text that the user wants to have checked. */
export interface GivenText {
  /** What it is called: a file's name, `Clipboard`. */
  name: string;
  from: 'selection' | 'editor' | 'clipboard' | 'file';
  text: string;
}

/** Texts of the person's own: what is open, what was copied, files. */
export interface Texts {
  /** What is at hand, the likeliest first; what is empty isn't there. */
  atHand(): Promise<GivenText[]>;
  /** Asks for a file; undefined when the person didn't choose any. */
  chooseFile(title: string): Promise<GivenText | undefined>;
  /** Opens an empty editor; resolves to a function that reads what is in it. */
  newEditor(): Promise<() => GivenText>;
  /** Asks where to, writes, and shows what was written; undefined when the person didn't choose. */
  save(question: {
    title: string;
    name: string;
    types: Record<string, string[]>;
    text: (file: string) => string;
  }): Promise<string | undefined>;
  /** The same for what can't be shown. */
  saveFile(question: {
    title: string;
    name: string;
    types: Record<string, string[]>;
    bytes: Uint8Array;
  }): Promise<string | undefined>;
}

/** A file that declares what a host should be. */
export interface DeclaredText {
  /** By which it is found again. */
  address: string;
  name: string;
  text: string;
}

export interface DeclaredFiles {
  /** The file of that address or path, else the one in front; undefined where that is another kind of file. */
  read(address?: string): Promise<DeclaredText | undefined>;
  /** Opens it with the cursor there. */
  show(address: string, at: { line: number; column: number }): Promise<void>;
  /** Opens a new one with that text, not saved yet. */
  create(text: string): Promise<void>;
}

/** Where packets are captured to. */
export interface PacketTarget {
  to: Writable;
  /** Nothing more comes. */
  finish(): Promise<void>;
  /** What the file is called, where it is one. */
  name?: string;
  /** What can be done with it then: a button, and what it does. */
  shows: Record<string, () => Promise<void>>;
}

export interface Packets {
  /** The person sits at another machine than the one that this runs on. */
  readonly isApart: boolean;
  /** Why packets can't be shown as they come; undefined where they can. */
  noViewer(): Promise<string | undefined>;
  viewer(): Promise<PacketTarget | undefined>;
  /** Asks where to; undefined when the person didn't choose. */
  file(title: string, name: string): Promise<PacketTarget | undefined>;
}

export interface ReadOnlyText {
  scheme: 'sriov-plan' | 'sriov-inspect' | 'sriov-report';
  name: string;
  text: string;
  /** Markdown is shown as it reads, not as it is written. */
  language: 'plaintext' | 'shellscript' | 'json' | 'markdown';
  report?: Report;
}

export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  show(): void;
  /** What was written last, without what programs said. */
  lines(): readonly string[];
}
