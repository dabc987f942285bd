import type { NamespaceRef, Step } from '../plan';
import type { DeclaredPlan } from './declaredPlan';

/** A plan as somebody saw it, in a file: it is done only while the host is as it was then. */
export interface SavedPlan {
  /** By which such a file is told from one that declares a host. */
  sriovPlan: 1;
  /** ISO 8601. */
  at: string;
  host: { id: string; hostname: string | null; bootId: string | null };
  /** The text of the file that it was planned from. */
  file: string;
  plan: DeclaredPlan;
  /** What of it is one change on the host, step by step; what lasts is not in it. */
  steps: Step[];
  spaces: NamespaceRef[];
}

/** The saved plan that a text is; undefined where it is something else. Nothing of it is ever run: it is only compared. */
export function savedPlanIn(text: string): SavedPlan | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const read = JSON.parse(text) as Partial<SavedPlan> | null;
    return read?.sriovPlan === 1 && typeof read.file === 'string' ? (read as SavedPlan) : undefined;
  } catch {
    return undefined;
  }
}
