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
    dialogs.say(`Readiness: ${summaryOf(findings)}`);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      return dialogs.say('Readiness checks cancelled');
    tellTrouble(workbench, 'The readiness checks could not run', error);
  }
};

export const cancelReadiness: Handler = ({ host }) => {
  host.stopChecks();
  return Promise.resolve();
};
