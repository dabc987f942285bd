import { l10n } from 'vscode';
import type { ChangeRequest } from '../../../model/request';
import { change } from '../../changes/change';
import { detachRequest, heldChoices, macvlanChoices, macvlansOn, type Held } from '../../changes/detachable';
import type { HostSnapshot } from '../../../model/snapshot';
import type { Subject } from '../../tree/row';
import { isAway } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Handler } from '../command';
import { targetOf, type Target } from '../target';

export const detach: Handler = async (workbench, item, items) => {
  await change(workbench, await askDetach(workbench, targetOf(workbench, item, items)));
};

/** What was meant, one request for each. */
export async function askDetach(workbench: Workbench, target: Target): Promise<ChangeRequest[]> {
  const { snapshot } = workbench.host;
  if (!snapshot) return [];
  const found = heldBy(target, snapshot);
  // With several macvlans on one function, not all are meant.
  const among = target.subjects.length === 1 && found.length > 1 ? found : undefined;
  if (found.length > 1 && !among) return found.map(detachRequest);
  const none = l10n.t('Nothing is attached.');
  const held = among
    ? await choose(workbench, { ...target, given: false }, [], {
        title: l10n.t('Detach'),
        placeholder: l10n.t('Pick the macvlan to remove'),
        choices: macvlanChoices(snapshot, macvlansOn(snapshot, among[0]?.vf ?? '')),
        none,
      })
    : await choose(workbench, target, found, { title: l10n.t('Detach'), ...heldChoices(snapshot), none });
  return held ? [detachRequest(held)] : [];
}

/** Names are resolved by the planner; rows are what they stand for, or what is on top of them. */
export const heldBy = ({ plain, subjects }: Target, snapshot: HostSnapshot): Held[] =>
  plain.vf === undefined
    ? subjects.flatMap((subject) => heldOf(subject, snapshot))
    : [{ vf: plain.vf, ...(plain.container === undefined ? {} : { container: plain.container }) }];

function heldOf(subject: Subject, snapshot: HostSnapshot): Held[] {
  switch (subject.kind) {
    case 'macvlan':
      return [{ vf: subject.on, container: subject.container }];
    case 'attachment':
      return [{ vf: subject.vf }];
    case 'pf': {
      const away = snapshot.pfs.some((pf) => pf.pci === subject.pci && isAway(pf));
      return away ? [{ vf: subject.pci }] : macvlansHeld(snapshot, subject.pci);
    }
    case 'vf': {
      const macvlans = macvlansHeld(snapshot, subject.pci);
      const known = snapshot.pfs.some(({ vfs }) => vfs.some(({ pci }) => pci === subject.pci));
      return macvlans.length > 0 || !known ? macvlans : [{ vf: subject.pci }];
    }
    default:
      return [];
  }
}

const macvlansHeld = (snapshot: HostSnapshot, pci: string): Held[] =>
  macvlansOn(snapshot, pci).map(({ on, container }) => ({ vf: on, container: container.id }));
