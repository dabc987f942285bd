import type { Route } from '../model/container';
import type { HostLink } from '../model/snapshot';
import type { IpDevice, IpRoute } from './ipJson';
import { representedBy } from './eswitch/ports';

/** Configured addresses; the kernel's own link-local ones come and go with the link. */
export const addressesOf = (device: IpDevice): string[] =>
  device.addr_info.flatMap(({ local, prefixlen, scope }) =>
    local === undefined || prefixlen === undefined || scope === 'link' ? [] : [`${local}/${prefixlen}`],
  );

export const isUp = (device: IpDevice): boolean => device.flags.includes('UP');

/** The function that a network device belongs to: a representor has the PCI address of its PF, but isn't the PF's device. */
export const pciOf = (device: IpDevice): string | null =>
  device.parentbus === 'pci' && device.parentdev && !representedBy(device) ? device.parentdev : null;

export const toLink = (device: IpDevice): HostLink => {
  const represents = representedBy(device);
  return { ...plainLink(device), ...(represents ? { represents } : {}) };
};

const plainLink = (device: IpDevice): HostLink => ({
  index: device.ifindex,
  name: device.ifname,
  mac: device.address ?? null,
  up: isUp(device),
  carrier: device.flags.includes('LOWER_UP'),
  mtu: device.mtu ?? null,
  kind: device.linkinfo?.info_kind ?? null,
  master: device.master ?? null,
  lower: device.link ?? null,
  pci: pciOf(device),
  altnames: device.altnames,
  addresses: addressesOf(device),
});

/** Routes of the main table that the kernel didn't make itself. */
export const configuredRoutes = (routes: IpRoute[]): Route[] =>
  routes
    .filter(
      (route) =>
        ['main', undefined].includes(route.table) && !['kernel', 'ra'].includes(route.protocol ?? ''),
    )
    .flatMap((route) =>
      (route.nexthops ?? [{ dev: route.dev, gateway: route.gateway ?? route.via?.host }]).flatMap(
        ({ dev, gateway }) => (dev === undefined ? [] : [toRoute(route, dev, gateway)]),
      ),
    );

const toRoute = (route: IpRoute, device: string, gateway: string | undefined): Route => ({
  destination: route.dst,
  family: route.family,
  gateway: gateway ?? null,
  device,
  metric: route.metric ?? null,
});
