import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { tellRefusal, tellTrouble } from '../../changes/tell';
import { historyText } from '../../documents/historyText';
import { hostName } from '../../hosts/viewState';
import type { Handler } from '../command';

export const showHistory: Handler = async (workbench) => {
  const { host, dialogs, documents } = workbench;
  const { control, snapshot } = host;
  if (!control) return;
  try {
    const entries = await dialogs.reading('sriov.adapters', () => control.journal());
    if (isRefusal(entries))
      return entries.code === 'no-password' ? undefined : tellRefusal(workbench, entries);
    const name = hostName(control.id, snapshot);
    await documents.show({
      scheme: 'sriov-history',
      name: l10n.t('Changes of {0}', name),
      text: historyText(name, entries),
      language: 'plaintext',
    });
  } catch (error) {
    tellTrouble(workbench, l10n.t('The history could not be read'), error);
  }
};
