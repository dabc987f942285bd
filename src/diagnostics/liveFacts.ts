import type { LiveFacts, LivePf, OtherFunction, VfHolder } from '../model/evidence';
import type { AddressRange, VfBar, VfCapacity } from '../model/vfCapacity';
import { EvidenceFormatError } from './evidenceFormatError';

/** Turns a part of a JSON document into a value; `where` names the part in the error. */
type Reader<T> = (value: unknown, where: string) => T;

/**
 * Reads the `live` part of an evidence file, which a log doesn't have. Fields that the file leaves out are unknown;
 * throws EvidenceFormatError when one is of another type.
 */
export const readLiveFacts: Reader<LiveFacts> = (value, where) => liveFacts(value, where);

const text: Reader<string> = (value, where) =>
  typeof value === 'string' ? value : fail(where, 'must be a string');
const number: Reader<number> = (value, where) =>
  typeof value === 'number' ? value : fail(where, 'must be a number');
const oneOf =
  <T extends string>(values: readonly T[]): Reader<T> =>
  (value, where) =>
    values.find((one) => one === value) ?? fail(where, `must be one of ${values.join(', ')}`);
const holderKinds = ['host', 'container', 'netns', 'vfio', 'none', 'orphan'] as const;
const flag: Reader<boolean> = (value = false, where) =>
  typeof value === 'boolean' ? value : fail(where, 'must be true or false');
const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, where) =>
    value === undefined || value === null ? null : read(value, where);
const list =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value = [], where) =>
    Array.isArray(value)
      ? value.map((one, at) => read(one, `${where}[${at}]`))
      : fail(where, 'must be a list');
const object =
  <T extends object>(fields: { [K in keyof T]-?: Reader<T[K]> }): Reader<T> =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fail(where, 'must be an object');
    const given = value as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries<Reader<unknown>>(fields).map(([name, read]) => [
        name,
        read(given[name], `${where}.${name}`),
      ]),
    ) as T;
  };

function fail(where: string, what: string): never {
  throw new EvidenceFormatError(`"${where}" ${what}.`);
}

const vfCapacity = object<VfCapacity>({
  offset: orNull(number),
  stride: orNull(number),
  lastBus: orNull(number),
  vfBars: orNull(list(object<VfBar>({ index: number, start: number, end: number, assigned: flag }))),
  windows: orNull(list(object<AddressRange>({ start: number, end: number }))),
  msixPool: orNull(number),
});

const maybe =
  <T>(read: Reader<T>): Reader<T | undefined> =>
  (value, where) =>
    value === undefined ? undefined : read(value, where);
const holders = list(
  object<VfHolder>({
    ...{ vf: text, kind: oneOf(holderKinds) },
    ...{ brings: maybe(list(text)), clear: maybe(list(text)) },
  }),
);

const livePf = object<LivePf>({
  pci: text,
  name: orNull(text),
  driver: orNull(text),
  vendorId: orNull(text),
  deviceId: orNull(text),
  totalVfs: orNull(number),
  numVfs: orNull(number),
  up: orNull(flag),
  carrier: orNull(flag),
  driversAutoprobe: orNull(flag),
  iommuGroup: orNull(number),
  linkSpeed: object({ current: orNull(text), max: orNull(text) }),
  room: (value = {}, where) => vfCapacity(value, where),
  vfModule: orNull(text),
  vfs: list(object({ pci: text, driver: orNull(text), name: orNull(text), iommuGroup: orNull(number) })),
});

const liveFacts = object<LiveFacts>({
  hostname: orNull(text),
  kernel: orNull(text),
  virtualization: orNull(text),
  insideContainer: orNull(flag),
  isRoot: flag,
  cpuVendor: orNull(text),
  architecture: maybe(orNull(text)),
  iommuUnits: orNull(list(text)),
  iommuGroups: orNull(number),
  acpiTables: orNull(list(text)),
  dmesgReadable: flag,
  blacklistedModules: list(text),
  pfs: list(livePf),
  otherFunctions: maybe(
    list(
      object<OtherFunction>({ pci: text, pciClass: text, totalVfs: orNull(number), driver: orNull(text) }),
    ),
  ),
  holders: maybe(holders),
  engines: list(object({ engine: text, status: text, detail: text })),
});
