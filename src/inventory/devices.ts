import type { Route } from '../model/container';
import type { Vlan, VfSettings } from '../model/functions';
import type { HostLink } from '../model/snapshot';
import type { IpDevice, IpRoute, IpVf } from './ipJson';

/** Addresses that somebody configured; the kernel's own link-local ones come and go with the link. */
export const addressesOf = (device: IpDevice): string[] =>
  device.addr_info.flatMap(({ local, prefixlen, scope }) =>
    local === undefined || prefixlen === undefined || scope === 'link' ? [] : [`${local}/${prefixlen}`],
  );

export const isUp = (device: IpDevice): boolean => device.flags.includes('UP');

export const pciOf = (device: IpDevice): string | null =>
  device.parentbus === 'pci' && device.parentdev ? device.parentdev : null;

export const toLink = (device: IpDevice): HostLink => ({
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

const unknownSettings: VfSettings = {
  adminMac: null,
  vlan: null,
  trust: null,
  spoofchk: null,
  linkState: null,
  minTxRate: null,
  maxTxRate: null,
};

/** What the PF says of one of its VFs; all `null` when it says nothing. */
export function settingsOf(vf: IpVf | undefined): VfSettings {
  if (!vf) return unknownSettings;
  return {
    adminMac: vf.address ?? vf.mac ?? null,
    vlan: vlanOf(vf),
    trust: vf.trust ?? null,
    spoofchk: vf.spoofchk ?? null,
    linkState: linkState(vf.link_state),
    minTxRate: vf.rate?.min_tx ?? null,
    maxTxRate: vf.rate?.max_tx ?? null,
  };
}

/** Some drivers report "no VLAN" as 4095 (mlx), or as an empty list. */
function vlanOf(vf: IpVf): Vlan {
  const { vlan, qos, protocol } = vf.vlan_list?.[0] ?? vf;
  const id = vlan === undefined || vlan === 4095 ? 0 : vlan;
  return {
    id,
    qos: id === 0 ? 0 : (qos ?? 0),
    proto: protocol?.toLowerCase() === '802.1ad' ? '802.1ad' : '802.1Q',
  };
}

const linkState = (text: string | undefined): VfSettings['linkState'] =>
  text === 'auto' || text === 'enable' || text === 'disable' ? text : null;
