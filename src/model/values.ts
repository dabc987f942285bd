/**
 * The values a user types, and what is wrong with them. Each returns one sentence, or undefined when the value is fine;
 * the command line and the workbench ask the same functions.
 */
import { hostBits, inNetwork, isIP, isIPv4, roleOf, sameAddress } from './addresses/ip';

/** The kernel's rules for a device name: 1–15 bytes, no `/`, no `:`, no white space, not `.` or `..` (`dev_valid_name`). */
export function interfaceNameProblem(name: string, taken: readonly string[] = []): string | undefined {
  const bytes = new TextEncoder().encode(name).length;
  if (name === '') return 'An interface needs a name.';
  if (bytes > 15) return `"${name}" has ${bytes} bytes; the kernel takes 15 at most.`;
  if (name === '.' || name === '..' || /[/:\s\0-\x1f\x7f]/.test(name))
    return `"${name}" is not a valid interface name: no spaces, "/" or ":".`;
  if (name.startsWith('-') || name.includes('%'))
    return `"${name}" would break tools: no leading "-" and no "%".`;
  if (['default', 'all', 'lo'].includes(name)) return `"${name}" is a reserved name.`;
  if (taken.includes(name)) return `"${name}" is already taken there.`;
  return undefined;
}

/** A name that says nothing of the device, but how many there were: the kernel's own, a container engine's, a CNI plugin's. */
export const isCountedName = (name: string): boolean => /^(?:eth|dev|net)\d+$/.test(name);

export function cidrProblem(cidr: string): string | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  if (!isIP(address)) return `"${cidr}" is not an address with a prefix length, such as 192.0.2.10/24.`;
  if (prefix === undefined || !/^\d{1,3}$/.test(prefix) || rest.length > 0)
    return `"${cidr}" lacks a prefix length, such as ${address}/${isIPv4(address) ? 24 : 64}.`;
  const most = isIPv4(address) ? 32 : 128;
  return Number(prefix) > most ? `The prefix length of "${cidr}" is above ${most}.` : undefined;
}

/** Addresses that no host on a network has. */
const nobodys: [network: string, what: string][] = [
  ['0.0.0.0/8', 'in 0.0.0.0/8, which is not a host address'],
  ['127.0.0.0/8', 'a loopback address'],
  ['224.0.0.0/4', 'a multicast address'],
  ['255.255.255.255/32', 'the broadcast address'],
  ['::/128', 'the unspecified address'],
  ['::1/128', 'the loopback address'],
  ['ff00::/8', 'a multicast address'],
];

const nobodysProblem = (address: string): string | undefined => {
  const what = nobodys.find(([network]) => inNetwork(address, network))?.[1];
  return what && `${address} is ${what}; it can't be the address of an interface.`;
};

/** An address with its prefix length that an interface on a network can have. */
export function addressProblem(cidr: string): string | undefined {
  const problem = cidrProblem(cidr);
  if (problem) return problem;
  const [address = '', prefix] = cidr.split('/');
  const role = roleOf(address, Number(prefix));
  if (nobodysProblem(address)) return nobodysProblem(address);
  if (role === 'network') return `"${cidr}" is a network; specify an address in it.`;
  return role === 'broadcast'
    ? `"${cidr}" is the broadcast address of its network; specify another address.`
    : undefined;
}

/** All the addresses of one interface. */
export function addressesProblem(cidrs: readonly string[]): string | undefined {
  const problem = cidrs.map(addressProblem).find((text) => text !== undefined);
  const twice = cidrs.find((cidr, index) => cidrs.slice(0, index).some((other) => sameAddress(cidr, other)));
  return problem ?? (twice === undefined ? undefined : `${twice} is given twice.`);
}

/** What stands among addresses for one that DHCP gives. */
export const isDhcp = (text: string): boolean => text.toLowerCase() === 'dhcp';

/**
 * A MAC as the kernel prints it, with colons and in lower case, from any of the usual spellings: 02-00-00-12-34-56,
 * 0200.0012.3456, 020000123456. A text that is no MAC stays as it is.
 */
export const normalMac = (text: string): string =>
  spellings.some((spelling) => spelling.test(text))
    ? text
        .toLowerCase()
        .replace(/[^0-9a-f]/g, '')
        .replace(/..(?!$)/g, '$&:')
    : text;

const spellings = [
  /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i,
  /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i,
  /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i,
  /^[0-9a-f]{12}$/i,
];

/** A unicast MAC of six bytes that isn't all zero, in any of the usual spellings. */
export function macProblem(given: string): string | undefined {
  const mac = normalMac(given);
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac))
    return `"${given}" is not a MAC address such as 02:00:00:12:34:56.`;
  if (parseInt(mac.slice(0, 2), 16) & 1)
    return `"${given}" is a multicast address; the first byte must be even.`;
  if (mac === noMac) return 'The all-zero MAC is not a valid address.';
  return undefined;
}

export const vlanProblem = (vlan: string): string | undefined =>
  /^\d{1,4}$/.test(vlan) && Number(vlan) >= 1 && Number(vlan) <= 4094
    ? undefined
    : `A VLAN is a number from 1 to 4094, not "${vlan}".`;

/** The VF's port VLAN, set on the PF. `id` 0 means none. */
export interface Vlan {
  id: number;
  qos: number;
  proto: '802.1Q' | '802.1ad';
}

