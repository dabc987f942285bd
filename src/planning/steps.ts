import type { AttachmentRecord } from '../model/attachment';
import { isIPv4 } from '../model/addresses/ip';
import type { Route } from '../model/container';
import { late } from '../model/lasting/late';
import type { MacvlanRecord } from '../model/macvlan';
import type { PhysicalFunction, VirtualFunction } from '../model/functions';
import type { Argv, Step } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import { pfSideOptions } from './vfs/vfSettings';

/** Seconds. */
const usual = 15;
export const step = (title: string, apply: Argv, undo: Argv | 'none', timeout = usual): Step => ({
  title,
  apply,
  undo,
  timeout,
});

const up = (name: string): Argv => ['ip', 'link', 'set', 'dev', name, 'up'];
const down = (name: string): Argv => ['ip', 'link', 'set', 'dev', name, 'down'];
const inside = (argv: Argv): Argv => ['in_ns', ...argv];
const ifStillInside = (name: string, argv: Argv): Argv => ['unless_gone', name, ...argv];

export const bringUp = (name: string, why: string): Step =>
  step(`Bring ${name} up: ${why}`, up(name), down(name));
/** The same for a program that runs later, when it may be up. */
export const keepUp = (name: string, why: string): Step =>
  step(`Bring ${name} up: ${why}`, up(name), ['ip', 'link', 'set', 'dev', name, late('pf_state')]);
export const takeDown = (name: string): Step => step(`Bring ${name} down`, down(name), up(name));

export const saveRecord = (record: AttachmentRecord): Step =>
  step(
    `Record the state of ${record.before.name} on the host`,
    ['save_record', record.vf, JSON.stringify(record)],
    ['drop_record', record.vf],
  );
export const dropRecord = (record: AttachmentRecord): Step => ({
  title: `Remove the record of ${record.before.name}`,
  apply: ['drop_record', record.vf],
  undo: ['save_record', record.vf, JSON.stringify(record)],
  timeout: usual,
});

/** For settings that are changed while a VF is attached: detaching puts them back as well. */
export const updateRecord = (from: AttachmentRecord, to: AttachmentRecord): Step =>
  step(
    `Record on the host what detaching has to restore`,
    ['save_record', to.vf, JSON.stringify(to)],
    ['save_record', from.vf, JSON.stringify(from)],
  );

/**
 * What `recreate_vfs` takes for one VF: its index, its MAC or `-`, the options of `ip link set … vf` on the PF's side; and
 * for each network device that it has on the host, in the order they were made, `--`, that one's name or `-`, MTU, `up` or `down`,
 * its MAC where there are several, and its addresses. None is up on a PF that is down: igbvf would hang.
 */
export function recreateArgument(
  { links }: Pick<HostSnapshot, 'links'>,
  pf: PhysicalFunction,
  vf: VirtualFunction,
): string {
  const { otherPorts = [] } = vf;
  const others = otherPorts.flatMap((port) => links.find(({ name }) => name === port) ?? []);
  // The address of an InfiniBand device is its GUID.
  const hasMac = pf.linkType === undefined;
  const devices = vf.holder.kind === 'host' && vf.name !== null ? [{ ...vf, name: vf.name }, ...others] : [];
  const areKnown = devices.every(({ mtu }) => mtu !== null);
  return [
    ...[`${vf.index}`, (hasMac && otherPorts.length === 0 ? vf.mac : null) ?? '-'],
    ...pfSideOptions(pf, vf),
    ...(areKnown ? devices : []).flatMap(({ name, mtu, up, mac, addresses }) => [
      // A name that a shell would take for a pattern is left to the kernel.
      ...['--', /^[\w.:-]+$/.test(name) ? name : '-', `${mtu}`, pf.up && up ? 'up' : 'down'],
      ...(hasMac && mac !== null && otherPorts.length > 0 ? [mac] : []),
      ...addresses,
    ]),
  ].join(' ');
}

export const moveIn = (vf: VirtualFunction, hostName: string, name: string, target: string): Step =>
  step(
    `Move ${hostName} into ${target}${name === hostName ? '' : ` as ${name}`}`,
    ['ip', 'link', 'set', 'dev', hostName, 'netns', '/proc/self/fd/7', 'name', name],
    ['bring_home', vf.pci, hostName],
  );
