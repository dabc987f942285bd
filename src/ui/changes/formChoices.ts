import { l10n } from 'vscode';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal } from '../../model/plan';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import { unusedPf } from '../../planning/attachments/unusedPf';
import type { Choice } from '../dialogs/dialogs';
import { isAttachable } from '../tree/vfState';
import type { Form } from './attachDraft';
import { freeVfChoices, pfChoices, unavailable, type Choices } from './choices';

/** Adapters as a whole, then their free VFs: what can be given away, or carry a macvlan. */
export function baseChoices(snapshot: HostSnapshot): Choices<VirtualFunction> {
  const { choices } = pfChoices(snapshot, ({ holder }) => holder.kind === 'host');
  return {
    placeholder: l10n.t('Pick an adapter or a free VF'),
    choices: [
      ...(choices.length > 0 ? [l10n.t('adapters')] : []),
      ...choices.map((one) =>
        typeof one === 'string' ? one : { ...one, value: wholePf(one.value, snapshot) },
      ),
      ...freeVfChoices(snapshot).choices,
    ],
  };
}

/** What a container can get of an adapter or of a VF; what can't be done says why. */
export function formChoices(snapshot: HostSnapshot, base: VirtualFunction | undefined): Choices<Form> {
  const pf = snapshot.pfs.find(({ pci }) => pci === base?.pci);
  return {
    placeholder: l10n.t('What do you want to attach?'),
    choices: [
      ...(pf ? [oneOfItsVfs(pf), whole(snapshot, pf.pci)] : [theVf]),
      l10n.t('a macvlan on it, shared with the host'),
      ...macvlans,
    ],
  };
}

const theVf: Choice<Form> = {
  label: l10n.t('The VF'),
  description: l10n.t('not available to the host until it is detached'),
  icon: 'plug',
  value: 'vf',
};

function oneOfItsVfs({ name, pci, vfs }: PhysicalFunction): Choice<Form> {
  const free = vfs.filter(isAttachable).length;
  const none =
    vfs.length === 0
      ? l10n.t('{0} has no VFs yet: set its number of VFs first.', name ?? pci)
      : l10n.t('No VF of {0} is free: detach one, or change the number of VFs.', name ?? pci);
  return {
    label: l10n.t('A VF of It'),
    value: 'vf',
    ...(free === 0
      ? unavailable(l10n.t('none is free'), none)
      : { description: l10n.t('{0} free', free), icon: 'plug' }),
  };
}

function whole(snapshot: HostSnapshot, pci: string): Choice<Form> {
  const unfit = unusedPf(snapshot, pci);
  return {
    label: l10n.t('The Whole Adapter'),
    value: 'pf',
    ...(isRefusal(unfit)
      ? unavailable(unfit.code === 'protected' ? l10n.t('protected') : l10n.t('in use'), unfit.reason)
      : { description: l10n.t('not available to the host until it is detached'), icon: 'circuit-board' }),
  };
}

const macvlans: Choice<Form>[] = [
  {
    label: l10n.t('Macvlan, Bridge'),
    description: l10n.t('macvlans of one adapter reach each other within the host'),
    icon: 'type-hierarchy',
    value: 'bridge',
  },
  {
    label: l10n.t('Macvlan, Private'),
    description: l10n.t('they can’t reach each other'),
    icon: 'type-hierarchy',
    value: 'private',
  },
  {
    label: l10n.t('Macvlan, VEPA'),
    description: l10n.t('they reach each other through the external switch, if it supports hairpin mode'),
    icon: 'type-hierarchy',
    value: 'vepa',
  },
  {
    label: l10n.t('Macvlan, Passthru'),
    description: l10n.t('a single macvlan, with the MAC of the device below'),
    icon: 'type-hierarchy',
    value: 'passthru',
  },
];
