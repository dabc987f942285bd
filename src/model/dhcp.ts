import { anyOf, clients, type ExecutingEngine } from './engines';

/** The DHCP clients of a host that can get an address for a container, in order of preference. */
export const dhcpClients = ['udhcpc', 'busybox udhcpc', 'dhclient'] as const;

/** The argv that is run; `docker exec ID` is for the udhcpc of that container. */
export type DhcpClient = (typeof dhcpClients)[number] | `${ExecutingEngine} exec ${string}`;

/** The udhcpc of a container; undefined where its engine can't run it. */
export const dhcpClientInside = (engine: string, id: string): DhcpClient | undefined =>
  executing.includes(engine) ? (`${engine} exec ${id}` as DhcpClient) : undefined;

export const isDhcpClient = (text: unknown): text is DhcpClient =>
  typeof text === 'string' && (dhcpClients.some((known) => known === text) || inside.test(text));

export const dhcpClientTitle = (client: DhcpClient): string =>
  client.includes(' exec ') ? 'the container’s own udhcpc' : client;

const executing: string[] = clients.flatMap(({ name, client }) => (client.execs ? [name] : []));
const inside = new RegExp(`^${anyOf(executing)} exec [0-9a-f]{12,64}$`);
