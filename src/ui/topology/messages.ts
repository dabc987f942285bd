/** What is said between the page of the topology and the extension, and the picture that it is about. */

/** From the left: where an adapter is plugged in, the adapter, its VFs, and who has them. */
export type Layer = 0 | 1 | 2 | 3;

/** How it is, for the colour that goes with the words. */
export type Look = 'up' | 'down' | 'free' | 'vfio' | 'reserved' | 'warning' | 'off' | 'plain';

export interface Node {
  /** The id of its row, where it has one. */
  id: string;
  layer: Layer;
  label: string;
  /** The quiet line below it. */
  detail: string;
  /** Of an adapter: its uplink, with its speed. */
  uplink?: { text: string; look: Look };
  look: Look;
  /** The whole of it as a sentence. */
  spoken: string;
  /** Of a VF: the node of its adapter. */
  of?: string;
  /** Of a VF: nobody has it. */
  isFree?: boolean;
  /** Of a VF: the VLAN that its adapter puts it into; 0: none. */
  vlan?: number;
  /** Of a user: whom it reaches without the uplink. */
  reaches?: string;
  /** What menus match, and what their commands are told; absent where there is nothing to do. */
  menu?: Menu;
}

export interface Menu {
  viewItem: string;
  host: string;
  pf?: string;
  vf?: string;
  container?: string;
}

export interface Link {
  id: string;
  from: string;
  to: string;
  kind: 'bus' | 'vf' | 'whole' | 'macvlan' | 'driver' | 'master';
  look: Look;
  /** What it is called where it ends: `eth1`; of a bus, what it carries. */
  name: string;
  state: string;
  vlan: string;
  rate: string;
  /** `macvlan`, `whole adapter`: where it isn't a VF. */
  how: string;
}

/** Containers that reach each other through the card that they all have a part of, without its uplink. */
export interface Hairpin {
  id: string;
  /** The node of the adapter. */
  pf: string;
  vfs: string[];
  users: string[];
  spoken: string;
}

export interface Picture {
  nodes: Node[];
  links: Link[];
  hairpins: Hairpin[];
}

/** What is different in a picture; an order is there only where it is another one. */
export interface Difference {
  nodes: Part<Node>;
  links: Part<Link>;
  hairpins: Hairpin[] | undefined;
}
interface Part<T> {
  set: T[];
  gone: string[];
  order: string[] | undefined;
}

/** Above the picture: whether the host is there, and how old what is shown is. */
export interface State {
  text: string;
  tone: '' | 'warning';
  /** ISO 8601; null: it is as it is now. */
  at: string | null;
}

/** What a page still knows when it is drawn again, also after a reload of the window. */
export interface Kept {
  host: string;
  open: string[];
  filter: string;
  scale: number;
  left: number;
  top: number;
  table: boolean;
}

export type FromTopology =
  | { kind: 'loaded' }
  | { kind: 'select'; node: string }
  | { kind: 'drop'; node: string; onto: string }
  | { kind: 'filter'; text: string }
  | { kind: 'save'; type: 'svg' | 'png'; content: string };

export type ToTopology =
  | { kind: 'show'; host: string; picture: Picture; state: State; texts: Texts }
  | { kind: 'change'; difference: Difference; said: string }
  | { kind: 'state'; state: State }
  | { kind: 'selected'; nodes: string[] }
  | { kind: 'found'; text: string; nodes: string[] | null };

/** What the page itself says; `{0}` is a number. */
export interface Texts {
  layers: [string, string, string, string];
  vfs: string;
  free: string;
  users: string;
  idle: string;
  links: string;
  vlan: string;
  zoom: string;
}
