import { l10n } from 'vscode';
import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Kept } from '../../model/lasting/kept';
import type { Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { unfitContainer } from '../../planning/attachments/unfitContainer';
import type { Choice } from '../dialogs/dialogs';
import { runningFirst } from '../arranging/order';
import { engines } from '../tree/containers';
import { keptLabel, pin } from '../tree/keptState';
import { attachmentOf, isAttachable, vfState } from '../tree/vfState';
import { foreignText, stateText } from '../tree/vfRow';

/** What can be picked, and what to say above it. */
export interface Choices<T> {
  placeholder: string;
  choices: (Choice<T> | string)[];
}

/** Containers that can take a VF, by engine; then the others, each with the reason. */
export function containerChoices(snapshot: HostSnapshot): Choices<Container> {
  const sorted = [...snapshot.containers].sort(runningFirst);
  const fit = sorted.filter((container) => !unfitContainer(snapshot, container));
  return {
    placeholder: l10n.t('Pick a container'),
    choices: [
      ...engines.flatMap(({ engine, title }) =>
        headed(title, fit.filter((container) => container.engine === engine).map(containerChoice)),
      ),
      ...headed(
        l10n.t('can’t use a VF'),
        sorted.flatMap((container) => {
          const unfit = unfitContainer(snapshot, container);
          if (!unfit) return [];
          return { ...containerChoice(container), ...unavailable(word(container, unfit), unfit.reason) };
        }),
      ),
    ],
  };
}

/** An unavailable choice: why in a word or two, and in a sentence for anyone who picks it anyway. */
export const unavailable = (description: string, reason: string): Partial<Choice<never>> => ({
  description,
  icon: 'circle-slash',
  unavailable: reason,
});

function word({ state }: Container, { code }: Refusal): string {
  if (code === 'not-running') return state;
  return code === 'host-network' ? l10n.t('host network') : l10n.t('network unknown');
}

const headed = <T>(heading: string, choices: Choice<T>[]): (Choice<T> | string)[] =>
  choices.length === 0 ? [] : [heading, ...choices];

/** Every container, for what isn't a change. */
export const allContainerChoices = ({ containers }: HostSnapshot): Choices<Container> => ({
  placeholder: l10n.t('Pick a container'),
  choices: headed(l10n.t('containers'), [...containers].sort(runningFirst).map(containerChoice)),
});

const containerChoice = (container: Container): Choice<Container> => ({
  label: container.name,
  description: [container.image, container.interfaces.map(({ name }) => name).join(' ')]
    .filter(Boolean)
    .join(' · '),
  icon: container.engine === 'netns' ? 'vm-outline' : 'vm-running',
  value: container,
});

/** VFs that are free, by adapter; of one adapter only, where its address is given. */
export const freeVfChoices = (snapshot: HostSnapshot, pf?: string): Choices<VirtualFunction> =>
  vfChoices(
    pf === undefined ? snapshot : { ...snapshot, pfs: snapshot.pfs.filter(({ pci }) => pci === pf) },
    isAttachable,
    l10n.t('Pick a free VF'),
  );

/** VFs that are in use. */
export const attachedVfChoices = (
  snapshot: HostSnapshot,
  placeholder: string,
  fits: (vf: VirtualFunction) => boolean = () => true,
): Choices<VirtualFunction> =>
  vfChoices(snapshot, (vf) => vfState(vf) === 'attached' && fits(vf), placeholder);

/** VFs that are kept for containers, and what is said where none is. */
export const keptChoices = (
  snapshot: HostSnapshot,
  placeholder: string,
): Choices<Kept> & { none: string } => ({
  placeholder,
  choices: snapshot.kept.map((kept) => {
    const { words, icon } = pin(snapshot, kept);
    return { label: keptLabel(snapshot, kept.intent), description: words, icon: icon.id, value: kept };
  }),
  none: l10n.t('No VF is kept for a container.'),
});

/** VFs that came back from an ended container and aren't restored. */
export const returnedVfChoices = (snapshot: HostSnapshot): Choices<VirtualFunction> =>
  vfChoices(
    snapshot,
    ({ pci }) => attachmentOf(snapshot, pci)?.status === 'returned-not-restored',
    l10n.t('Pick the VF to restore'),
  );

/** VFs that others left on the host under another name than udev gives. */
export const leftVfChoices = (snapshot: HostSnapshot): Choices<VirtualFunction> =>
  vfChoices(snapshot, ({ nameByUdev }) => nameByUdev !== undefined, l10n.t('Pick the VF to rename'));

export const allVfChoices = (snapshot: HostSnapshot): Choices<VirtualFunction> =>
  vfChoices(snapshot, () => true, l10n.t('Pick a VF'));

const vfChoices = (
  snapshot: HostSnapshot,
  fits: (vf: VirtualFunction) => boolean,
  placeholder: string,
): Choices<VirtualFunction> => ({
  placeholder,
  choices: snapshot.pfs.flatMap((pf) =>
    headed(
      pf.name ?? pf.pci,
      pf.vfs.filter(fits).map((vf) => vfChoice(snapshot, pf, vf)),
    ),
  ),
});

const vfChoice = (
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
): Choice<VirtualFunction> => ({
  label: l10n.t('VF {0} of {1}', vf.index, pf.name ?? pf.pci),
  description: [stateText(snapshot, vf), foreignText(snapshot, vf), vf.mac ?? vf.pci]
    .filter(Boolean)
    .join(' · '),
  icon: 'plug',
  value: vf,
});

/** Adapters that offer VFs. */
export const pfChoices = (
  snapshot: HostSnapshot,
  fits: (pf: PhysicalFunction) => boolean = ({ totalVfs }) => totalVfs !== 0,
): Choices<PhysicalFunction> => ({
  placeholder: l10n.t('Pick an adapter'),
  choices: snapshot.pfs.filter(fits).map((pf) => ({
    label: pf.name ?? pf.pci,
    description: [
      l10n.t('{0} of {1} VFs', pf.numVfs ?? pf.vfs.length, pf.totalVfs ?? '?'),
      pf.driver ?? l10n.t('no driver'),
      pf.pci,
    ].join(' · '),
    icon: 'circuit-board',
    value: pf,
  })),
});
