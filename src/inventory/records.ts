import * as v from 'valibot';
import { isDhcpClient, type DhcpClient } from '../model/dhcp';
import type { AttachmentRecord, ChangedSetting } from '../model/attachment';
import { engineNames, type Container } from '../model/container';
import type { Attachment, PendingChange } from '../model/snapshot';
import type { PciAddress, VirtualFunction } from '../model/functions';
import {
  areSettings,
  fieldsOf,
  settingKeys,
  type FieldKey,
  type VfSettings,
} from '../model/vfAttributes/table';
import { parsePlan } from './keptPlan';
import type { probeSections } from './printed';
import { answer, type Section } from './sections';

const pci = v.pipe(v.string(), v.regex(/^[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/));
const text = v.nullable(v.string());
const count = v.nullable(v.number());

const route = v.object({
  destination: v.string(),
  family: v.picklist([4, 6]),
  gateway: text,
  device: v.string(),
  metric: count,
});
const hostRoute = v.object({
  ...{ family: v.picklist([4, 6]), destination: v.string(), gateway: text, device: v.string() },
  words: v.array(v.string()),
});
const changeable: ChangedSetting[] = [...settingKeys, 'adminMac'];
const flag = v.optional(v.boolean());
const flags = Object.fromEntries(changeable.map((key) => [key, flag])) as Record<ChangedSetting, typeof flag>;
const engine = v.picklist(engineNames);

const recordSchema = v.object({
  version: v.literal(1),
  vf: pci,
  pf: pci,
  index: v.number(),
  container: v.object({ id: v.string(), name: v.string(), engine, netnsInode: v.number() }),
  inside: v.string(),
  recordedAt: v.string(),
  bootId: text,
  before: v.object({
    name: v.string(),
    altnames: v.array(v.string()),
    mac: text,
    mtu: count,
    up: v.boolean(),
    addresses: v.array(v.string()),
    master: v.optional(v.string()),
    routes: v.optional(v.array(hostRoute)),
    settings: v.custom<Partial<VfSettings>>(areSettings),
    defaultRoute: v.nullable(route),
  }),
  changed: v.object({ ...flags, vlan: v.boolean() }),
  dhcp: v.optional(v.custom<DhcpClient>(isDhcpClient)),
  pfBroughtUp: v.boolean(),
});

/** The records that can be read, and how many can't. */
export function parseRecords(bodies: string[]): { records: AttachmentRecord[]; unreadable: number } {
  const results = bodies.map((body) => v.safeParse(recordSchema, json(body)));
  const records: AttachmentRecord[] = results.flatMap((result) => (result.success ? [result.output] : []));
  return { records, unreadable: bodies.length - records.length };
}

/**
 * The state of each record on the host as it is now. A record that no longer applies — the host was rebooted, the
 * VF is gone, restored, or in another use — is stale.
 */
export function attachmentsOf(
  records: AttachmentRecord[],
  vfs: VirtualFunction[],
  containers: Container[],
  bootId: string | null,
): { attachments: Attachment[]; staleRecords: PciAddress[] } {
  const attachments = records.flatMap((record): Attachment[] => {
    const vf = vfs.find((other) => other.pci === record.vf);
    const status =
      vf && (record.bootId === bootId || bootId === null) ? statusOf(record, vf, containers) : 'stale';
    if (status === 'stale') return [];
    const { id: containerId, name: containerName } = record.container;
    return [{ vf: record.vf, containerId, containerName, status, recordedAt: record.recordedAt, record }];
  });
  const attached = new Set(attachments.map((attachment) => attachment.vf));
  return { attachments, staleRecords: records.map((r) => r.vf).filter((vf) => !attached.has(vf)) };
}

function statusOf(
  record: AttachmentRecord,
  vf: VirtualFunction,
  containers: Container[],
): Attachment['status'] | 'stale' {
  const { kind, netnsInode } = vf.holder;
  if (kind === 'host') return isAsBefore(record, vf) ? 'stale' : 'returned-not-restored';
  // Without a network driver its device is gone from wherever it was; what the PF enforces is still there.
  if (kind === 'vfio' || (kind === 'none' && vf.driver === null))
    return isEnforcedAsBefore(record, vf) ? 'stale' : 'returned-not-restored';
  if (kind === 'none') return 'orphaned';
  // Something else moved it; a restarted container has another namespace.
  if (netnsInode !== record.container.netnsInode) return 'stale';
  const here = containers.filter((container) => container.netnsInode === netnsInode);
  // Containers may share a namespace; the VF is in it on behalf of the one it was attached to.
  if (here.some((container) => container.id === record.container.id)) return 'live';
  // The kernel reuses the inode of an ended namespace: then it is a foreign one.
  const owner = here.find(({ engine }) => engine !== 'netns');
  if (owner) return owner.networkMode === `container:${record.container.id}` ? 'orphaned' : 'stale';
  return here.length === 0 || vf.name === record.inside ? 'orphaned' : 'stale';
}

/** Whether everything that an attachment can change is as the record has it. */
export function isAsBefore(record: AttachmentRecord, vf: VirtualFunction): boolean {
  const { before } = record;
  return (
    vf.name === before.name &&
    vf.up === before.up &&
    (before.mac === null || vf.mac === before.mac) &&
    vf.mtu === before.mtu &&
    same(vf.addresses, before.addresses) &&
    (before.master === undefined || vf.master === before.master) &&
    before.altnames.every((altname) => vf.altnames.includes(altname)) &&
    isEnforcedAsBefore(record, vf)
  );
}

/** The PF's side of that. */
const isEnforcedAsBefore = ({ before, changed }: AttachmentRecord, vf: VirtualFunction): boolean =>
  changedFields(changed).every((key) => {
    const was = before.settings[key] ?? null;
    return was === null || same(vf[key], was);
  });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What an attachment changed. The MAC is left out: the PF shows the VF's own as soon as it is up. */
const changedFields = (changed: AttachmentRecord['changed']): FieldKey[] =>
  settingKeys.filter((key) => changed[key]).flatMap(fieldsOf);

/** Those of attachments that are over, while their container is as it was, but without the default route that they replaced. */
export const lostRoutes = (
  records: AttachmentRecord[],
  attachments: Attachment[],
  containers: Container[],
  bootId: string | null,
): AttachmentRecord[] =>
  records.filter(({ vf, container, before: { defaultRoute: lost }, bootId: then }) => {
    const inside = containers.find(({ id }) => id === container.id);
    return (
      lost !== null &&
      then === bootId &&
      inside?.netnsInode === container.netnsInode &&
      inside.interfaces.some(({ name }) => name === lost.device) &&
      !inside.routes.some((route) => route.destination === 'default' && route.family === lost.family) &&
      !attachments.some((one) => one.vf === vf && one.status === 'live')
    );
  });

const metaSchema = v.object({
  title: v.string(),
  at: v.optional(text, null),
  by: v.optional(text, null),
  bootId: v.optional(text, null),
  lasting: v.optional(v.boolean(), false),
  steps: v.optional(count, null),
});

/** Whether a reboot undid it: it does, except for files. */
export const beforeBoot = (
  meta: Pick<v.InferOutput<typeof metaSchema>, 'bootId' | 'lasting'>,
  bootId: string | null,
): boolean => !meta.lasting && meta.bootId !== null && bootId !== null && meta.bootId !== bootId;

/**
 * Changes that an executor began and that aren't in the journal as ended, from the sections `change ID running|stopped`,
 * `progress ID` and `plan ID`.
 */
export function pendingChanges(all: Section[], bootId: string | null): PendingChange[] {
  const { each, bodyOf } = answer<typeof probeSections>(all);
  return each('change').map(({ args, body }) => {
    const [id = '', running] = args.split(' ');
    const known = changeMeta(body);
    const steps = (bodyOf('progress', id) ?? '').split('\n');
    const done = steps.filter((line) => /^done \d+$/.test(line));
    return {
      id,
      title: known.title,
      startedAt: known.at,
      by: known.by,
      running: running === 'running',
      beforeBoot: beforeBoot(known, bootId),
      progress: { done: new Set(done).size, steps: known.steps },
      undoing: steps.some((line) => line.startsWith('undone')),
      request: parsePlan(bodyOf('plan', id))?.request ?? null,
    };
  });
}

/** What an executor recorded about its change. */
export function changeMeta(text: string): v.InferOutput<typeof metaSchema> {
  const meta = v.safeParse(metaSchema, json(text));
  return meta.success
    ? meta.output
    : { title: 'a change', at: null, by: null, bootId: null, steps: null, lasting: false };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
