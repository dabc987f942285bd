import { l10n } from 'vscode';
import { sameAddress } from '../../../model/addresses/ip';
import { byHand, proposedName, type AttachDraft } from '../attachDraft';

/** What an attachment would share with an earlier one in the same container, which no plan by itself can know; undefined if nothing. */
export function clashOf(draft: AttachDraft, before: AttachDraft[]): string | undefined {
  const others = before.filter(
    ({ container }) => container && container.netnsInode === draft.container?.netnsInode,
  );
  const name = proposedName(draft);
  if (others.some((other) => proposedName(other) === name))
    return l10n.t('Another one gets the name {0} there.', name);
  const given = byHand(draft.addresses);
  const taken = others.flatMap((other) => byHand(other.addresses));
  const twice = given.find((address) => taken.some((other) => sameAddress(other, address)));
  return twice === undefined ? undefined : l10n.t('Another one gets the address {0} there.', twice);
}
