import type { Plan } from './plan';

/** One finished or interrupted change in the host's journal. */
export interface JournalEntry {
  id: string;
  /** ISO 8601, the host's clock. */
  at: string;
  kind: string;
  title: string;
  /** The login that made it. */
  by: string;
  /** `pending`: an executor began it and hasn't finished. */
  outcome: 'done' | 'undone' | 'stuck' | 'refused' | 'pending';
}

/** The same, with its plan if the host keeps it: for the last twenty that can be undone. */
export interface PastChange extends JournalEntry {
  plan?: Plan;
}
