import { l10n } from 'vscode';
import {
  addressesProblem,
  gatewayProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  routeProblem,
  vlanProblem,
} from '../../model/values';
import { pfOf, type HostSnapshot } from '../../model/snapshot';
import { takenAddressProblem, takenMacProblem } from '../../planning/taken';
import type { TextQuestion } from '../dialogs/dialogs';
import { byHand, isMacvlan, proposedName, splitRoutes, type AttachDraft } from './attachDraft';
import { splitAddresses, splitVia, withVia } from './answers';

export type TextField = 'name' | 'addresses' | 'routes' | 'mac' | 'vlan' | 'mtu';
type Question = Pick<TextQuestion, 'prompt' | 'placeholder' | 'problem'> & {
  value?: string;
  /** What an answer says, where that is more than the value itself. */
  read?: (text: string) => Partial<AttachDraft>;
};

/** What is asked for each value, and what is wrong with an answer. All but the name may stay empty. */
export const questions: Record<TextField, (draft: AttachDraft, snapshot: HostSnapshot) => Question> = {
  name: (draft) => ({
    value: proposedName(draft),
    prompt: [whatName(draft), whyKeep(draft)].filter(Boolean).join(' '),
    problem: (text) =>
      interfaceNameProblem(
        text,
        draft.container?.interfaces.flatMap((one) => [one.name, ...one.altnames]) ?? [],
      ),
  }),
  addresses: (draft) => ({
    value: withVia(draft),
    prompt: l10n.t(
      'Addresses with prefix length, separated by spaces, and “via” a gateway for a default route; or dhcp. Leave empty for none.',
    ),
    placeholder: l10n.t('192.0.2.10/24 via 192.0.2.1, or dhcp'),
    problem(text) {
      const { addresses, gateway } = splitVia(text);
      const bad = badAddresses(draft, addresses);
      return bad ?? (gateway === undefined ? undefined : gatewayProblem(gateway, byHand(addresses)));
    },
    read(text) {
      const { addresses, gateway = '' } = splitVia(text);
      return { addresses, gateway };
    },
  }),
  routes: ({ addresses }) => ({
    prompt: l10n.t(
      'More routes, separated by spaces, each as NETWORK or NETWORK,GATEWAY. Leave empty for none.',
    ),
    placeholder: '192.0.2.0/24,10.0.0.1 198.51.100.0/24',
    problem: (text) => routesProblem(text, byHand(addresses)),
  }),
  mac: (draft, snapshot) => ({
    prompt: whatMac(draft),
    placeholder: '02:00:00:12:34:56',
    problem: optional(
      (text) =>
        macProblem(text) ?? takenMacProblem(snapshot, text, isMacvlan(draft) ? undefined : draft.vf?.pci),
    ),
  }),
  vlan: ({ vf }) => ({
    prompt: vf?.vlan?.id
      ? l10n.t(
          'VLAN that the adapter tags its frames with, invisible to the container. Leave empty to keep {0}; 0 for none.',
          vf.vlan.id,
        )
      : l10n.t(
          'VLAN that the adapter tags its frames with, invisible to the container. Leave empty for none.',
        ),
    placeholder: '100',
    problem: optional((text) => (text === '0' ? undefined : vlanProblem(text))),
  }),
  mtu: (draft, snapshot) => ({
    prompt:
      typeof draft.vf?.mtu === 'number'
        ? l10n.t('MTU. Leave empty to keep {0}.', draft.vf.mtu)
        : l10n.t('MTU. Leave empty to keep the current one.'),
    placeholder: '1500',
    problem: optional((text) => mtuProblem(text, mostMtu(snapshot, draft))),
  }),
};

/** A macvlan is under its device's MTU, a function under its adapter's. */
function mostMtu(snapshot: HostSnapshot, draft: AttachDraft): number | undefined {
  const { vf } = draft;
  const pf = vf && (pfOf(snapshot, vf) ?? snapshot.pfs.find(({ pci }) => pci === vf.pci));
  return (isMacvlan(draft) ? vf?.mtu : pf?.mtu) ?? undefined;
}

const whatName = ({ container }: AttachDraft): string =>
  container ? l10n.t('Interface name in {0}.', container.name) : l10n.t('Interface name in the container.');

/** The name on the host is the safe one, also for a VF that is moved and has another where it is. */
function whyKeep(draft: AttachDraft): string {
  if (isMacvlan(draft)) return '';
  const inside = draft.vf?.name ?? undefined;
  const onHost = draft.moves ? draft.moves.hostName : inside;
  if (onHost === null)
    return l10n.t(
      'When the container stops, the interface returns to the host under the name it has inside.',
    );
  if (onHost === undefined)
    return l10n.t(
      'Keep it unless another is needed: when the container stops, the interface returns to the host under the name it has inside.',
    );
  return onHost === inside
    ? l10n.t(
        'Keep {0} unless another is needed: when the container stops, the interface returns to the host under the name it has inside.',
        onHost,
      )
    : l10n.t(
        'Use {0}, its name on the host, unless another is needed: when the container stops, the interface returns to the host under the name it has inside.',
        onHost,
      );
}

function whatMac(draft: AttachDraft): string {
  if (isMacvlan(draft)) return l10n.t('MAC address. Leave empty to generate one.');
  const mac = draft.vf?.mac;
  return typeof mac === 'string'
    ? l10n.t('MAC address. Leave empty to keep {0}.', mac)
    : l10n.t('MAC address. Leave empty to keep the current one.');
}

const optional =
  (problem: (text: string) => string | undefined) =>
  (text: string): string | undefined =>
    text === '' ? undefined : problem(text);

function badAddresses({ container }: AttachDraft, text: string): string | undefined {
  const given = byHand(text);
  const both = splitAddresses(text).includes('dhcp') && given.find((address) => !address.includes(':'));
  if (both) return l10n.t('DHCP provides the IPv4 address; omit either {0} or dhcp.', both);
  return addressesProblem(given) ?? (container && takenAddressProblem(container, given));
}

function routesProblem(text: string, addresses: string[]): string | undefined {
  const all = splitRoutes(text);
  const unread = all.find((route) => typeof route === 'string');
  if (unread !== undefined) return unread;
  const routes = all.filter((route) => typeof route !== 'string');
  const direct = routes.filter(({ gateway }) => gateway === undefined).map((route) => route.destination);
  return routes
    .map((route) => routeProblem(route, addresses, direct))
    .find((problem) => problem !== undefined);
}
