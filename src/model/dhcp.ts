/** The clients that can get an address by DHCP for a container; what is run, with its first word. */
export const dhcpClients = ['udhcpc', 'busybox udhcpc'] as const;

export type DhcpClient = (typeof dhcpClients)[number];
