import { l10n } from 'vscode';
import type { Handler } from '../command';
import { functions, things } from '../named';

/** Values that the status bar has room for. */
const mostShown = 4;

/** Copies one property of what was chosen, one a line. */
const copying =
  <T>(
    title: string,
    ask: (title: string, ...call: [...Parameters<Handler>]) => Promise<T[]>,
    property: (one: T) => string | null,
  ): Handler =>
  async (workbench, item, items) => {
    const chosen = await ask(title, workbench, item, items);
    if (chosen.length === 0) return;
    const values = chosen.flatMap((one) => property(one) ?? []);
    if (values.length === 0)
      return void workbench.dialogs.tell('info', l10n.t('{0}: the value is unknown.', title));
    await workbench.copy(values.join('\n'));
    workbench.dialogs.say(
      values.length > mostShown
        ? l10n.t('Copied {0} lines.', values.length)
        : l10n.t('Copied: {0}', values.join(', ')),
    );
  };

export const copyPciAddress = copying(l10n.t('Copy PCI Address'), functions, ({ pci }) => pci);
export const copyMac = copying(l10n.t('Copy MAC Address'), functions, ({ mac }) => mac);
export const copyName = copying(l10n.t('Copy Name'), things, ({ name }) => name);
