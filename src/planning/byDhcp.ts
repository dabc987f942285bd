import { isIPv4 } from '../model/addresses/ip';
import { refuse, type NamespaceRef, type Plan, type Refusal, type Step } from '../model/plan';
import type { AttachRequest } from '../model/request';
import type { Container } from '../model/container';
import { dhcpClientTitle, type DhcpClient } from '../model/dhcp';
import { functionAt, type HostSnapshot } from '../model/snapshot';
import { step } from './steps';

/** Why an address can't come by DHCP; undefined if it can, or if none was requested. */
export function badDhcp(
  snapshot: HostSnapshot,
  container: Container,
  { dhcp, addresses = [], gateway }: AttachRequest,
): Refusal | undefined {
  if (!dhcp) return undefined;
  const given = addresses.find((address) => isIPv4(address.split('/')[0] ?? ''));
  if (given !== undefined || (gateway !== undefined && isIPv4(gateway)))
    return refuse(
      'invalid',
      `DHCP provides the IPv4 address and its gateway; omit either ${given ?? gateway} or DHCP.`,
    );
  return dhcpClientFor(snapshot, container)
    ? undefined
    : {
        ...refuse(
          'limit',
          `Neither ${snapshot.host.id} nor ${container.name} has a supported DHCP client (udhcpc; on the host also dhclient); install the package busybox on the host, or specify the address.`,
        ),
        lacks: 'dhcp-client',
      };
}

/** The host's own client rather than the container's, which depends on its image. */
export const dhcpClientFor = ({ host }: HostSnapshot, container: Container): DhcpClient | undefined =>
  host.dhcpClient ?? container.dhcpClient;

/** Beside the attachment: `key` is that of its record. */
export const startDhcp = (key: string, name: string, to: NamespaceRef, client: DhcpClient): Step =>
  step(
    `Get an address for ${name} by DHCP and keep it renewed (${dhcpClientTitle(client)})`,
    ['start_dhcp', key, name, to.path, `${to.inode}`, ...client.split(' ')],
    ['stop_dhcp', key, name, ...client.split(' ')],
    40,
  );

export const stopDhcp = (
  { key, dhcp }: { key: string; dhcp?: DhcpClient },
  name: string,
  from: NamespaceRef | null,
): Step[] =>
  dhcp === undefined
    ? []
    : [
        step(
          `Release the DHCP lease of ${name}`,
          ['stop_dhcp', key, name, ...dhcp.split(' ')],
          from ? ['start_dhcp', key, name, from.path, `${from.inode}`, ...dhcp.split(' ')] : ['true'],
          25,
        ),
      ];

/** The IPv4 addresses that an attachment got by DHCP; empty when it asked for none. */
export function leasedAddresses({ request, promises }: Plan, now: HostSnapshot): string[] {
  if (request?.kind !== 'attach' || !request.dhcp) return [];
  const promise = promises.at(-1);
  const mac = promise?.kind === 'macvlan' && now.macvlans.find(({ key }) => key === promise.key)?.mac;
  const addresses = mac
    ? now.containers.flatMap(({ interfaces }) => interfaces).find((one) => one.mac === mac)?.addresses
    : functionAt(now, promise?.kind === 'vf-inside' ? promise.vf : null)?.addresses;
  return (addresses ?? []).filter((address) => isIPv4(address.split('/')[0] ?? ''));
}
