import {
  rangeOf,
  type Declared,
  type DeclaredAdapter,
  type NicSelector,
  type Path,
  type VfGroup,
} from '../../model/declared/declared';
import type { Block } from '../../model/declared/declaredPlan';
import type { PhysicalFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { called } from '../resolve';

/** An adapter of the host, and what is declared for it. */
export interface WantedAdapter {
  pf: PhysicalFunction;
  label: string;
  about: DeclaredAdapter;
  /** Where that is in the file. */
  path: Path;
  /** VFs that it will have. */
  count: number;
  /** Its VFs are removed on the way there, and all are new. */
  isRemade: boolean;
}

/** What is declared for each adapter of the host, in PCI order; and what can't be meant. */
export function wantedAdapters(
  snapshot: HostSnapshot,
  { adapters = [] }: Declared,
): { wanted: WantedAdapter[]; blocks: Block[] } {
  const blocks: Block[] = [];
  const wanted = new Map<string, WantedAdapter>();
  for (const [at, about] of adapters.entries()) {
    const path = ['adapters', at];
    const block = (text: string) => blocks.push({ path: [...path, 'nicSelector'], text });
    const meant = snapshot.pfs.filter((pf) => isMeant(snapshot, pf, about.nicSelector));
    if (meant.length === 0)
      block(
        `${snapshot.host.id} has no adapter ${selectorText(about.nicSelector)}; it has ${namesOf(snapshot)}.`,
      );
    for (const pf of meant) {
      const label = pf.name ?? pf.pci;
      if (wanted.has(pf.pci)) block(`Two adapters in the file refer to ${label}.`);
      const count = about.numVfs ?? pf.numVfs ?? 0;
      wanted.set(pf.pci, { pf, label, about, path, count, isRemade: pf.numVfs !== count });
    }
  }
  const all = [...wanted.values()].sort((a, b) => (a.pf.pci < b.pf.pci ? -1 : 1));
  return { wanted: all, blocks: [...blocks, ...all.flatMap(misfit)] };
}

/** What can't be reached, whatever is done. */
function misfit({ pf, label, about, path, count }: WantedAdapter): Block[] {
  const ends = (about.vfGroups ?? []).map(({ vfRange }) => rangeOf(vfRange).to);
  const last = Math.max(-1, ...ends);
  const group = [...path, 'vfGroups', ends.indexOf(last), 'vfRange'];
  return [
    ...(about.eSwitchMode !== undefined && about.eSwitchMode !== (pf.eswitchMode ?? 'legacy')
      ? [{ path: [...path, 'eSwitchMode'], text: otherSwitch(pf, label, about.eSwitchMode) }]
      : []),
    ...(last >= count
      ? [
          {
            path: group,
            text: `${label} has no VF ${last}: it ${about.numVfs === undefined ? 'has' : 'is to have'} ${count} VFs.`,
          },
        ]
      : []),
  ];
}

/** All VFs end with it, whoever has them, and a driver that can't do it may leave the adapter without its device. */
function otherSwitch({ pci, numVfs, eswitchMode }: PhysicalFunction, label: string, mode: string): string {
  const first = numVfs === 0 ? 'Run' : 'Remove its VFs, then run';
  return `${label} is in ${eswitchMode ?? 'legacy'} mode, not in ${mode} mode, and that can't be changed from here: its VFs would end. ${first} "devlink dev eswitch set pci/${pci} mode ${mode}" as root, and apply the file.`;
}

/** The group that a VF is in. */
export const groupOf = ({ about }: WantedAdapter, index: number): VfGroup | undefined =>
  about.vfGroups?.find((group) => isIn(group, index));

/** Where in the file it is said what a VF has: its group, else its adapter. */
export function groupPath({ about, path }: WantedAdapter, index: number): Path {
  const at = about.vfGroups?.findIndex((group) => isIn(group, index)) ?? -1;
  return at < 0 ? path : [...path, 'vfGroups', at];
}

function isIn({ vfRange }: VfGroup, index: number): boolean {
  const { from, to } = rangeOf(vfRange);
  return index >= from && index <= to;
}

const isMeant = (
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  { rootDevices, pfNames, vendor, deviceID }: NicSelector,
): boolean =>
  (rootDevices?.includes(pf.pci) ?? true) &&
  (pfNames?.some((name) => called(snapshot, name)(pf)) ?? true) &&
  (vendor === undefined || sameId(pf.vendorId, vendor)) &&
  (deviceID === undefined || sameId(pf.deviceId, deviceID));

const sameId = (shown: string | null, given: string): boolean =>
  shown !== null && parseInt(shown, 16) === parseInt(given, 16);

const selectorText = (selector: NicSelector): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key} ${[value].flat().join(', ')}`)
    .join(' and ');

const namesOf = ({ pfs }: HostSnapshot): string =>
  pfs.map(({ name, pci }) => (name === null ? pci : `${name} (${pci})`)).join(', ') || 'none';
