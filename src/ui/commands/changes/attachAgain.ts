import { l10n } from 'vscode';
import { requestFrom, emptyDraft } from '../../changes/attachDraft';
import { change } from '../../changes/change';
import { again } from '../../changes/startingPoints/startingPoints';
import type { Handler } from '../command';
import { choose } from '../choose';
import { containersIn, targetOf } from '../target';

/** Attaches to a container what it got last time, without a question if nothing is lost or doubtful. */
export const attachAgain: Handler = async (workbench, item) => {
  const { host, dialogs, remembered } = workbench;
  const { control, snapshot } = host;
  if (!control || !snapshot) return;
  const target = targetOf(workbench, item, undefined);
  const known = snapshot.containers.filter((one) => remembered.of(control.id, one));
  const container = await choose(workbench, target, containersIn(target, snapshot), {
    title: l10n.t('Attach Like Last Time'),
    placeholder: l10n.t('Pick a container'),
    choices: known.map((one) => ({
      label: one.name,
      description: one.image ?? '',
      icon: 'history',
      value: one,
    })),
    none: l10n.t('Nothing has been attached to a container of this host from here yet.'),
  });
  const last = container && remembered.of(control.id, container);
  if (!container) return;
  if (!last) {
    void dialogs.tell('info', l10n.t('Nothing has been attached to {0} from here yet.', container.name));
    return;
  }
  const point = again(snapshot, last);
  if (typeof point === 'string') {
    void dialogs.tell('error', point);
    return;
  }
  const request = requestFrom({ ...emptyDraft, ...point.answers, container, vf: point.vf });
  if (request) await change(workbench, [request], { answered: true });
};
