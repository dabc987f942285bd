import * as v from 'valibot';
import type { FromTopology, Kept } from './messages';

const most = 64 * 1024 * 1024;
const id = v.pipe(v.string(), v.maxLength(10_000));

const message: v.GenericSchema<unknown, FromTopology> = v.variant('kind', [
  v.object({ kind: v.literal('loaded') }),
  v.object({ kind: v.literal('select'), node: id }),
  v.object({ kind: v.literal('drop'), node: id, onto: id }),
  v.object({ kind: v.literal('filter'), text: id }),
  v.object({
    kind: v.literal('save'),
    type: v.picklist(['svg', 'png']),
    content: v.pipe(v.string(), v.maxLength(most)),
  }),
]);

/** What a page says, if it is something that a page may say. */
export function fromTopology(given: unknown): FromTopology | undefined {
  const read = v.safeParse(message, given);
  return read.success ? read.output : undefined;
}

const kept: v.GenericSchema<unknown, Pick<Kept, 'host'>> = v.object({ host: v.string() });

/** The host of the page that was open before a reload. */
export function hostKept(given: unknown): string | undefined {
  const read = v.safeParse(kept, given);
  return read.success ? read.output.host : undefined;
}
