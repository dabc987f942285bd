import type { HostSnapshot } from '../../model/snapshot';
import { found, isFiltering } from '../arranging/filter';
import { pfId, placeId, vfId } from './ids';
import type { Picture } from './messages';
import { usersOf } from './users';

/**
 * The nodes that a filter leaves: what the trees would show, with what connects it; null where all are left. A container that is found for itself
 * comes with all that it has; one that is found for its VFs, with those.
 */
export function foundNodes(snapshot: HostSnapshot, picture: Picture, text: string): string[] | null {
  if (!isFiltering(text)) return null;
  const through = found(snapshot, text);
  const users = usersOf(snapshot);
  const own = snapshot.containers.filter((one) => through.containers.has(one));
  const isChoice = own.length < snapshot.containers.length;
  const vfs = snapshot.pfs.flatMap((pf) =>
    pf.vfs.flatMap((vf) => (through.vfs.has(vf) ? vfId(snapshot, vf) : [])),
  );
  const pfs = snapshot.pfs.flatMap((pf) => (through.pfs.has(pf) ? pfId(snapshot, pf) : []));
  const links = picture.links.filter(({ kind }) => kind !== 'bus');
  const given = new Set([...vfs, ...pfs]);
  const theirs = links.flatMap(({ from, to }) => (given.has(from) ? to : []));
  const explained = new Set(theirs);
  const named = new Set(
    isChoice ? own.map((one) => users.named(one)).filter((id) => !explained.has(id)) : [],
  );
  const back = links.flatMap(({ from, to }) => (named.has(to) ? from : []));
  const left = new Set([...given, ...theirs, ...named, ...back]);
  for (const pf of snapshot.pfs) {
    const node = pfId(snapshot, pf);
    if (pf.vfs.some((vf) => left.has(vfId(snapshot, vf)))) left.add(node);
    if (left.has(node)) left.add(placeId(snapshot, pf));
  }
  return [...left];
}
