import { l10n } from 'vscode';
import type { VirtualFunction } from '../../model/functions';
import { isDhcp, normalMac } from '../../model/values';

/** All answers except what goes where; as typed, empty means "not asked for". */
export const answerKeys = ['name', 'addresses', 'gateway', 'routes', 'mac', 'vlan', 'trust', 'mtu'] as const;
export type Answers = Record<(typeof answerKeys)[number], string>;
export const answersIn = (draft: Answers): Answers =>
  Object.fromEntries(answerKeys.map((key) => [key, draft[key]])) as Answers;
export const emptyAnswers = Object.fromEntries(answerKeys.map((key) => [key, ''])) as Answers;

/** Answers all questions about an attachment at once, and names the VF, if it does. */
export interface StartingPoint {
  answers: Answers;
  vf?: VirtualFunction;
}

/** The addresses of a text, separated by spaces or commas; `dhcp` may be among them. */
export const splitAddresses = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => (isDhcp(word) ? 'dhcp' : word));

/** `192.0.2.10/24 via 192.0.2.1`, as `ip route` writes it: the addresses, and the gateway of the default route; undefined without “via”. */
export function splitVia(text: string): { addresses: string; gateway: string | undefined } {
  const [, addresses = text, gateway] = /^(.*?)\bvia\b(.*)$/i.exec(text) ?? [];
  return { addresses: addresses.trim(), gateway: gateway?.trim() };
}

export const withVia = ({ addresses, gateway }: Pick<Answers, 'addresses' | 'gateway'>): string =>
  [addresses, ...(gateway === '' ? [] : ['via', gateway])].join(' ');

/** The same in parts, without the name where the usual one is taken. */
export function answersText({ name, addresses, gateway, routes, mac, vlan, trust, mtu }: Answers): string[] {
  const all = splitAddresses(addresses);
  return [
    ...(name === '' ? [] : [l10n.t('as {0}', name)]),
    all.length > 0 ? all.join(', ') : l10n.t('no address'),
    ...(all.length > 0 && gateway !== '' ? [l10n.t('via {0}', gateway)] : []),
    ...(routes !== '' ? [l10n.t('routes {0}', routes)] : []),
    ...(mac !== '' ? [l10n.t('MAC {0}', normalMac(mac))] : []),
    ...(vlan !== '' ? [l10n.t('VLAN {0}', vlan)] : []),
    ...(trust === 'on' ? [l10n.t('trusted')] : trust === 'off' ? [l10n.t('not trusted')] : []),
    ...(mtu !== '' ? [l10n.t('MTU {0}', mtu)] : []),
  ];
}
