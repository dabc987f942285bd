import { isRunning, type Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { noMac } from '../../model/values';
import { holderName } from '../tree/vfRow';
import { attachmentOf, isAway, isInUse } from '../tree/vfState';

/** What a filter looks at. */
export interface Searchable {
  /** Whatever may be typed of it, in lower case. */
  text: string;
  /** What is found by its beginning: ids, and MACs without colons. */
  codes: string[];
  vlans: number[];
  isFree?: boolean;
  isRunning?: boolean;
}

type Thing = VirtualFunction | PhysicalFunction | Container;

const known = new WeakMap<HostSnapshot, { of: (thing: Thing) => Searchable | undefined }>();

/** Of each thing of a snapshot, made once: a person who types asks for them at each key. */
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
  const made = { of: (thing: Thing) => all.get(thing) };
  known.set(snapshot, made);
  return made;
}

/** Whose macvlans stand on a function. */
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

/** With its adapter's: whoever types an adapter's name wants its VFs, and may type one of theirs with it. */
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
    ...[...altnames, ...addresses, ...(otherPorts ?? []), ...(owners.get(pci) ?? [])],
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

/** On lines of their own: no word is found half in one and half in the next. */
const joined = (words: (string | null | undefined)[]): string =>
  words
    .filter((word) => word)
    .join('\n')
    .toLowerCase();

const plainMac = (mac: string | null): string => (mac ?? '').replaceAll(':', '').toLowerCase();
