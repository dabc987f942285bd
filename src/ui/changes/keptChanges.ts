import * as v from 'valibot';
import type { Memento } from 'vscode';
import { Kept } from '../kept';
import type { ChangeRecord, StepRecord } from './changeRecord';
import { outcomeText } from './outcomeText';

/** What was heard of a change that was made here; the host keeps the rest. */
export interface KeptChange {
  id: string;
  steps: StepRecord[];
  /** How it ended, in words. */
  ended: string;
}

const key = 'sriov.changes.kept';
/** Of each host, and hosts. */
const most = { changes: 30, hosts: 20 };
/** Characters of what a step said. */
const longest = 1000;

const changesOfHost = v.array(
  v.object({
    ...{ id: v.string(), ended: v.string() },
    steps: v.array(
      v.object({
        title: v.string(),
        state: v.picklist([
          'waiting',
          'running',
          'done',
          'failed',
          'undoing',
          'undone',
          'not-undone',
          'unknown',
        ]),
        failed: v.boolean(),
        said: v.array(v.string()),
        took: v.optional(v.number()),
      }),
    ),
  }),
);

/** How the steps of the last changes made from here went, in the extension's own storage: a host keeps only the steps. */
export class KeptChanges {
  private readonly kept: Kept<KeptChange[]>;

  constructor(state: Memento) {
    this.kept = new Kept(state, key, changesOfHost, most.hosts);
  }

  async keep(host: string, { plans, outcome }: ChangeRecord): Promise<void> {
    if (plans.length === 0 || !outcome) return;
    const ended = outcomeText(outcome).details;
    const added = plans.map(({ id, steps }, index) => ({
      id,
      steps: steps.map(({ title, state, failed, said, took }) => ({
        title,
        state,
        failed,
        said: cut(said),
        took,
      })),
      ended: index === plans.length - 1 ? ended : '',
    }));
    await this.kept.keep(host, [...this.of(host), ...added].slice(-most.changes));
  }

  of(host: string): KeptChange[] {
    return this.kept.of(host) ?? [];
  }
}

const cut = (said: string[]): string[] => {
  const text = said.join('\n');
  return text.length <= longest ? said : text.slice(0, longest).split('\n');
};
