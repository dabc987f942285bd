import { l10n } from 'vscode';
import type { Difference, Picture } from './messages';

/** More than this at once are counted, not told one by one. */
const most = 3;

/** A change as a screen reader says it: by the VFs that are otherwise, where any are. */
export function saidOf(before: Picture, { nodes: { set, gone } }: Difference): string {
  const names = new Map(before.nodes.map(({ id, label }) => [id, label]));
  const vfs = set.filter(({ layer }) => layer === 2);
  const told = [
    ...(vfs.length > 0 ? vfs : set).map(({ spoken }) => spoken),
    ...gone.map((id) => l10n.t('{0} is gone', names.get(id) ?? '?')),
  ];
  return told.length > most ? l10n.t('{0} things changed', told.length) : told.join('; ');
}
