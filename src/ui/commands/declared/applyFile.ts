import { l10n } from 'vscode';
import type { ChangeRequest } from '../../../model/request';
import type { HostSnapshot } from '../../../model/snapshot';
import { change } from '../../changes/change';
import { tellTrouble } from '../../changes/tell';
import { hostName } from '../../hosts/viewState';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';
import { wantedOn } from './wanted';

/** Makes the host what the file declares. Each round is planned for the host as the one before left it; nothing is tried twice. */
export const applyFile: Handler = async (workbench, item) => {
  const { loadDeclared, planDeclared, rounds } = await import('../../declared/reading');
  await loadDeclared();
  if (!(await lookedAt(workbench))) return;
  const wanted = await wantedOn(workbench, item);
  if (!wanted) return;
  const { control, declared, snapshot, plan } = wanted;
  const tried = new Set<string>();
  const next = (now = plan): ChangeRequest[] => {
    const [requests = []] = rounds(now, declared);
    return requests.some((one) => tried.has(JSON.stringify(one))) ? [] : requests;
  };
  let requests = next();
  if (requests.length === 0)
    return workbench.dialogs.say(l10n.t('{0} is as declared.', hostName(control.id, snapshot)));
  while (requests.length > 0) {
    for (const one of requests) tried.add(JSON.stringify(one));
    await change(workbench, requests);
    const left = control.snapshot && planDeclared(control.snapshot, declared);
    if (!left || next(left).length === 0) return;
    // What was looked at narrowly is looked at as a whole before anything more is done.
    const seen = await lookedAt(workbench);
    if (!seen) return;
    requests = next(planDeclared(seen, declared));
  }
};

/** The host as it is now; nothing where it can't be read, which is said then. */
async function lookedAt(workbench: Workbench): Promise<HostSnapshot | undefined> {
  try {
    return await workbench.host.refresh();
  } catch (error) {
    tellTrouble(workbench, l10n.t('Could not read {0}', workbench.host.id ?? ''), error);
    return undefined;
  }
}
