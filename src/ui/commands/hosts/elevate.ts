import { l10n } from 'vscode';
import { tellRefusal, tellTrouble } from '../../changes/tell';
import { hostName } from '../../hosts/viewState';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';

export const elevate: Handler = async (workbench) => {
  const { host, dialogs } = workbench;
  if (await becomeAdmin(workbench))
    dialogs.say(l10n.t('Administrative access to {0} is on.', hostName(host.id ?? '', host.snapshot)));
};

/** Becomes root on the host, if it isn't yet; false if no password was given, or the reason was shown. */
export async function becomeAdmin(workbench: Workbench): Promise<boolean> {
  const { host, dialogs, log } = workbench;
  if (host.connection.state === 'admin') return true;
  const { control } = host;
  if (!control) return false;
  try {
    const refusal = await dialogs.reading('sriov.adapters', () => control.elevate());
    if (refusal?.code === 'no-password') return false;
    if (refusal) {
      tellRefusal(workbench, refusal);
      return false;
    }
  } catch (error) {
    tellTrouble(workbench, l10n.t('Administrative access could not be turned on'), error);
    return false;
  }
  log.info(`${control.id}: administrative access is on`);
  return true;
}

export const dropAccess: Handler = async ({ host, log }) => {
  log.info(`${host.id}: administrative access is dropped`);
  await host.control?.drop();
};
