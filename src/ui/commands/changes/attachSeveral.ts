import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import { isRefusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { unfitContainer } from '../../../planning/attachments/unfitContainer';
import { change } from '../../changes/change';
import { askSeveral, type Several } from '../../changes/several/wizard';
import { showPlan } from '../../changes/showPlan';
import { tellRefusal } from '../../changes/tell';
import { isAttachable } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import { busyReason, tellObstacle, withoutTarget } from './obstacles';
import type { Handler } from '../command';
import { containersIn, targetOf, vfsIn, type Target } from '../target';

/** Several VFs to one container, or one to each of several: anything unknown is asked for. */
export const attachVfs: Handler = async (workbench, item, items) =>
  attachAll(workbench, await askAttachSeveral(workbench, targetOf(workbench, item, items)));

/** Makes the attachments that were asked for, or shows what they would do. */
export async function attachAll(workbench: Workbench, asked: Several | undefined): Promise<void> {
  const { control } = workbench.host;
  if (!asked || !control) return;
  const { requests, remember = [] } = asked;
  for (const { container, answers, first } of remember) {
    await workbench.remembered.keepSeveral(control.id, container, answers);
    if (first) await workbench.remembered.keep(control.id, container, first);
  }
  if (asked.then === 'show-plan') await showPlan(workbench, control, requests);
  else await change(workbench, requests, { reviewed: true });
}

/** Whether a command was called on more than one thing of a kind. */
export function meansSeveral({ host }: Workbench, target: Target): boolean {
  const { snapshot } = host;
  if (!snapshot) return false;
  return [vfsIn(target, snapshot), containersIn(target, snapshot)].some(
    (found) => !isRefusal(found) && found.length > 1,
  );
}

/** Asks for several attachments. Says before the first question what isn't possible, and continues without it if the person wants that. */
export async function askAttachSeveral(workbench: Workbench, target: Target): Promise<Several | undefined> {
  const { host, dialogs, settings, remembered } = workbench;
  const { snapshot } = host;
  if (!snapshot) return undefined;
  const [vfs, containers] = [vfsIn(target, snapshot), containersIn(target, snapshot)];
  if (isRefusal(vfs)) return void tellRefusal(workbench, vfs);
  if (isRefusal(containers)) return void tellRefusal(workbench, containers);
  if (target.given && vfs.length + containers.length === 0)
    return void dialogs.tell('error', l10n.t('The selected item no longer exists.'));
  const fit = await onlyFit(workbench, snapshot, { vfs, containers });
  if (!fit) return undefined;
  const obstacle = obstacleTo(snapshot, fit);
  if (obstacle) return void tellObstacle(workbench, obstacle);
  return askSeveral(dialogs, snapshot, fit, {
    last: (container) => remembered.ofSeveral(snapshot.host.id, container),
    presets: settings().presets,
  });
}

interface Chosen {
  vfs: VirtualFunction[];
  containers: Container[];
}

/** Those that can be attached, and to which; undefined where none can, or the person gives up for those that can't. */
async function onlyFit(
  { dialogs }: Workbench,
  snapshot: HostSnapshot,
  { vfs, containers }: Chosen,
): Promise<Chosen | undefined> {
  const wrong = [
    ...vfs.flatMap((vf) => busyReason(snapshot, vf) ?? []),
    ...containers.flatMap((one) => unfitContainer(snapshot, one)?.reason ?? []),
  ];
  const fit = {
    vfs: vfs.filter((vf) => busyReason(snapshot, vf) === undefined),
    containers: containers.filter((one) => !unfitContainer(snapshot, one)),
  };
  if (wrong.length === 0) return fit;
  const isHopeless =
    (vfs.length > 0 && fit.vfs.length === 0) || (containers.length > 0 && fit.containers.length === 0);
  if (isHopeless)
    return void dialogs.tell(
      'error',
      [l10n.t('Nothing that is selected can be attached.'), ...cut(wrong, 3)].join(' '),
    );
  const goOn = l10n.t('Continue Without Them');
  const answer = await dialogs.warn({
    message: l10n.t('Not everything that is selected can be attached.'),
    detail: cut(
      wrong.map((line) => `• ${line}`),
      10,
    ).join('\n'),
    buttons: [goOn],
  });
  return answer === goOn ? fit : undefined;
}

/** The first of them, and how many more there are. */
function cut(all: string[], most: number): string[] {
  const rest = all.length - most;
  return rest > 0 ? [...all.slice(0, most), l10n.t('… and {0} more.', rest)] : all;
}

function obstacleTo(snapshot: HostSnapshot, { vfs, containers }: Chosen) {
  const free = snapshot.pfs.flatMap((pf) => pf.vfs).filter(isAttachable).length;
  if (vfs.length > 1 && containers.length > 1 && vfs.length !== containers.length)
    return {
      reason: l10n.t(
        'VFs: {0}, containers: {1}. Choose as many of both for one each, or a single container.',
        vfs.length,
        containers.length,
      ),
    };
  if (vfs.length === 0 && free < Math.max(containers.length, 1))
    return {
      reason:
        free === 0
          ? l10n.t('No VF is free.')
          : l10n.t('Free VFs: {0}. Containers: {1}.', free, containers.length),
      remedy: { title: l10n.t('Set Number of VFs…'), command: 'sriov.pf.setVfCount' },
    };
  return withoutTarget(snapshot, containers);
}
