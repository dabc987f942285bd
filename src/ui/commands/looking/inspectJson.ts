import { l10n } from 'vscode';
import { printableJson } from '../../../model/printable';
import type { Handler } from '../command';
import { things } from '../named';

/** The snapshot's own words about one thing. */
export const inspectJson: Handler = async (workbench, item) => {
  const [chosen] = await things(l10n.t('Inspect JSON'), workbench, item, undefined);
  if (!chosen) return;
  await workbench.documents.show({
    scheme: 'sriov-inspect',
    name: `${chosen.name ?? ('pci' in chosen ? chosen.pci : l10n.t('unnamed'))}.json`,
    text: `${printableJson(chosen)}\n`,
    language: 'json',
  });
};
