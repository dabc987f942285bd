import * as v from 'valibot';
import { counterNames, type CounterName, type Counts } from '../../model/counters/counter';
import type { Reading } from '../../model/counters/reading';
import { functionsIn } from '../../model/counters/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { pciOf } from '../devices';
import { parseDevices, parseIpBatch, type IpDevice } from '../ipJson';
import type { counterSections } from '../printed';
import type { Answer } from '../sections';

/** A counter as `ip` prints it. It has 64 bits, more than a JavaScript number holds. */
const count = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger(), v.minValue(0)), v.pipe(v.string(), v.regex(/^\d{1,20}$/))]),
  v.transform((text) => BigInt(text)),
);
const half = v.record(v.string(), v.unknown());
const stats = v.object({ rx: half, tx: half });
const countersSchema = v.object({
  ifindex: v.number(),
  stats64: stats,
  vfinfo_list: v.optional(v.array(v.looseObject({ vf: v.number(), stats: v.optional(stats) })), []),
});

/**
 * The counters of the devices in one frame, each for the function that it belongs to, wherever that is by now. Anything that doesn't fit
 * is left out.
 */
export function readingsOf(snapshot: HostSnapshot, sections: Answer<typeof counterSections>): Reading[] {
  const inPlace = (place: string, moment: string | undefined, body: string): Reading[] => {
    const at = Number(moment) * 10;
    return Number.isFinite(at)
      ? devicesIn(body).flatMap((device) => ofDevice(snapshot, place, at, device))
      : [];
  };
  const all = [
    ...sections.each('host').flatMap(({ args, body }) => inPlace('host', args, body)),
    ...sections.each('namespace').flatMap(({ args, body }) => {
      const [inode = '', moment] = args.split(' ');
      return inPlace(inode, moment, body);
    }),
  ];
  // If both ports of a card are one function, the first device is the function's. A device that moves may be seen twice.
  const known = new Set<string>();
  return all.filter(({ pci, side }) => {
    const key = `${side} ${pci}`;
    return !known.has(key) && known.add(key);
  });
}

/** An old or broken `ip` may print anything. */
function devicesIn(body: string): unknown[] {
  try {
    return parseIpBatch(exact(body)).flatMap((array) => (Array.isArray(array) ? (array as unknown[]) : []));
  } catch {
    return [];
  }
}

/** Turns numbers that JSON.parse would round into strings; strings stay as they are. */
const exact = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, (part) => (part.startsWith('"') ? part : `"${part}"`));

function ofDevice(snapshot: HostSnapshot, place: string, at: number, printed: unknown): Reading[] {
  const [device] = parseDevices([printed]);
  const counted = v.safeParse(countersSchema, printed);
  const pci = device && functionOf(snapshot, place, device);
  if (!counted.success || !pci) return [];
  const { ifindex, stats64, vfinfo_list: vfs } = counted.output;
  const own: Reading = { pci, side: 'own', at, device: `${place} ${ifindex}`, counts: countsOf(stats64) };
  const ofVfs = vfs.flatMap(({ vf: index, stats: told }): Reading[] => {
    const vf = snapshot.pfs.find((pf) => pf.pci === pci)?.vfs[index];
    return vf && told ? [{ pci: vf.pci, side: 'pf', at, device: own.device, counts: countsOf(told) }] : [];
  });
  // The kernel prints zeros for drivers that don't count for their VFs.
  const isTold = ofVfs.some(({ counts }) => Object.values(counts).some((one) => one > 0n));
  return [own, ...(isTold ? ofVfs : [])];
}

/** By its PCI address; a virtio card's device has that of another one, and is identified by its name and place. */
function functionOf(snapshot: HostSnapshot, place: string, device: IpDevice): string | undefined {
  const pci = pciOf(device);
  const functions = functionsIn(snapshot);
  if (pci !== null) return functions.find((one) => one.pci === pci)?.pci;
  if (device.parentbus !== 'virtio') return undefined;
  return functions.find(
    ({ name, holder }) =>
      name === device.ifname &&
      (holder.kind === 'host' ? place === 'host' : place === `${holder.netnsInode}`),
  )?.pci;
}

const countsOf = (halves: v.InferOutput<typeof stats>): Counts =>
  Object.fromEntries(
    counterNames.flatMap((name): [CounterName, bigint][] => {
      const [direction, key] = [name.slice(0, 2) as 'rx' | 'tx', name.slice(3)];
      // For a VF, iproute2 prints `tx_bytes` instead of `bytes`.
      const read = v.safeParse(count, halves[direction][key] ?? halves[direction][name]);
      return read.success ? [[name, read.output]] : [];
    }),
  );
