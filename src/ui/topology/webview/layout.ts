import type { Link } from '../messages';
import { spread } from './spread';
import type { Shown, ShownNode } from './shown';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Layout {
  nodes: Map<string, Box>;
  /** Where each link runs, and where what it says begins. */
  links: Map<string, { path: string; x: number; y: number; width: number; top: number; bottom: number }>;
  /** From each adapter to its VFs. */
  trunks: Map<string, string>;
  vlans: { id: string; vlan: number; box: Box }[];
  /** With where their sign stands. */
  hairpins: Map<string, { path: string; x: number; y: number }>;
  columns: number[];
  width: number;
  height: number;
}

/** Each layer's left edge and width; between them there is room for what links say. */
export const layers = [
  { x: 16, w: 132 },
  { x: 332, w: 236 },
  { x: 648, w: 188 },
  { x: 1108, w: 232 },
] as const;
const heights = [44, 60, 26, 38] as const;
const gap = 6;
const between = 22;
const top = 44;
/** A tinted group has its name above its VFs. */
const title = 20;
/** Where what a link says ends, and the link turns to who it leads to. */
const turn = 1048;

/** Where everything is. The layers are fixed, so each is filled from the top; who has VFs stands where they are. */
export function layout({ nodes, links, hairpins }: Shown): Layout {
  const boxes = new Map<string, Box>();
  const lanes = new Map<string, number>();
  const vlans: Layout['vlans'] = [];
  const out = grouped(
    links.filter(({ kind }) => kind !== 'bus'),
    ({ from }) => from,
  );
  const below = grouped(
    nodes.filter(({ layer }) => layer === 2),
    ({ of = '' }) => of,
  );
  let y = top;
  for (const pf of nodes.filter(({ layer }) => layer === 1)) {
    const begin = y;
    y = placeVfs(below.get(pf.id) ?? [], begin, out, boxes, lanes, vlans, pf.id);
    for (const link of out.get(pf.id) ?? []) {
      lanes.set(link.id, y + heights[2] / 2);
      y += heights[2] + gap;
    }
    const end = Math.max(y - gap, begin + heights[1]);
    boxes.set(pf.id, box(1, begin + Math.max(0, Math.min((end - begin - heights[1]) / 2, 120))));
    y = end + between;
  }
  placePlaces(nodes, links, boxes);
  const bottom = placeUsers(nodes, links, lanes, boxes);
  return {
    nodes: boxes,
    links: routes(links, boxes, lanes),
    trunks: trunks(below, boxes),
    vlans,
    hairpins: new Map(hairpins.map((one, at) => [one.id, hairpin(one.vfs, boxes, at)])),
    columns: layers.map(({ x }) => x),
    width: layers[3].x + layers[3].w + 24,
    height: Math.max(y, bottom) + 8,
  };
}

const box = (layer: 0 | 1 | 2 | 3, y: number, h: number = heights[layer]): Box => ({
  ...layers[layer],
  y,
  h,
});
const middle = ({ y, h }: Box): number => y + h / 2;

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/** One below the other; each as high as its links need. */
function placeVfs(
  vfs: readonly ShownNode[],
  from: number,
  out: Map<string, Link[]>,
  boxes: Map<string, Box>,
  lanes: Map<string, number>,
  vlans: Layout['vlans'],
  pf: string,
): number {
  let y = from;
  let tint: Layout['vlans'][number] | undefined;
  for (const vf of vfs) {
    const vlan = vf.vlan ?? 0;
    if (tint && tint.vlan !== vlan) y += gap;
    if (tint?.vlan !== vlan) tint = undefined;
    if (vlan !== 0 && !tint) {
      tint = {
        id: `${pf}/${vlan}/${vf.id}`,
        vlan,
        box: { x: layers[2].x - 8, y, w: turn - layers[2].x + 8, h: 0 },
      };
      vlans.push(tint);
      y += title;
    }
    const own = out.get(vf.id) ?? [];
    const h = Math.max(1, own.length) * heights[2];
    own.forEach((link, at) => lanes.set(link.id, y + (at + 0.5) * heights[2]));
    boxes.set(vf.id, box(2, y, h));
    y += h + gap;
    if (tint) tint.box.h = y - tint.box.y;
  }
  return tint ? y + gap : y;
}

/** Each beside the middle of its adapters, as far as the one above leaves room. */
function placePlaces(nodes: readonly ShownNode[], links: readonly Link[], boxes: Map<string, Box>): void {
  const places = nodes.filter(({ layer }) => layer === 0);
  const wanted = places.map(({ id }) => {
    const own = links.flatMap(({ from, to }) => (from === id ? (boxes.get(to) ?? []) : []));
    return { size: heights[0] + gap, at: mean(own.map(middle)) - heights[0] / 2 };
  });
  spread(wanted, top).forEach((y, at) => boxes.set(places[at]?.id ?? '', box(0, y)));
}

