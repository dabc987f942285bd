import type { Uri } from 'vscode';
import type { KeptChanges } from '../changes/keptChanges';
import type { Pages, Workbench } from '../workbench';
import type { Panels } from './panels';

/** The pages of a workbench. What draws them is loaded with the first. */
export function lazyPages(
  extension: Uri,
  kept: KeptChanges,
  workbench: () => Workbench,
): Pages & { dispose(): void } {
  let loaded: Promise<Panels> | undefined;
  const panels = () => (loaded ??= import('./panels').then((module) => new module.Panels(extension)));
  return {
    showPlan: async (plan) => (await panels()).showPlan(workbench(), plan),
    showHistory: async (words) => (await panels()).showHistory(workbench(), kept, words),
    showCheck: async (finding) => (await panels()).showCheck(workbench(), finding),
    apply: async (name) => loaded !== undefined && (await loaded).apply(name),
    keep: (host, record) => kept.keep(host, record),
    dispose: () => void loaded?.then((all) => all.dispose()),
  };
}