/** Reads `ID[:QOS[:PROTO]]`, such as 42, 42:3 or 42:3:802.1ad; 0 is no VLAN. A text is what is wrong with it. */
export function parseVlan(given: string): Vlan | string {
  const [id = '', qos = '0', proto = '802.1Q', ...rest] = given.split(':');
  if (rest.length > 0) return `"${given}" is not ID[:QOS[:PROTO]], such as 42:3:802.1ad.`;
  if (id !== '0' && vlanProblem(id)) return `A VLAN is a number from 1 to 4094, or 0 for none, not "${id}".`;
  if (!/^[0-7]$/.test(qos)) return `The priority of a VLAN is a number from 0 to 7, not "${qos}".`;
  const known = (['802.1Q', '802.1ad'] as const).find((name) => name.toLowerCase() === proto.toLowerCase());
  if (!known) return `The protocol of a VLAN is 802.1Q or 802.1ad, not "${proto}".`;
  if (id === '0' && (qos !== '0' || known !== '802.1Q'))
    return 'VLAN 0 means no VLAN, so it takes no priority or protocol.';
  return { id: Number(id), qos: Number(qos), proto: known };
}

/** As {@link parseVlan} reads it; what is usual isn't there. */
export function vlanText({ id, qos, proto }: Vlan): string {
  const usual = proto === '802.1Q';
  return [id, ...(qos || !usual ? [qos] : []), ...(usual ? [] : [proto])].join(':');
}

/** Mbit/s; 0 is no limit. */
export const rateProblem = (rate: string): string | undefined =>
  /^\d{1,7}$/.test(rate) ? undefined : `A rate is a number of Mbit/s, 0 for no limit, not "${rate}".`;

/** The MAC that a PF enforces; all zeros means none. */
export const adminMacProblem = (mac: string): string | undefined =>
  normalMac(mac) === noMac ? undefined : macProblem(mac);
export const noMac = '00:00:00:00:00:00';

/** The name of a kernel driver, or `none`. */
export const driverProblem = (driver: string): string | undefined =>
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(driver)
    ? undefined
    : `"${driver}" is not the name of a driver, such as igbvf or vfio-pci.`;

export const mtuProblem = (mtu: string, most = 65535): string | undefined =>
  /^\d{2,5}$/.test(mtu) && Number(mtu) >= 68 && Number(mtu) <= most
    ? undefined
    : `An MTU is a number from 68 to ${most}, not "${mtu}".`;

/** A count of VFs between 0 and `total` (`sriov_totalvfs`). */
export function vfCountProblem(count: string, total: number | null): string | undefined {
  if (!/^\d{1,5}$/.test(count)) return `"${count}" is not a number of VFs.`;
  if (total !== null && Number(count) > total)
    return `This adapter offers at most ${total} VFs (sriov_totalvfs).`;
  return undefined;
}

/** A route through the new interface: by a gateway, or to what is on its own link. */
export interface WantedRoute {
  /** CIDR. */
  destination: string;
  gateway?: string;
}

/** Reads `CIDR[,IP]`, such as 192.0.2.0/24,10.0.0.1. A text is what is wrong with it. */
export function parseRoute(given: string): WantedRoute | string {
  const [destination = '', gateway, ...rest] = given.split(',');
  const problem =
    rest.length > 0
      ? `"${given}" is not CIDR[,IP], such as 192.0.2.0/24,10.0.0.1.`
      : cidrProblem(destination);
  if (problem !== undefined) return problem;
  if (gateway === undefined) return { destination };
  const [address = ''] = destination.split('/');
  if (!isIP(gateway)) return `"${gateway}" is not an IP address.`;
  return isIPv4(gateway) === isIPv4(address)
    ? { destination, gateway }
    : `${destination} and ${gateway} are of different address families.`;
}

/** `direct` are the destinations that are reached by the interface itself. */
export function routeProblem(
  { destination, gateway }: WantedRoute,
  addresses: readonly string[],
  direct: readonly string[],
): string | undefined {
  const [address = '', prefix] = destination.split('/');
  if (!inNetwork(address, destination) || hostBits(address, Number(prefix)))
    return `"${destination}" is a host address, not a network.`;
  return gateway === undefined ? undefined : gatewayProblem(gateway, addresses, direct);
}

/**
 * A gateway must be reached: through one of the interface's own networks, or through a route to it by the interface itself,
 * one of `direct`. An interface that has only host addresses (/32, /128) has no network; its gateway gets such a route.
 */
export function gatewayProblem(
  gateway: string,
  addresses: readonly string[],
  direct: readonly string[] = [],
): string | undefined {
  if (!isIP(gateway)) return `"${gateway}" is not an IP address.`;
  if (nobodysProblem(gateway)) return nobodysProblem(gateway);
  if (addresses.some((address) => sameAddress(address, gateway)))
    return `${gateway} is the interface's own address.`;
  const own = addresses.find((address) => inNetwork(gateway, address));
  const role = own && isIPv4(gateway) ? roleOf(gateway, Number(own.split('/')[1])) : 'host';
  if (role !== 'host')
    return `${gateway} is the ${role === 'network' ? 'network address' : 'broadcast address'} of the interface's network (${own}), not a host's.`;
  if ([...addresses, ...direct, 'fe80::/10'].some((network) => inNetwork(gateway, network))) return undefined;
  const bits = isIPv4(gateway) ? 32 : 128;
  const ofFamily = addresses.filter((address) => isIPv4(address.split('/')[0] ?? '') === isIPv4(gateway));
  if (ofFamily.length > 0 && ofFamily.every((address) => address.endsWith(`/${bits}`))) return undefined;
  return `${gateway} is not in a network of the interface (${addresses.join(', ') || 'it has no address'}); add a route to ${gateway}/${bits} to reach it.`;
}
