import * as v from 'valibot';

export const vfOrders = ['number', 'free', 'used', 'holder'] as const;
export const containerOrders = ['running', 'name', 'vfs'] as const;
export const groupings = ['project', 'engine', 'group'] as const;

const rows = {
  /** What was typed; empty where everything is shown. */
  filter: v.fallback(v.string(), ''),
  vfs: v.fallback(v.picklist(vfOrders), 'number'),
  containers: v.fallback(v.picklist(containerOrders), 'running'),
  /** What containers are grouped by. Those without it are below their engine. */
  grouping: v.fallback(v.picklist(groupings), 'project'),
};
const schema = v.object(rows);

/** How the rows of a host are shown: which, in which order, in which groups. */
export type Arrangement = v.InferOutput<typeof schema>;

/** Reads what any version stored: anything it doesn't understand counts as not chosen. */
export const readArrangement = (kept: unknown): Arrangement =>
  v.parse(schema, {
    ...Object.fromEntries(Object.keys(rows).map((key) => [key, undefined])),
    ...asObject(kept),
  });

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** Everything in the default arrangement. */
export const plain: Arrangement = readArrangement(undefined);
