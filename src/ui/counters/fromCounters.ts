import * as v from 'valibot';
import { measureNames } from '../../model/counters/counter';
import { presses, windows, type FromCounters } from './messages';

const schema = v.variant('kind', [
  v.object({ kind: v.literal('loaded') }),
  v.object({ kind: v.literal('press'), press: v.picklist(presses) }),
  v.object({ kind: v.literal('measure'), measure: v.picklist(measureNames) }),
  v.object({ kind: v.literal('minutes'), minutes: v.picklist(windows) }),
  v.object({ kind: v.literal('log'), isLog: v.boolean() }),
]) satisfies v.GenericSchema<unknown, FromCounters>;

/** What the page said; undefined for what it can't have said. */
export function fromCounters(message: unknown): FromCounters | undefined {
  const read = v.safeParse(schema, message);
  return read.success ? read.output : undefined;
}
