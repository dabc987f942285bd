import * as v from 'valibot';
import {
  deviceFile,
  keepingEngines,
  meantText,
  watcherUnit,
  type Intent,
  type Kept,
} from '../../model/lasting/kept';
import { triggers } from '../../model/request';
import type { PhysicalFunction } from '../../model/functions';
import type { probeSections } from '../printed';
import { answer, type Section } from '../sections';

export const pci = v.pipe(v.string(), v.regex(/^[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/));
const intentSchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  engine: v.picklist(keepingEngines),
  container: v.union([
    v.strictObject({ name: v.string() }),
    v.strictObject({ labels: v.record(v.string(), v.string()) }),
  ]),
  pf: pci,
  pfMac: v.nullable(v.string()),
  vf: pci,
  index: v.number(),
  hostName: v.string(),
  link: v.optional(v.literal(true)),
  inside: v.string(),
  settings: v.object({
    addresses: v.optional(v.array(v.string())),
    dhcp: v.optional(v.boolean()),
    gateway: v.optional(v.string()),
    routes: v.optional(v.array(v.object({ destination: v.string(), gateway: v.optional(v.string()) }))),
    mac: v.optional(v.string()),
    vlan: v.optional(v.number()),
    trust: v.optional(v.boolean()),
    clear: v.optional(v.boolean()),
    mtu: v.optional(v.number()),
  }),
  trigger: v.picklist(triggers),
  madeAt: v.string(),
});
const resultSchema = v.object({
  state: v.picklist(['attached', 'waiting', 'failed']),
  at: v.string(),
  why: v.string(),
});

/** The attachments that last, and how many of their files can't be read. */
export function keptOnHost(all: Section[]): { kept: Kept[]; unreadable: number } {
  const { bodies, bodyOf, body } = answer<typeof probeSections>(all);
  const read = bodies('intent').map((text) => parsed(intentSchema, text));
  const kept = read.flatMap((intent): Kept[] =>
    intent === undefined
      ? []
      : [
          {
            intent,
            result: parsed(resultSchema, bodyOf('kept-result', intent.id) ?? '') ?? null,
            watched: isCalled(intent, body('kept-watchers') ?? '', body('kept-devices') ?? ''),
            ...(bodyOf('kept-program-gone', intent.id) === undefined ? {} : { programGone: true as const }),
          },
        ],
  );
  return { kept, unreadable: read.length - kept.length };
}

/** Whether the unit runs, or the CDI device is there, that calls its program. */
const isCalled = ({ id, engine, trigger }: Intent, units: string, devices: string): boolean | null =>
  trigger === 'cdi' ? devices.split('\n').includes(deviceFile(id)) : isActive(units, watcherUnit(engine));

/** `null` if systemd printed nothing. */
function isActive(shown: string, unit: string): boolean | null {
  const blocks = shown.split(/\n\n+/);
  const block = blocks.find((one) => one.split('\n').includes(`Id=${unit}`));
  return shown.trim() === '' ? null : (block?.split('\n').includes('ActiveState=active') ?? false);
}

/** The adapters, with VFs that say which containers they are kept for. */
export const withKept = (pfs: PhysicalFunction[], kept: Kept[]): PhysicalFunction[] =>
  pfs.map((pf) => ({
    ...pf,
    vfs: pf.vfs.map((vf) => {
      const intent = kept.find((one) => one.intent.vf === vf.pci)?.intent;
      return intent ? { ...vf, keptFor: `${meantText(intent.container)} (${intent.engine})` } : vf;
    }),
  }));

export function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
): v.InferOutput<Schema> | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
