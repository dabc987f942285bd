import * as v from 'valibot';
import { engineNames } from '../model/container';
import { isDhcpClient, type DhcpClient } from '../model/dhcp';
import type { MacvlanRecord } from '../model/macvlan';
import type { IpDevice } from './ipJson';
import type { Namespace } from './namespaces';

const recordSchema = v.object({
  version: v.literal(1),
  kind: v.literal('macvlan'),
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]\.macvlan-[0-9a-f]{12}$/)),
  on: v.string(),
  mode: v.picklist(['bridge', 'private', 'vepa', 'passthru']),
  container: v.object({
    id: v.string(),
    name: v.string(),
    engine: v.picklist(engineNames),
    netnsInode: v.number(),
  }),
  inside: v.string(),
  mac: v.string(),
  recordedAt: v.string(),
  bootId: v.nullable(v.string()),
  dhcp: v.optional(v.custom<DhcpClient>(isDhcpClient)),
  broughtUp: v.array(v.string()),
});

/** The records of macvlans among all records, and the other ones. */
export function macvlanRecords(bodies: string[]): { records: MacvlanRecord[]; others: string[] } {
  const results = bodies.map((body) => ({ body, read: v.safeParse(recordSchema, json(body)) }));
  return {
    records: results.flatMap(({ read }) => (read.success ? [read.output] : [])),
    others: results.flatMap(({ read, body }) => (read.success ? [] : [body])),
  };
}

/**
 * The macvlans that are still where we created them, and those that ended with their container while a device is still up on their
 * behalf; the records of the others are void.
 */
export function liveMacvlans(
  records: MacvlanRecord[],
  namespaces: Namespace[],
  bootId: string | null,
): { macvlans: MacvlanRecord[]; endedMacvlans: MacvlanRecord[]; stale: string[] } {
  const ofThisBoot = ({ bootId: of }: MacvlanRecord) => of === bootId || bootId === null;
  const isThere = ({ container, mac }: MacvlanRecord) =>
    namespaces.some(
      ({ inode, devices }) => inode === container.netnsInode && devices.some((device) => isOurs(device, mac)),
    );
  const macvlans = records.filter((record) => ofThisBoot(record) && isThere(record));
  const ended = records.filter(
    (record) => ofThisBoot(record) && !isThere(record) && record.broughtUp.length > 0,
  );
  // A device that is also up for another macvlan is that one's to bring down.
  const endedMacvlans = ended.filter(({ on }) => !macvlans.some((other) => other.on === on));
  return {
    macvlans,
    endedMacvlans,
    stale: records
      .filter((record) => !macvlans.includes(record) && !endedMacvlans.includes(record))
      .map(({ key }) => key),
  };
}

const isOurs = ({ linkinfo, address }: IpDevice, mac: string): boolean =>
  linkinfo?.info_kind === 'macvlan' && address === mac;

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
