/** A range of the bus's address space, both ends included. */
export interface AddressRange {
  start: number;
  end: number;
}

/** What decides beforehand whether an adapter's VFs fit where it is plugged in. `null`: couldn't be read. */
export interface VfCapacity {
  /** `sriov_offset`: routing id of VF 0 minus the PF's. Known only once a number of VFs was set, with some adapters. */
  offset: number | null;
  /** `sriov_stride`: from one VF's routing id to the next one's. */
  stride: number | null;
  /** Last bus behind the bridge above the adapter; `null` also where there is no bridge. */
  lastBus: number | null;
  /** The adapter's VF BARs, each with room for all VFs it offers (`resource`, PCI_IOV_RESOURCES). */
  vfBars: VfBar[] | null;
  /** The memory windows of the bridge above; `null` also where there is no bridge. */
  windows: AddressRange[] | null;
  /** `sriov_vf_total_msix`: interrupt vectors that VFs share; `null` when the driver doesn't share them out. */
  msixPool: number | null;
}

export interface VfBar extends AddressRange {
  /** 0 … 5. */
  index: number;
  /** False when the kernel found no place for it: `start` is 0 then. */
  assigned: boolean;
}

/** Why a number of VFs would not come into being, before anybody asks for it. */
export interface Shortage {
  of: 'buses' | 'mmio' | 'msix';
  /** What is short and by how much, one sentence. */
  what: string;
  /** How many VFs there is room for. */
  room: number;
  /** The facts it rests on. */
  evidence: string[];
}

export const unknownRoom: VfCapacity = {
  ...{ offset: null, stride: null, lastBus: null, vfBars: null, windows: null, msixPool: null },
};

/**
 * What `count` VFs of the adapter at `pci` would run out of. Computed as the kernel does it before it switches them on
 * (`sriov_enable` in drivers/pci/iov.c), which then answers ENOMEM: the last VF's bus must be behind the bridge, and
 * every VF BAR must have been given a place. Empty when nothing is short, or nothing is known.
 */
export function shortages(pci: string, room: VfCapacity, count: number): Shortage[] {
  if (count === 0) return [];
  return [...busShortage(pci, room, count), ...mmioShortage(room), ...msixShortage(room, count)];
}

/** How many VFs have their routing id on a bus behind the bridge. */
export function vfsWithinBuses(pci: string, offset: number, stride: number, lastBus: number): number {
  const [, bus = '0', slot = '0', fn = '0'] = /:([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i.exec(pci) ?? [];
  const rid = (parseInt(bus, 16) << 8) | (parseInt(slot, 16) << 3) | Number(fn);
  const last = (lastBus << 8) | 0xff;
  if (rid + offset > last) return 0;
  return stride === 0 ? 1 : Math.floor((last - rid - offset) / stride) + 1;
}

function busShortage(pci: string, { offset, stride, lastBus }: VfCapacity, count: number): Shortage[] {
  // Offset and stride may read as 0 until a number of VFs was set; then they say nothing.
  if (offset === null || stride === null || lastBus === null || offset === 0) return [];
  if (stride === 0 && count > 1) return [];
  const room = vfsWithinBuses(pci, offset, stride, lastBus);
  if (room >= count) return [];
  return [
    {
      of: 'buses',
      what: `The upstream bridge has bus numbers for ${room === 0 ? 'none' : `only ${room}`} of the ${count} VFs.`,
      room,
      evidence: [
        `sriov_offset ${offset}, sriov_stride ${stride}, last bus of the bridge ${lastBus.toString(16).padStart(2, '0')}`,
      ],
    },
  ];
}

function mmioShortage({ vfBars, windows }: VfCapacity): Shortage[] {
  const homeless = (vfBars ?? []).filter(
    (bar) => !bar.assigned || !(windows ?? [bar]).some((window) => within(bar, window)),
  );
  if (homeless.length === 0) return [];
  const wanted = homeless.reduce((sum, bar) => sum + sizeOf(bar), 0);
  const have = windows && windows.reduce((sum, window) => sum + sizeOf(window), 0);
  const bars = homeless.map(({ index }) => index).join(' and ');
  return [
    {
      of: 'mmio',
      what: `VF BAR ${bars} of the adapter (${bytes(wanted)} for all its VFs) does not fit into the memory windows of the upstream bridge${have === null ? '' : ` (${bytes(have)} in total)`}.`,
      room: 0,
      evidence: [
        ...homeless.map((bar) => `VF BAR ${bar.index} ${range(bar)}${bar.assigned ? '' : ', not assigned'}`),
        ...(windows ?? []).map((window) => `bridge window ${range(window)}`),
      ],
    },
  ];
}

/** Each VF takes one vector at least. */
function msixShortage({ msixPool }: VfCapacity, count: number): Shortage[] {
  if (msixPool === null || msixPool >= count) return [];
  return [
    {
      of: 'msix',
      what: `The adapter has ${msixPool} interrupt vectors for VFs, fewer than one for each of the ${count} VFs.`,
      room: msixPool,
      evidence: [`sriov_vf_total_msix ${msixPool}`],
    },
  ];
}

const sizeOf = ({ start, end }: AddressRange): number => end - start + 1;
const within = (inner: AddressRange, outer: AddressRange): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;
const range = ({ start, end }: AddressRange): string => `[mem 0x${start.toString(16)}-0x${end.toString(16)}]`;

/** `512 KiB`, `64 MiB`, `3 GiB`. */
function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${Math.round((count / 1024 ** power) * 10) / 10} ${units[power]}`;
}
