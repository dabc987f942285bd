import { l10n } from 'vscode';
import { tellTrouble } from '../../changes/tell';
import type { Handler } from '../command';
import { connectTo } from './connect';

/** Connects again; keeps showing the rows meanwhile, if there are any. */
export const reconnect: Handler = async (workbench) => {
  const { host, reconnecting, dialogs } = workbench;
  const { id } = host;
  if (id === undefined) return;
  if (!host.snapshot) return void (await connectTo(workbench, id));
  try {
    // A shared connection keeps the groups and privileges of its login.
    await host.control?.hangUp();
    await dialogs.reading('sriov.adapters', () => reconnecting.tryNow());
  } catch (error) {
    tellTrouble(workbench, l10n.t('{0} is still not connected', host.id ?? id), error);
  }
};
