import { l10n } from 'vscode';
import type { ChangeRequest } from '../../../model/request';
import { change } from '../../changes/change';
import { leftVfChoices, returnedVfChoices } from '../../changes/choices';
import type { Workbench } from '../../workbench';
import { chooseVfs } from '../chooseVfs';
import type { Handler } from '../command';
import { targetOf, type Target } from '../target';

/** Restores VFs that came back from containers that ended: detaching one of these does just that. */
export const restore: Handler = async (workbench, item, items) => {
  await change(workbench, await askVfs(workbench, targetOf(workbench, item, items), returned));
};

/** Renames VFs that others left on the host as `eth1` and the like to the name that udev would give them. */
export const giveNameBack: Handler = async (workbench, item, items) => {
  await change(workbench, await askNames(workbench, targetOf(workbench, item, items)));
};

export const askNames = (workbench: Workbench, target: Target): Promise<ChangeRequest[]> =>
  askVfs(workbench, target, left);

/** Which VFs it is about, and what is asked for each. */
interface About {
  title: string;
  choices: typeof returnedVfChoices;
  none: string;
  request: (vf: string) => ChangeRequest;
}

const returned: About = {
  title: l10n.t('Restore'),
  choices: returnedVfChoices,
  none: l10n.t('No VF needs to be restored.'),
  request: (vf) => ({ kind: 'detach', vf }),
};
const left: About = {
  title: l10n.t('Rename Back'),
  choices: leftVfChoices,
  none: l10n.t('No VF was left on the host under another name.'),
  request: (vf) => ({ kind: 'give-name-back', vf }),
};

async function askVfs(
  workbench: Workbench,
  target: Target,
  { request, ...question }: About,
): Promise<ChangeRequest[]> {
  const vfs = await chooseVfs(workbench, target, question);
  return vfs.map(({ pci }) => request(pci));
}
