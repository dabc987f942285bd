import { l10n } from 'vscode';
import { toggled } from '../../arranging/filter';
import type { Handler } from '../command';

/** Filters while it is typed; Esc leaves it as it was. */
export const filterRows: Handler = async ({ dialogs, arrangements }) => {
  const text = await dialogs.ask({
    title: l10n.t('Filter Adapters and Containers'),
    prompt: l10n.t('A name, MAC, PCI address or container; also vlan:42, is:free or is:running.'),
    placeholder: l10n.t('web vlan:42 is:free'),
    value: arrangements.now.filter,
    problem: () => undefined,
    typing: (typed) => arrangements.try({ filter: typed }),
  });
  if (typeof text === 'string') await arrangements.change({ filter: text });
  else arrangements.leave();
};

export const clearFilter: Handler = ({ arrangements }) => arrangements.change({ filter: '' });

/** They are words of the filter, so that it says all that it does. */
const toggling =
  (word: string): Handler =>
  ({ arrangements }) =>
    arrangements.change({ filter: toggled(arrangements.now.filter, word) });

export const freeOnly = toggling('is:free');
export const runningOnly = toggling('is:running');
