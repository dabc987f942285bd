import { l10n } from 'vscode';
import { tellTrouble } from '../../changes/tell';
import type { Handler } from '../command';
import { reconnect } from '../hosts/reconnect';

export const refresh: Handler = async (workbench) => {
  const { host, dialogs } = workbench;
  if (host.connection.state === 'lost') return reconnect(workbench);
  try {
    await dialogs.reading('sriov.adapters', () => host.refresh());
  } catch (error) {
    tellTrouble(
      workbench,
      host.id === undefined ? l10n.t('Could not read the host') : l10n.t('Could not read {0}', host.id),
      error,
    );
  }
};
