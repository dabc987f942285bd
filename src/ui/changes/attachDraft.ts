import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { MacvlanMode } from '../../model/macvlan';
import type { AttachRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { normalMac, parseRoute, type WantedRoute } from '../../model/values';
import { answersText, emptyAnswers, splitAddresses, type Answers, type StartingPoint } from './answers';

/** What a container gets: a VF, a whole adapter, or a macvlan in one of its modes. */
export type Form = 'vf' | 'pf' | MacvlanMode;

/** What is known of an attachment so far. */
export interface AttachDraft extends Answers {
  /** The adapter or VF that was chosen, where the form is asked for: of an adapter, it may become one of its VFs. */
  base?: VirtualFunction;
  form: Form;
  /** The function that is attached, or that the macvlan is on; a whole adapter has the index -1. */
  vf?: VirtualFunction;
  /** The name on the host of a VF that is moved; `null` if unknown. */
  moves?: { hostName: string | null };
  container?: Container;
  /** What answers everything else at once; `ask`: nothing does. */
  start?: StartingPoint | 'ask';
  then: Then;
}

/** `clear`: attached, without what it brings along. `keep`: attached now, and whenever the container runs. */
export type Then = 'attach' | 'clear' | 'keep' | 'show-plan' | 'more';

export const emptyDraft: AttachDraft = { ...emptyAnswers, form: 'vf', then: 'attach' };

/** Those among them that are given by hand. */
export const byHand = (text: string): string[] =>
  splitAddresses(text).filter((address) => address !== 'dhcp');

/** The routes of a text, separated by spaces; a text among them says what is wrong with one. */
export const splitRoutes = (text: string): (WantedRoute | string)[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(parseRoute);

export const isMacvlan = ({ form }: AttachDraft): boolean => form !== 'vf' && form !== 'pf';

/** A VF to move, with everything that it has where it is, which stays unless something else is answered. */
export function movedDraft(snapshot: HostSnapshot, vf: VirtualFunction): AttachDraft {
  const record = snapshot.attachments.find((attachment) => attachment.vf === vf.pci)?.record;
  const before = record?.before;
  const routes = snapshot.containers
    .filter(({ netnsInode }) => netnsInode === vf.holder.netnsInode)
    .flatMap((container) => container.routes);
  const gateway = routes.find(({ destination, device }) => destination === 'default' && device === vf.name);
  const { vlan } = vf;
  return {
    ...emptyDraft,
    vf,
    moves: { hostName: before?.name ?? null },
    name: vf.name ?? '',
    addresses: record?.dhcp
      ? ['dhcp', ...vf.addresses.filter((address) => address.includes(':'))].join(' ')
      : vf.addresses.join(' '),
    gateway: gateway?.gateway ?? '',
    mac: before && vf.mac !== before.mac ? (vf.mac ?? '') : '',
    vlan: before && vlan && vlan.id !== 0 && vlan.id !== before.settings.vlan?.id ? `${vlan.id}` : '',
    mtu: before && vf.mtu !== before.mtu ? `${vf.mtu ?? ''}` : '',
  };
}

/** The name that it gets inside when none is asked for. */
function usualName(draft: AttachDraft): string | null {
  if (isMacvlan(draft)) return null;
  return draft.moves ? draft.moves.hostName : (draft.vf?.name ?? null);
}

/** The name that is proposed: a macvlan has none yet. */
export function proposedName({ form, vf, name, container }: AttachDraft): string {
  if (name !== '') return name;
  if (form === 'vf' || form === 'pf') return vf?.name ?? '';
  const taken = container?.interfaces.flatMap((one) => [one.name, ...one.altnames]) ?? [];
  return ['eth0', 'eth1', 'eth2', 'eth3'].find((free) => !taken.includes(free)) ?? '';
}

const shape = ({ form, moves }: AttachDraft): Partial<AttachRequest> => ({
  ...(form === 'vf' ? {} : form === 'pf' ? { mode: form } : { mode: 'macvlan', macvlanMode: form }),
  ...(moves ? { move: true } : {}),
});

/** The request, as soon as VF and container are known. It contains no defaults. */
export function requestFrom(draft: AttachDraft): AttachRequest | undefined {
  const { vf, container, gateway, mac, vlan, mtu } = draft;
  const name = proposedName(draft);
  if (!vf || !container) return undefined;
  const addresses = byHand(draft.addresses);
  const routes = splitRoutes(draft.routes).flatMap((route) => (typeof route === 'string' ? [] : [route]));
  return {
    kind: 'attach',
    vf: vf.pci,
    container: container.id,
    engine: container.engine,
    ...shape(draft),
    ...(name !== '' && name !== usualName(draft) ? { name } : {}),
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(splitAddresses(draft.addresses).includes('dhcp') ? { dhcp: true } : {}),
    ...(addresses.length > 0 && gateway !== '' ? { gateway } : {}),
    ...(routes.length > 0 ? { routes } : {}),
    ...(mac !== '' && takesMac(draft) ? { mac: normalMac(mac) } : {}),
    ...(vlan !== '' && takesVlan(draft) ? { vlan: Number(vlan) } : {}),
    ...(draft.trust !== '' ? { trust: draft.trust === 'on' } : {}),
    ...(mtu !== '' ? { mtu: Number(mtu) } : {}),
    ...(draft.then === 'clear' ? { clear: true } : {}),
  };
}

/** A macvlan in passthru mode has its device's own MAC. */
export const takesMac = ({ form }: AttachDraft): boolean => form !== 'passthru';
/** An adapter enforces a VLAN for its VFs only. */
export const takesVlan = ({ form }: AttachDraft): boolean => form === 'vf';

/** `as eth1 · 192.0.2.10/24 · via 192.0.2.1`. */
export const summary = (draft: AttachDraft): string =>
  answersText({ ...draft, name: proposedName(draft) || '?' }).join(' · ');
