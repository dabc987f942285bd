import type { Hairpin, Link, Node, Picture, Texts } from '../messages';
import { filled } from './filled';

/** A node of the picture, or one that stands for many. */
export interface ShownNode extends Node {
  /** Of one that stands for many: whether they are shown beside it. */
  isOpen?: boolean;
}

export interface Shown {
  nodes: ShownNode[];
  links: Link[];
  hairpins: Hairpin[];
  /** The node that stands for one that isn't shown. */
  stands: Map<string, string>;
}

/** Up to so many VFs of a host are all shown, and of containers that have none; an adapter with more VFs is one node at first. */
const few = 16;

/** What of a picture is shown: what is opened, and whatever says something by itself. */
export function shown(picture: Picture, open: ReadonlySet<string>, texts: Texts): Shown {
  const stands = new Map<string, string>();
  const used = new Map<string, string[]>();
  for (const { from, to, kind } of picture.links)
    if (kind !== 'bus') used.set(to, [...(used.get(to) ?? []), from]);
  const vfs = foldedVfs(picture, open, texts, stands);
  const users = foldedUsers(picture, open, texts, stands, used);
  const layers = [0, 1].flatMap((layer) => picture.nodes.filter((one) => one.layer === layer));
  return {
    nodes: [...layers, ...vfs, ...users],
    links: merged(picture.links, stands, texts),
    hairpins: picture.hairpins.filter((one) => !one.vfs.some((id) => stands.has(id))),
    stands,
  };
}

function foldedVfs(
  { nodes }: Picture,
  open: ReadonlySet<string>,
  texts: Texts,
  stands: Map<string, string>,
): ShownNode[] {
  const all = nodes.filter(({ layer }) => layer === 2);
  const isSmall = all.length <= few;
  return nodes
    .filter(({ layer }) => layer === 1)
    .flatMap((pf) => {
      const vfs = inVlans(all.filter(({ of }) => of === pf.id));
      if (isSmall) return vfs;
      const free = vfs.filter(({ isFree }) => isFree);
      const whole = group(`${pf.id}/vfs`, open, 2, {
        label: filled(texts.vfs, vfs.length, vfs.length - free.length),
        of: pf.id,
        look: free.length < vfs.length ? 'up' : 'free',
      });
      if (vfs.length > few && !whole.isOpen) {
        for (const { id } of vfs) stands.set(id, whole.id);
        return [whole];
      }
      const head = vfs.length > few ? [whole] : [];
      if (free.length < 2) return [...head, ...vfs];
      const rest = group(`${pf.id}/free`, open, 2, {
        label: filled(texts.free, free.length),
        of: pf.id,
        look: 'free',
      });
      const others = vfs.filter(({ isFree }) => !isFree);
      if (rest.isOpen) return [...head, ...others, rest, ...free];
      for (const { id } of free) stands.set(id, rest.id);
      return [...head, ...others, rest];
    });
}

/** Those in no VLAN first; the others VLAN by VLAN, so that each is one group. */
const inVlans = (vfs: Node[]): Node[] => vfs.toSorted((a, b) => (a.vlan ?? 0) - (b.vlan ?? 0));

/** Users that have only VFs which are folded are folded with them, and those that have nothing. */
function foldedUsers(
  { nodes }: Picture,
  open: ReadonlySet<string>,
  texts: Texts,
  stands: Map<string, string>,
  used: Map<string, string[]>,
): ShownNode[] {
  const bundles = new Map<string, Node[]>();
  for (const user of nodes.filter(({ layer }) => layer === 3)) {
    const sources = used.get(user.id) ?? [];
    const folds = [...new Set(sources.map((id) => stands.get(id) ?? ''))].sort();
    const key = folds.includes('') ? user.id : JSON.stringify(folds);
    bundles.set(key, [...(bundles.get(key) ?? []), user]);
  }
  return [...bundles].flatMap(([key, users]) => {
    const isIdle = key === '[]';
    if (users.length <= (isIdle ? few : 1)) return users;
    const head = group(`users/${key}`, open, 3, {
      label: filled(isIdle ? texts.idle : texts.users, users.length),
      look: isIdle ? 'off' : 'up',
    });
    if (head.isOpen) return [head, ...users];
    for (const { id } of users) stands.set(id, head.id);
    return [head];
  });
}

function group(
  id: string,
  open: ReadonlySet<string>,
  layer: 2 | 3,
  { label, look, of }: { label: string; look: Node['look']; of?: string },
): ShownNode {
  return { id, layer, label, detail: '', look, spoken: label, isOpen: open.has(id), of };
}

/** Links between the same two nodes, of which one stands for many, are one. */
function merged(links: readonly Link[], stands: Map<string, string>, texts: Texts): Link[] {
  const all = new Map<string, Link[]>();
  for (const link of links) {
    const from = stands.get(link.from);
    const to = stands.get(link.to);
    const id = from === undefined && to === undefined ? link.id : `${from ?? link.from}>${to ?? link.to}`;
    all.set(id, [...(all.get(id) ?? []), link]);
  }
  return [...all].flatMap(([id, same]) => {
    const [first, ...others] = same;
    if (!first) return [];
    const ends = { from: stands.get(first.from) ?? first.from, to: stands.get(first.to) ?? first.to };
    if (others.length === 0) return id === first.id ? first : { ...first, ...ends, id };
    const look = same.some((one) => one.look === 'up') ? 'up' : first.look;
    return { ...first, ...ends, id, look, name: filled(texts.links, same.length), ...unsaid };
  });
}
const unsaid = { state: '', vlan: '', rate: '', how: '' };
