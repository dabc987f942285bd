/** The clients of a host that can get an address by DHCP for a container, the first of them rather than the next. */
export const dhcpClients = ['udhcpc', 'busybox udhcpc', 'dhclient'] as const;

/** What is run, word by word; `docker exec ID` is for the udhcpc of that container. */
export type DhcpClient = (typeof dhcpClients)[number] | `${'docker' | 'podman'} exec ${string}`;

export const isDhcpClient = (text: unknown): text is DhcpClient =>
  typeof text === 'string' &&
  (dhcpClients.some((known) => known === text) || /^(docker|podman) exec [0-9a-f]{12,64}$/.test(text));

export const dhcpClientTitle = (client: DhcpClient): string =>
  client.includes(' exec ') ? 'the container’s own udhcpc' : client;
