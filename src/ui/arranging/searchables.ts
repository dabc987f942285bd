import { isRunning, type Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { meantName, type Kept } from '../../model/lasting/kept';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { noMac } from '../../model/values';
import { holderName } from '../tree/vfRow';
import { keptLabel } from '../tree/keptState';
import { attachmentOf, isAway, isInUse } from '../tree/vfState';

/** What a filter looks at. */
export interface Searchable {
  /** Everything that may be typed to find it, in lower case. */
  text: string;
  /** What is found by its beginning: ids, and MACs without colons. */
  codes: string[];
  vlans: number[];
  isFree?: boolean;
  isRunning?: boolean;
}

type Thing = VirtualFunction | PhysicalFunction | Container | Kept;

const known = new WeakMap<HostSnapshot, { of: (thing: Thing) => Searchable | undefined }>();

/** For each thing of a snapshot, computed once: they are needed at every keystroke. */
export function searchables(snapshot: HostSnapshot) {
  const before = known.get(snapshot);
  if (before) return before;
  const all = new Map<Thing, Searchable>();
  const owners = ownersByFunction(snapshot);
  for (const pf of snapshot.pfs) {
    const adapter = ofAdapter(snapshot, pf, owners);
    all.set(pf, adapter);
    for (const vf of pf.vfs) all.set(vf, ofVf(snapshot, vf, adapter, owners));
  }
  for (const one of snapshot.containers) all.set(one, ofContainer(snapshot, one));
  for (const one of snapshot.kept) all.set(one, ofKept(snapshot, one));
  const made = { of: (thing: Thing) => all.get(thing) };
  known.set(snapshot, made);
  return made;
}

/** Whose macvlans are on a function. */
const ownersByFunction = ({ macvlans }: HostSnapshot): Map<string, string[]> => {
  const owners = new Map<string, string[]>();
  for (const { on, container } of macvlans) owners.set(on, [...(owners.get(on) ?? []), container.name]);
  return owners;
};

function ofAdapter(snapshot: HostSnapshot, pf: PhysicalFunction, owners: Map<string, string[]>): Searchable {
  const { pci, name, driver, mac, model, otherPorts = [] } = pf;
  const holder = isAway(pf) ? holderName(snapshot, pf) : null;
  const onHost = attachmentOf(snapshot, pci)?.record.before.name;
  return {
    text: joined([pci, name, onHost, driver, mac, model, holder, ...otherPorts, ...(owners.get(pci) ?? [])]),
    codes: [plainMac(mac)],
    vlans: [],
  };
}

/** Including its adapter's: typing an adapter's name should find its VFs, alone or with a name of theirs. */
function ofVf(
  snapshot: HostSnapshot,
  vf: VirtualFunction,
  adapter: Searchable,
  owners: Map<string, string[]>,
): Searchable {
  const { pci, index, name, driver, mac, adminMac, vlan, representor, altnames, addresses, otherPorts } = vf;
  const enforced = adminMac === noMac ? null : adminMac;
  const words = [
    // eslint-disable-next-line no-restricted-syntax -- What is searched, not a text.
    `vf ${index}`,
    ...[pci, name, attachmentOf(snapshot, pci)?.record.before.name, driver, mac, enforced, representor],
    ...(isAway(vf) ? [holderName(snapshot, vf)] : []),
    ...(vlan?.id ? ['vlan'] : []),
    ...[...altnames, ...addresses, ...(otherPorts ?? []), ...(owners.get(pci) ?? []), vf.keptFor],
  ];
  return {
    text: `${adapter.text}\n${joined(words)}`,
    codes: [...adapter.codes, plainMac(mac), plainMac(enforced)],
    vlans: vlan?.id ? [vlan.id] : [],
    isFree: !isInUse(vf),
  };
}

function ofContainer(snapshot: HostSnapshot, container: Container): Searchable {
  const { id, name, image, engine, composeProject, composeService, group, rootlessOf, interfaces } =
    container;
  const held = interfaces.map(({ vf }) => vfAt(snapshot, vf));
  const vlans = held.flatMap((one) => one?.vf.vlan?.id || []);
  return {
    text: joined([
      ...[name, image, engine, composeProject, composeService, group, rootlessOf],
      ...interfaces.flatMap((one) => [one.name, one.mac, one.vf, ...one.addresses]),
      ...held.flatMap((one) => (one ? [one.pf.name] : [])),
      ...(vlans.length > 0 ? ['vlan'] : []),
    ]),
    codes: [id, ...interfaces.map(({ mac }) => plainMac(mac))],
    vlans,
    isRunning: isRunning(container),
  };
}

function ofKept(snapshot: HostSnapshot, { intent }: Kept): Searchable {
  const { id, engine, container, vf, hostName, inside, settings } = intent;
  const { vlan, mac = null, addresses = [] } = settings;
  const words = [id, engine, meantName(container), vf, hostName, inside, keptLabel(snapshot, intent), mac];
  return {
    text: joined([...words, ...addresses, ...(vlan ? ['vlan'] : [])]),
    codes: [plainMac(mac)],
    vlans: vlan ? [vlan] : [],
  };
}

/** On separate lines, so that no word matches across two of them. */
const joined = (words: (string | null | undefined)[]): string =>
  words
    .filter((word) => word)
    .join('\n')
    .toLowerCase();

const plainMac = (mac: string | null): string => (mac ?? '').replaceAll(':', '').toLowerCase();
