import { l10n } from 'vscode';
import type { HostSnapshot } from '../../model/snapshot';
import { vfTitle } from '../tree/vfState';
import { isMacvlan, type AttachDraft } from './attachDraft';

/**
 * The title of the questions: what is attached, and to what, as far as it is chosen.
 *
 * @param forms what is attached may be more than a VF
 * @param ask `of-base`: which VF of the adapter that was chosen
 */
export function attachTitle(
  snapshot: HostSnapshot,
  draft: AttachDraft,
  forms: boolean | undefined,
  ask?: 'of-base',
): string {
  const { base, vf, moves, container } = draft;
  const to = container?.name;
  if (vf && moves) return move(vfTitle(snapshot, vf), to);
  if (vf) return (isMacvlan(draft) ? attachMacvlan : attach)(vfTitle(snapshot, vf), to);
  if (base) return (ask === 'of-base' ? attachVfOf : attach)(vfTitle(snapshot, base), to);
  return forms ? attachAnything(to) : attachVf(to);
}

type To = string | undefined;

const move = (what: string, to: To): string =>
  to === undefined ? l10n.t('Move {0} to a Container', what) : l10n.t('Move {0} to {1}', what, to);

const attach = (what: string, to: To): string =>
  to === undefined ? l10n.t('Attach {0} to a Container', what) : l10n.t('Attach {0} to {1}', what, to);

const attachMacvlan = (lower: string, to: To): string =>
  to === undefined
    ? l10n.t('Attach a Macvlan on {0} to a Container', lower)
    : l10n.t('Attach a Macvlan on {0} to {1}', lower, to);

const attachVfOf = (adapter: string, to: To): string =>
  to === undefined
    ? l10n.t('Attach a VF of {0} to a Container', adapter)
    : l10n.t('Attach a VF of {0} to {1}', adapter, to);

const attachAnything = (to: To): string =>
  to === undefined
    ? l10n.t('Attach an Adapter or Macvlan to a Container')
    : l10n.t('Attach an Adapter or Macvlan to {0}', to);

const attachVf = (to: To): string =>
  to === undefined ? l10n.t('Attach a VF to a Container') : l10n.t('Attach a VF to {0}', to);
