import { l10n } from 'vscode';
import type { Finding } from '../../../model/finding';
import { keyOf } from '../../../model/findingChanges';
import { tellTrouble } from '../../changes/tell';
import { stateWords, summaryOf } from '../../readiness/rows';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';
import { targetOf } from '../target';
import { askCheck } from './askCheck';

/** All checks; the view opens for it, also from the palette. */
export const runReadiness: Handler = async (workbench) => {
  await workbench.execute('sriov.readiness.focus');
  const findings = await runChecks(workbench);
  if (findings) workbench.dialogs.say(l10n.t('Readiness: {0}', summaryOf(findings)));
};

/** The same for the sake of one check: what looks at a host looks at all of it, and says how that one went. */
export const runAgain: Handler = async (workbench, item) => {
  const target = targetOf(workbench, item, undefined);
  const before = await askCheck(workbench, target, l10n.t('Run Again'), () => true);
  const findings = before && (await runChecks(workbench));
  if (!findings) return;
  const now = findings.find((finding) => keyOf(finding) === keyOf(before));
  const how = now ? stateWords[now.severity] : l10n.t('no longer found');
  workbench.dialogs.say(`${now?.title ?? before.title}: ${how}`);
};

export const cancelReadiness: Handler = ({ host }) => {
  host.stopChecks();
  return Promise.resolve();
};

/** What they found; undefined when they didn't come to an end, which was told then. */
async function runChecks(workbench: Workbench): Promise<Finding[] | undefined> {
  const { host, dialogs, log, settings } = workbench;
  try {
    const findings = await dialogs.reading('sriov.readiness', () => host.diagnose(settings().purpose));
    log.info(`readiness of ${host.id ?? ''}: ${summaryOf(findings)}`);
    return findings;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      dialogs.say(l10n.t('Readiness checks cancelled'));
    else tellTrouble(workbench, l10n.t('The readiness checks could not run'), error);
    return undefined;
  }
}
