import { l10n } from 'vscode';
import { allVfs, type HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { withoutContainer } from '../tree/keptState';
import { found, isFiltering } from './filter';

/** What the views say about a filter. */
export interface FilterState {
  /** For the conditions of menus and welcome texts: `;on;`, and the views that have nothing left to show. */
  tokens: string;
  /** The message above the rows; undefined if there are none, since the welcome text says more. */
  adapters?: string;
  containers?: string;
}

export function filterState(snapshot: HostSnapshot | undefined, filter: string): FilterState {
  if (!snapshot || !isFiltering(filter)) return { tokens: '' };
  const through = found(snapshot, filter);
  const typed = oneLine(filter.trim());
  const vfs = allVfs(snapshot);
  const count = <T>(all: readonly T[], some: { has: (one: T) => boolean }) =>
    all.filter((one) => some.has(one)).length;
  const hasRows = count(snapshot.pfs, through.pfs) + snapshot.pending.length > 0;
  const containers = count(snapshot.containers, through.containers);
  const absent = count(withoutContainer(snapshot), through.kept);
  return {
    tokens: [
      ';on;',
      hasRows || snapshot.pfs.length === 0 ? '' : 'adapters;',
      containers + absent > 0 || snapshot.containers.length === 0 ? '' : 'containers;',
    ].join(''),
    adapters: hasRows
      ? l10n.t('Filtered: {0} – {1} of {2} VFs', typed, count(vfs, through.vfs), vfs.length)
      : undefined,
    containers:
      containers + absent > 0
        ? l10n.t('Filtered: {0} – {1} of {2}', typed, containers, snapshot.containers.length)
        : undefined,
  };
}