export const moveOut = (vf: VirtualFunction, name: string, hostName: string, target: string): Step =>
  step(
    `Move ${name} out of ${target}${name === hostName ? '' : ` and rename it back to ${hostName}`}`,
    ['bring_home', vf.pci, hostName],
    ['take_inside', vf.pci, name],
    30,
  );

export const setMacInside = (name: string, from: string, to: string): Step =>
  step(
    `Set the MAC of ${name} to ${to}`,
    inside(['ip', 'link', 'set', 'dev', name, 'address', to]),
    ifStillInside(name, ['ip', 'link', 'set', 'dev', name, 'address', from]),
  );
export const setMac = (name: string, from: string, to: string): Step =>
  step(
    `Set the MAC of ${name} to ${to}`,
    ['ip', 'link', 'set', 'dev', name, 'address', to],
    [...(['ip', 'link', 'set', 'dev', name, 'address', from] as const)],
  );
export const setMtuInside = (name: string, from: number, to: number): Step =>
  step(
    `Set the MTU of ${name} to ${to}`,
    inside(['ip', 'link', 'set', 'dev', name, 'mtu', `${to}`]),
    ifStillInside(name, ['ip', 'link', 'set', 'dev', name, 'mtu', `${from}`]),
  );
export const setMtu = (name: string, from: number, to: number): Step =>
  step(
    `Set the MTU of ${name} to ${to}`,
    ['ip', 'link', 'set', 'dev', name, 'mtu', `${to}`],
    [...(['ip', 'link', 'set', 'dev', name, 'mtu', `${from}`] as const)],
  );

const addAddressArgv = (name: string, cidr: string): Argv => ['ip', 'addr', 'replace', cidr, 'dev', name];
/** Flushing succeeds when the address isn't there. */
const dropAddressArgv = (name: string, cidr: string): Argv => {
  const [address = ''] = cidr.split('/');
  return ['ip', 'addr', 'flush', 'dev', name, 'to', `${address}/${address.includes(':') ? 128 : 32}`];
};
export const addAddressInside = (name: string, cidr: string): Step =>
  step(
    `Add the address ${cidr} to ${name}`,
    inside(addAddressArgv(name, cidr)),
    ifStillInside(name, dropAddressArgv(name, cidr)),
  );
export const dropAddressInside = (name: string, cidr: string): Step =>
  step(
    `Remove the address ${cidr} from ${name}`,
    ifStillInside(name, dropAddressArgv(name, cidr)),
    inside(addAddressArgv(name, cidr)),
  );
export const addAddress = (name: string, cidr: string): Step =>
  step(`Add the address ${cidr} to ${name}`, addAddressArgv(name, cidr), dropAddressArgv(name, cidr));
export const dropAddress = (name: string, cidr: string): Step =>
  step(`Remove the address ${cidr} from ${name}`, dropAddressArgv(name, cidr), addAddressArgv(name, cidr));

export const bringUpInside = (name: string): Step =>
  step(`Bring ${name} up`, inside(up(name)), ifStillInside(name, down(name)));
export const takeDownInside = (name: string): Step =>
  step(`Bring ${name} down`, inside(down(name)), ifStillInside(name, up(name)));
/** The kernel tells the neighbours of new addresses when the link comes up. */
export const announce = (name: string): Step =>
  setConf(`Announce ${name} to its neighbours when it comes up`, name, 1, [
    'ipv4/arp_notify',
    'ipv6/ndisc_notify',
  ]);
/** Docker turns IPv6 off in containers of its IPv4-only networks, for interfaces to come as well. */
export const enableIPv6 = (name: string): Step =>
  setConf(`Enable IPv6 on ${name}`, name, 0, ['ipv6/disable_ipv6']);
export const disableIPv6 = (name: string): Step =>
  setConf(`Disable IPv6 on ${name}`, name, 1, ['ipv6/disable_ipv6']);
const setConf = (title: string, name: string, value: 0 | 1, keys: string[]): Step =>
  step(title, ['set_conf', name, `${value}`, ...keys], ['set_conf', name, `${1 - value}`, ...keys]);

