import * as v from 'valibot';
import type { Made, VfMaker } from '../../model/lasting/made';
import { ownerProblem } from '../../model/userspace/vfio';
import {
  askableKeys,
  field,
  fieldKeys,
  type AskableKey,
  type Asked,
  type FieldKey,
} from '../../model/vfAttributes/table';
import type { probeSections } from '../printed';
import { answer, type Section } from '../sections';
import { parsed, pci } from './intents';

const isSetting = (key: AskableKey, value: unknown): boolean => {
  if (key === 'mtu') return typeof value === 'number';
  if (key === 'driver') return typeof value === 'string';
  const name: FieldKey = key === 'mac' ? 'adminMac' : key;
  return fieldKeys.includes(name) && field(name).is(value);
};
const areAsked = (value: unknown): value is Asked =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([key, one]) => askableKeys.some((other) => other === key) && isSetting(key as AskableKey, one),
  );

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const intentSchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  pf: pci,
  pfMac: v.nullable(v.string()),
  pfName: v.string(),
  count: v.pipe(index, v.minValue(1)),
  autoprobe: v.optional(v.literal(false)),
  vfs: v.array(
    v.object({
      ...{ index, vf: pci, settings: v.custom<Asked>(areAsked) },
      owner: v.optional(
        v.custom<string>((one) => typeof one === 'string' && ownerProblem(one) === undefined),
      ),
      hugePages: v.optional(
        v.object({ kb: v.pipe(index, v.minValue(1)), count: v.pipe(index, v.minValue(1)) }),
      ),
    }),
  ),
  madeAt: v.string(),
});
const resultSchema = v.object({ state: v.picklist(['made', 'failed']), at: v.string(), why: v.string() });

/** The intents for VFs after each boot, and how many of their files can't be read. */
export function madeOnHost(all: Section[]): { made: Made[]; unreadable: number } {
  const { each, bodyOf } = answer<typeof probeSections>(all);
  const read = each('made').map(({ args, body }) => ({
    intent: parsed(intentSchema, body),
    enabled: args.trim() === 'enabled',
  }));
  const made = read.flatMap(({ intent, enabled }): Made[] =>
    intent === undefined
      ? []
      : [{ intent, enabled, result: parsed(resultSchema, bodyOf('kept-result', intent.id) ?? '') ?? null }],
  );
  return { made, unreadable: read.length - made.length };
}

/** The files by which something else creates VFs at boot; a file that several links point to is listed once. */
export function makersOnHost(all: Section[]): VfMaker[] {
  const makers = answer<typeof probeSections>(all)
    .each('maker')
    .map(({ args, body }) => ({
      path: args.trim(),
      lines: body.split('\n').filter((line) => line.trim() !== ''),
    }));
  const bodies = makers.map(({ lines }) => lines.join('\n'));
  return makers.filter((_, at) => bodies.indexOf(bodies[at]!) === at);
}
