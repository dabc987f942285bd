import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { AttachRequest, WantedRoute } from '../../model/request';
import { parseRoute } from '../../model/values';

/** What is known of an attachment so far; texts are as they were typed, empty means "not asked for". */
export interface AttachDraft {
  vf?: VirtualFunction;
  container?: Container;
  name: string;
  addresses: string;
  gateway: string;
  routes: string;
  mac: string;
  vlan: string;
  mtu: string;
  then: Then;
}

export type Then = 'attach' | 'show-plan' | 'more';

export const emptyDraft: AttachDraft = {
  name: '',
  addresses: '',
  gateway: '',
  routes: '',
  mac: '',
  vlan: '',
  mtu: '',
  then: 'attach',
};

/** The addresses of a text, separated by spaces or commas. */
export const splitAddresses = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** The routes of a text, separated by spaces; a text among them is what is wrong with one. */
export const splitRoutes = (text: string): (WantedRoute | string)[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(parseRoute);

/** The request, as soon as VF and container are known. Nothing that is as it would be anyway is in it. */
export function requestFrom(draft: AttachDraft): AttachRequest | undefined {
  const { vf, container, name, gateway, mac, vlan, mtu } = draft;
  if (!vf || !container) return undefined;
  const addresses = splitAddresses(draft.addresses);
  const routes = splitRoutes(draft.routes).flatMap((route) => (typeof route === 'string' ? [] : [route]));
  return {
    kind: 'attach',
    vf: vf.pci,
    container: container.id,
    engine: container.engine,
    ...(name !== '' && name !== vf.name ? { name } : {}),
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(addresses.length > 0 && gateway !== '' ? { gateway } : {}),
    ...(routes.length > 0 ? { routes } : {}),
    ...(mac !== '' ? { mac: mac.toLowerCase() } : {}),
    ...(vlan !== '' ? { vlan: Number(vlan) } : {}),
    ...(mtu !== '' ? { mtu: Number(mtu) } : {}),
  };
}

/** `as eth1 · 192.0.2.10/24 · via 192.0.2.1`. */
export function summary({ name, vf, addresses, gateway, routes, mac, vlan, mtu }: AttachDraft): string {
  const all = splitAddresses(addresses);
  return [
    `as ${name || (vf?.name ?? '?')}`,
    all.length > 0 ? all.join(', ') : 'no address',
    ...(all.length > 0 && gateway !== '' ? [`via ${gateway}`] : []),
    ...(routes !== '' ? [`routes ${routes}`] : []),
    ...(mac !== '' ? [`MAC ${mac}`] : []),
    ...(vlan !== '' ? [`VLAN ${vlan}`] : []),
    ...(mtu !== '' ? [`MTU ${mtu}`] : []),
  ].join(' · ');
}
