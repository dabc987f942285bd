import { l10n } from 'vscode';
import { oneLine } from '../hostText';
import type { HostSnapshot } from '../../model/snapshot';
import { pfId, vfId } from './ids';
import type { Hairpin, Link, Node } from './messages';

/** Those that have VFs of one adapter in one VLAN: the card's own switch connects them. */
export function hairpinsOf(
  snapshot: HostSnapshot,
  users: readonly Node[],
  links: readonly Link[],
): Hairpin[] {
  const userOf = new Map(links.flatMap(({ from, to, kind }) => (kind === 'vf' ? [[from, to]] : [])));
  const names = new Map(users.map(({ id, label }) => [id, label]));
  return snapshot.pfs.flatMap((pf) => {
    const byVlan = new Map<number, string[]>();
    for (const vf of pf.vfs) {
      const node = vfId(snapshot, vf);
      const vlan = vf.vlan?.id ?? 0;
      if (userOf.has(node)) byVlan.set(vlan, [...(byVlan.get(vlan) ?? []), node]);
    }
    return [...byVlan].flatMap(([vlan, vfs]): Hairpin[] => {
      const has = [...new Set(vfs.flatMap((id) => userOf.get(id) ?? []))];
      if (has.length < 2) return [];
      const said =
        has.length > 3
          ? l10n.t('{0} containers', has.length)
          : has.map((id) => names.get(id) ?? '?').join(', ');
      const spoken = l10n.t(
        '{0} reach each other through {1}, without its uplink',
        said,
        oneLine(pf.name ?? pf.pci),
      );
      return [{ id: `${pfId(snapshot, pf)}/vlan/${vlan}`, pf: pfId(snapshot, pf), vfs, users: has, spoken }];
    });
  });
}

/** The same, told of each user. */
export function withReach(users: readonly Node[], hairpins: readonly Hairpin[]): Node[] {
  const told = new Map<string, string[]>();
  for (const { users: all, spoken } of hairpins)
    for (const id of all) told.set(id, [...(told.get(id) ?? []), spoken]);
  return users.map((user) => {
    const reaches = told.get(user.id)?.join('; ');
    return reaches === undefined ? user : { ...user, reaches };
  });
}
