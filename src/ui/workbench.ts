import type { ChangeRequest } from '../model/request';
import type { Dialogs } from './dialogs/dialogs';
import type { CurrentHost } from './hosts/currentHost';
import type { KnownHost } from './hosts/hostList';
import type { Reconnecting } from './hosts/reconnecting';
import type { Settings } from './settings';
import type { Subject } from './tree/row';

/** What a command works with. The extension's composition root builds it from VS Code; tests build it from fakes. */
export interface Workbench {
  host: CurrentHost;
  reconnecting: Reconnecting;
  dialogs: Dialogs;
  rows: Rows;
  hosts: Hosts;
  documents: Documents;
  log: Log;
  settings(): Settings;
  /** Changes one of the user's own settings; the key is without `sriov.`. */
  setSetting(key: string, value: unknown): Promise<void>;
  copy(text: string): Promise<void>;
  openFile(path: string): Promise<void>;
  isTrusted(): boolean;
  /** Runs a command of the workbench. */
  execute(command: string, ...words: unknown[]): Promise<void>;
}

export interface Rows {
  /** What a row stands for now; undefined when there is no such row any more. */
  subject(rowId: string): Subject | undefined;
  /** What is selected in a view; in the one that was used last when none is named. */
  selected(view?: string): Subject[];
  /** Shows the rows of a function that was changed, in the views that are visible. */
  reveal(changed: { kind: 'pf' | 'vf'; pci: string }): Promise<void>;
}

export interface Hosts {
  known(): Promise<KnownHost[]>;
  /** The file that the ssh hosts come from. */
  configFile(): string;
  /** Remembers where this window was; undefined: nowhere, and it shall stay so. */
  remember(id: string | undefined): Promise<void>;
}

export interface Documents {
  /** Opens text read-only. The same name replaces what was shown under it. */
  show(document: ReadOnlyText): Promise<void>;
  /** What an open document stands for, by its address; for the plan in front when there is no address. */
  plan(address: unknown): PlanDocument | undefined;
}

export interface ReadOnlyText {
  scheme: 'sriov-plan' | 'sriov-check' | 'sriov-history' | 'sriov-inspect';
  name: string;
  text: string;
  language: 'plaintext' | 'shellscript' | 'json';
  plan?: PlanDocument;
}

/** What a plan document can be asked to do. */
export interface PlanDocument {
  host: string;
  requests: ChangeRequest[];
}

export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  show(): void;
}
