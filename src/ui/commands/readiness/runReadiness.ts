import { l10n } from 'vscode';
import { tellTrouble } from '../../changes/tell';
import { summaryOf } from '../../readiness/rows';
import type { Handler } from '../command';

export const runReadiness: Handler = async (workbench) => {
  const { host, dialogs, log, settings, execute } = workbench;
  // Running the checks opens the view, also from the palette.
  await execute('sriov.readiness.focus');
  try {
    const findings = await dialogs.reading('sriov.readiness', () => host.diagnose(settings().purpose));
    log.info(`readiness of ${host.id ?? ''}: ${summaryOf(findings)}`);
    dialogs.say(l10n.t('Readiness: {0}', summaryOf(findings)));
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      return dialogs.say(l10n.t('Readiness checks cancelled'));
    tellTrouble(workbench, l10n.t('The readiness checks could not run'), error);
  }
};

export const cancelReadiness: Handler = ({ host }) => {
  host.stopChecks();
  return Promise.resolve();
};
