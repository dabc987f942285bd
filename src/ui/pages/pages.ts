import { window, type Uri } from 'vscode';
import type { KeptChanges } from '../changes/keptChanges';
import type { TopologyPanels, Watch } from '../topology/topologyPanels';
import type { Pages, Workbench } from '../workbench';
import type { Panels } from './panels';

/** The pages of a workbench. What draws them is loaded with the first. */
export function lazyPages(
  extension: Uri,
  kept: KeptChanges,
  workbench: () => Workbench,
  watch: Watch,
  /** Something is shown of a host, before any view was. */
  firstShown: () => void,
): Pages & { dispose(): void } {
  let drawn: Promise<TopologyPanels> | undefined;
  const topology = () =>
    (drawn ??= import('../topology/topologyPanels').then(
      (module) => new module.TopologyPanels(extension, watch),
    ));
  const restoring = window.registerWebviewPanelSerializer('sriov.topology', {
    async deserializeWebviewPanel(panel, state: unknown) {
      firstShown();
      (await topology()).restore(workbench(), state, panel);
    },
  });
  let loaded: Promise<Panels> | undefined;
  const panels = () => (loaded ??= import('./panels').then((module) => new module.Panels(extension)));
  return {
    showPlan: async (plan) => (await panels()).showPlan(workbench(), plan),
    showHistory: async (words) => (await panels()).showHistory(workbench(), kept, words),
    showCheck: async (finding) => (await panels()).showCheck(workbench(), finding),
    showPath: async (...of) => (await panels()).showPath(workbench(), ...of),
    showTopology: async (nodes) => (await topology()).show(workbench(), nodes),
    apply: async (name) => loaded !== undefined && (await loaded).apply(name),
    keep: (host, record) => kept.keep(host, record),
    dispose() {
      restoring.dispose();
      for (const some of [loaded, drawn]) void some?.then((all) => all.dispose());
    },
  };
}
