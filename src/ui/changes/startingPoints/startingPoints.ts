import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import { vfAt, type HostSnapshot } from '../../../model/snapshot';
import type { Choice } from '../../dialogs/dialogs';
import { isAttachable, vfTitle } from '../../tree/vfState';
import { answersText, type Answers, type StartingPoint } from '../answers';
import type { AttachDraft } from '../attachDraft';
import { unavailable, type Choices } from '../choices';
import type { LastAnswers } from './lastAnswers';
import { answersOf, type Preset } from './presets';

/** What there may be to begin with. */
export interface Offers {
  last: (container: Container) => LastAnswers | undefined;
  presets: Record<string, Preset>;
}

/** What can be begun with; empty where every question has to be asked. */
export function startingPoints(
  snapshot: HostSnapshot,
  { container, vf }: AttachDraft,
  { last, presets }: Offers,
): Choices<StartingPoint | 'ask'> {
  const before = container && last(container);
  const points = [
    ...(before ? [likeLast(snapshot, before, vf)] : []),
    ...Object.entries(presets).map(([name, one]) => byPreset(snapshot, name, one)),
  ];
  return {
    placeholder: l10n.t('Start from'),
    choices:
      points.length === 0 ? [] : [...points, { label: l10n.t('New Answers…'), icon: 'edit', value: 'ask' }],
  };
}

function likeLast(
  snapshot: HostSnapshot,
  before: LastAnswers,
  chosen: VirtualFunction | undefined,
): Choice<StartingPoint> {
  const point = again(snapshot, before, chosen);
  const choice = { label: l10n.t('Like Last Time'), value: { answers: before.answers } };
  if (typeof point === 'string') return { ...choice, ...unavailable(l10n.t('no VF is free'), point) };
  const described = [
    ...(chosen || !point.vf ? [] : [vfTitle(snapshot, point.vf)]),
    ...answersText(point.answers),
  ];
  return { ...choice, description: described.join(' · '), icon: 'history', value: point };
}

/** The same once more: by the VF that was chosen, else the one of before, else another one of its adapter. A text is why not. */
export function again(
  snapshot: HostSnapshot,
  { answers, vf: address, pf: adapter }: LastAnswers,
  chosen?: VirtualFunction,
): StartingPoint | string {
  if (chosen) return { answers, vf: chosen };
  const pf = snapshot.pfs.find(({ pci }) => pci === adapter);
  const last = vfAt(snapshot, address)?.vf;
  const vf = last && isAttachable(last) ? last : pf?.vfs.find(isAttachable);
  if (vf) return { answers, vf };
  return pf
    ? l10n.t('No VF of {0}, which it had last time, is free.', pf.name ?? pf.pci)
    : l10n.t('The adapter {0}, whose VF it had last time, is gone.', adapter);
}

function byPreset(snapshot: HostSnapshot, name: string, preset: Preset): Choice<StartingPoint> {
  const answers = answersOf(preset, snapshot);
  if (typeof answers !== 'string')
    return { label: name, description: answersText(answers).join(' · '), icon: 'tag', value: { answers } };
  const none = { answers: {} as Answers };
  return { label: name, value: none, ...unavailable(l10n.t('no address is free'), answers) };
}