const routeArguments = ({ destination, family, gateway, device, metric }: Route): string[] => [
  destination,
  ...(gateway ? ['via', ...(family === 4 && !isIPv4(gateway) ? ['inet6'] : []), gateway] : []),
  ...['dev', device],
  ...(metric ? ['metric', `${metric}`] : []),
];
const family = (route: Route): string => `-${route.family}`;
const putRoute = (route: Route): Argv => ['ip', family(route), 'route', 'replace', ...routeArguments(route)];
const flushRoute = (route: Route): Argv => [
  'ip',
  family(route),
  'route',
  'flush',
  'exact',
  route.destination,
  'dev',
  route.device,
];
const via = ({ gateway, device }: Route): string => (gateway ? `${gateway} on ${device}` : device);

/** `instead` is the route of the same destination that ours takes the place of. */
export const addRouteInside = (route: Route, instead: Route | null): Step =>
  step(
    `Route ${route.destination} through ${via(route)}${instead ? ` instead of ${via(instead)}` : ''}`,
    inside(putRoute(route)),
    instead
      ? ifStillInside(instead.device, putRoute(instead))
      : ifStillInside(route.device, flushRoute(route)),
  );
/** The route that comes back in place of those through a VF is not taken away again when that VF was removed meanwhile. */
export const routeInsteadOf = (vf: VirtualFunction, route: Route): Step => {
  const { title, apply } = addRouteInside(route, null);
  const away = ifStillInside(route.device, flushRoute(route));
  return step(title, apply, ['while_there', vf.pci, ...away]);
};
export const dropRouteInside = (route: Route): Step =>
  step(
    `Remove the route to ${route.destination} through ${via(route)}`,
    ifStillInside(route.device, flushRoute(route)),
    inside(putRoute(route)),
  );

export const rename = (vf: VirtualFunction, from: string, to: string): Step =>
  step(`Rename ${from} back to ${to}`, ['rename_here', vf.pci, to], ['rename_here', vf.pci, from]);
const altname = (act: 'add' | 'del', name: string, other: string): Argv => [
  'ip',
  'link',
  'property',
  act,
  'dev',
  name,
  'altname',
  other,
];
export const addAltname = (name: string, other: string): Step =>
  step(
    `Restore the alternative name ${other} of ${name}`,
    ['add_altname', name, other],
    altname('del', name, other),
  );
export const dropAltnameInside = (name: string, other: string): Step =>
  step(`Remove the alternative name ${other} from ${name}`, inside(altname('del', name, other)), [
    'unless_inside',
    other,
    ...ifStillInside(name, altname('add', name, other)),
  ]);
export const dropAltname = (name: string, other: string): Step =>
  step(`Remove the alternative name ${other} from ${name}`, altname('del', name, other), [
    'add_altname',
    name,
    other,
  ]);

export const saveMacvlan = (record: MacvlanRecord): Step =>
  step(
    `Record on the host that ${record.container.name} gets a macvlan`,
    ['save_record', record.key, JSON.stringify(record)],
    ['drop_record', record.key],
  );
export const dropMacvlanRecord = (record: MacvlanRecord): Step =>
  step(
    'Remove the record of the macvlan',
    ['drop_record', record.key],
    ['save_record', record.key, JSON.stringify(record)],
  );
const addMacvlanArgv = ({ inside: name, mac, mode }: MacvlanRecord, lower: string): Argv => [
  ...(['ip', 'link', 'add', 'link', lower, 'name', name] as const),
  ...(mode === 'passthru' ? [] : ['address', mac]),
  ...['netns', '/proc/self/fd/7', 'type', 'macvlan', 'mode', mode],
];
const dropMacvlanArgv = ({ inside: name }: MacvlanRecord): Argv =>
  ifStillInside(name, ['ip', 'link', 'del', 'dev', name]);
/** Made right in the container: nothing of that name is ever seen on the host. */
export const addMacvlan = (record: MacvlanRecord, lower: string): Step =>
  step(
    `Create ${record.inside} in ${record.container.name}, a macvlan on ${lower} in ${record.mode} mode`,
    addMacvlanArgv(record, lower),
    dropMacvlanArgv(record),
  );
export const dropMacvlan = (record: MacvlanRecord, lower: string): Step =>
  step(
    `Remove ${record.inside}, the macvlan on ${lower}, from ${record.container.name}`,
    dropMacvlanArgv(record),
    ['unless_inside', record.inside, ...addMacvlanArgv(record, lower)],
  );
