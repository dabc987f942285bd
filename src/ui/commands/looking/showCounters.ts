import { l10n } from 'vscode';
import type { Handler } from '../command';
import { functions } from '../named';

/** Opens the panel with the counters of what was chosen. */
export const showCounters: Handler = async (workbench, item, items) => {
  const chosen = await functions(l10n.t('Show Counters'), workbench, item, items);
  if (chosen.length > 0) await workbench.counters.show(chosen.map(({ pci }) => pci));
};
