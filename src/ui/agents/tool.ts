import { l10n } from 'vscode';
import { unavailable } from '../commands/availability';
import type { Needs } from '../commands/command';
import type { Workbench } from '../workbench';

/** What agents can use; what each takes is in the manifest. */
export interface Tool {
  /** What a person reads while it runs. */
  running: string;
  /** What a person has to agree to first; undefined if nothing. */
  confirm?: (workbench: Workbench, input: unknown) => Question | undefined;
  /** Resolves to what the model reads, as data. */
  run: (workbench: Workbench, input: unknown, signal: AbortSignal) => Promise<object>;
}

export interface Question {
  title: string;
  groups: Group[];
}

export interface Group {
  heading: string;
  items: string[];
}

/** Nothing was done, and why. */
export interface Refused {
  refused: string;
}

/** Why it isn't possible now, and what the person could do about it: nothing connects by itself. */
export function obstacle({ host, isTrusted }: Workbench, needs: Needs): Refused | undefined {
  const found = unavailable(needs, host, isTrusted());
  if (!found) return undefined;
  const remedy = found.remedy && l10n.t('The person can choose “{0}” in the workbench.', found.remedy.title);
  return { refused: [found.reason, remedy].filter(Boolean).join(' ') };
}

/** One of the words that an agent gave, where it is a text. */
export function textOf(input: unknown, name: string): string | undefined {
  const value = (input as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
