import { l10n } from 'vscode';
import type { MacvlanRecord } from '../../model/macvlan';
import type { ChangeRequest } from '../../model/request';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import type { Choice } from '../dialogs/dialogs';
import { holderName } from '../tree/vfRow';
import { functionTitle, isAway } from '../tree/vfState';
import { attachedVfChoices, type Choices } from './choices';

/** Something that can be detached: a function, or the macvlan of one container on a function. */
export interface Held {
  vf: string;
  container?: string;
}

export const detachRequest = (held: Held): ChangeRequest => ({ kind: 'detach', ...held });

export const macvlansOn = ({ macvlans }: HostSnapshot, pci: string): MacvlanRecord[] =>
  macvlans.filter(({ on }) => on === pci);

/** Everything that containers have of this host's adapters. */
export function heldChoices(snapshot: HostSnapshot): Choices<Held> {
  const { placeholder, choices } = attachedVfChoices(snapshot, l10n.t('Pick what to detach'));
  const vfs = choices.map((one): Choice<Held> | string =>
    typeof one === 'string' ? one : { ...one, value: { vf: one.value.pci } },
  );
  const whole = snapshot.pfs.filter(isAway).map((pf): Choice<Held> => ({
    label: pf.name ?? pf.pci,
    description: `${l10n.t('in {0}', holderName(snapshot, wholePf(pf, snapshot)))} · ${pf.pci}`,
    icon: 'circuit-board',
    value: { vf: pf.pci },
  }));
  return {
    placeholder,
    choices: [
      ...vfs,
      ...(whole.length > 0 ? [l10n.t('whole adapters'), ...whole] : []),
      ...(snapshot.macvlans.length > 0
        ? [l10n.t('macvlans'), ...macvlanChoices(snapshot, snapshot.macvlans)]
        : []),
    ],
  };
}

export const macvlanChoices = (snapshot: HostSnapshot, macvlans: MacvlanRecord[]): Choice<Held>[] =>
  macvlans.map(({ on, inside, container }) => ({
    label: l10n.t('{0} of {1}', inside, container.name),
    description: l10n.t('macvlan on {0}', functionTitle(snapshot, on)),
    icon: 'type-hierarchy',
    value: { vf: on, container: container.id },
  }));