function placeUsers(
  nodes: readonly ShownNode[],
  links: readonly Link[],
  lanes: Map<string, number>,
  boxes: Map<string, Box>,
): number {
  const into = grouped(
    links.filter(({ kind }) => kind !== 'bus'),
    ({ to }) => to,
  );
  const users = nodes.filter(({ layer }) => layer === 3);
  const withLinks = users
    .filter(({ id }) => into.has(id))
    .map((user) => ({ user, at: mean((into.get(user.id) ?? []).map(({ id }) => lanes.get(id) ?? top)) }))
    .sort((a, b) => a.at - b.at);
  const wanted = withLinks.map(({ at }) => ({ size: heights[3] + gap, at: at - heights[3] / 2 }));
  let end = top;
  spread(wanted, top).forEach((y, at) => {
    boxes.set(withLinks[at]?.user.id ?? '', box(3, y));
    end = y + heights[3] + gap;
  });
  if (withLinks.length > 0) end += between;
  for (const { id } of users.filter((user) => !into.has(user.id))) {
    boxes.set(id, box(3, end));
    end += heights[3] + gap;
  }
  return end;
}

const mean = (all: readonly number[]): number =>
  all.length === 0 ? top : all.reduce((sum, one) => sum + one, 0) / all.length;

/** From the left straight on for as long as it has something to say, then to where it leads. */
function routes(
  links: readonly Link[],
  boxes: Map<string, Box>,
  lanes: Map<string, number>,
): Layout['links'] {
  const ends = grouped(
    links
      .filter(({ kind }) => kind !== 'bus')
      .sort((a, b) => (lanes.get(a.id) ?? 0) - (lanes.get(b.id) ?? 0)),
    ({ to }) => to,
  );
  const all: Layout['links'] = new Map();
  for (const link of links) {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    if (!from || !to) continue;
    if (link.kind === 'bus') {
      const [x, y] = [from.x + from.w, middle(from)];
      const at = middle(to);
      all.set(link.id, {
        path: `M${x} ${y}H${x + 14}V${at}H${to.x}`,
        ...{ x: x + 20, y: at - 5, width: to.x - x - 24, ...reach(y, at) },
      });
      continue;
    }
    const lane = lanes.get(link.id) ?? middle(from);
    const others = ends.get(link.to) ?? [];
    const step = Math.min(9, (to.h - 8) / others.length);
    const end = middle(to) + (others.indexOf(link) - (others.length - 1) / 2) * step;
    const half = (turn + to.x) / 2;
    const begin = from.x + from.w;
    const path = `M${begin} ${lane}H${turn}C${half} ${lane} ${half} ${end} ${to.x} ${end}`;
    const x = Math.max(begin, layers[2].x + layers[2].w) + 8;
    all.set(link.id, { path, x, y: lane - 4, width: turn - x, ...reach(lane, end) });
  }
  return all;
}

/** A line down from the adapter, and from it one to each VF. */
function trunks(below: Map<string, ShownNode[]>, boxes: Map<string, Box>): Map<string, string> {
  return new Map(
    [...below].flatMap(([pf, vfs]): [string, string][] => {
      const from = boxes.get(pf);
      const all = vfs.flatMap(({ id }) => boxes.get(id) ?? []);
      if (!from || all.length === 0) return [];
      const [x, y] = [from.x + from.w, middle(from)];
      const ends = all.map(middle);
      const down = `M${x + 16} ${Math.min(y, ...ends)}V${Math.max(y, ...ends)}`;
      return [
        [pf, `M${x} ${y}H${x + 16}${down}${all.map((one) => `M${x + 16} ${middle(one)}H${one.x}`).join('')}`],
      ];
    }),
  );
}

const reach = (a: number, b: number) => ({ top: Math.min(a, b) - 16, bottom: Math.max(a, b) + 4 });

/** A bracket at the left of the VFs, with a mark at each. */
function hairpin(vfs: readonly string[], boxes: Map<string, Box>, at: number) {
  const all = vfs.flatMap((id) => boxes.get(id) ?? []).map(middle);
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const { x } = layers[2];
  const left = x - 20 - (at % 3) * 7;
  const ticks = all.map((y) => `M${x} ${y}H${left + 5}`).join('');
  const bow = `M${x} ${first}H${left + 5}Q${left} ${first} ${left} ${first + 5}V${last - 5}Q${left} ${last} ${left + 5} ${last}H${x}`;
  return { path: ticks + bow, x: left - 4, y: first - 5 };
}
