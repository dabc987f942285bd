import type { PhysicalFunction, VirtualFunction, VfSettings, Vlan } from '../../model/functions';
import type { Argv, Step } from '../../model/plan';
import { noMac } from '../../model/values';

/** The limits of a VF's sending rate, Mbit/s; the kernel takes both together (`IFLA_VF_RATE`). */
export interface Rates {
  min: number;
  max: number;
}

/** The PF-side settings, other than the MAC, that `set_vf` sets. */
export interface PfSide {
  vlan: Vlan;
  trust: boolean;
  spoofchk: boolean;
  rates: Rates;
  linkState: NonNullable<VfSettings['linkState']>;
}

interface Wording<T> {
  /** Its name in sentences. */
  name: string;
  /** Its value in sentences. */
  says: (value: T) => string;
  /** What `ip link set PF vf N` takes. */
  words: (value: T) => string[];
  /** What `ip -j link show PF` has for that VF then, as an extended regular expression, or `no VLAN`. */
  shows: (value: T) => string;
}

const onOff = (value: boolean): string => (value ? 'on' : 'off');

const wordings: { [K in keyof PfSide]: Wording<PfSide[K]> } = {
  vlan: {
    name: 'VLAN',
    says: ({ id, qos, proto }) =>
      [`${id}`, ...(qos ? [`priority ${qos}`] : []), ...(proto === '802.1Q' ? [] : [proto])].join(' '),
    words: vlanWords,
    shows: ({ id, qos, proto }) =>
      id === 0
        ? 'no VLAN'
        : `"vlan":${id}${qos ? `,"qos":${qos}` : ''}${proto === '802.1Q' ? '[,}]' : '.*"protocol":"802.1ad"'}`,
  },
  trust: {
    name: 'trust',
    says: onOff,
    words: (on) => ['trust', onOff(on)],
    shows: (on) => `"trust":${on}`,
  },
  spoofchk: {
    name: 'spoof check',
    says: onOff,
    words: (on) => ['spoofchk', onOff(on)],
    shows: (on) => `"spoofchk":${on}`,
  },
  rates: {
    name: 'rate limit',
    says: ({ min, max }) =>
      [...(min ? [`at least ${min} Mbit/s`] : []), max ? `at most ${max} Mbit/s` : 'no maximum'].join(', '),
    words: ({ min, max }) => ['min_tx_rate', `${min}`, 'max_tx_rate', `${max}`],
    shows: ({ min, max }) => `"max_tx":${max},"min_tx":${min}[,}]`,
  },
  linkState: {
    name: 'link state',
    says: (state) => state,
    words: (state) => ['state', state],
    shows: (state) => `"link_state":"${state}"`,
  },
};

function vlanWords({ id, qos, proto }: Vlan): string[] {
  return id === 0 ? ['vlan', '0'] : ['vlan', `${id}`, 'qos', `${qos}`, 'proto', proto];
}

/** One PF-side setting, from what is to what shall be, read back each time. */
export function setOnPf<K extends keyof PfSide>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  from: PfSide[K],
  to: PfSide[K],
): Step {
  const wording: Wording<PfSide[K]> = wordings[key];
  const set = (value: PfSide[K]): Argv => [
    'set_vf',
    ...[pf.name ?? '', `${vf.index}`, `${wording.name} ${wording.says(value)}`, wording.shows(value)],
    ...wording.words(value),
  ];
  return { title: titleOf(pf, vf, key, from, to), apply: set(to), undo: set(from), timeout: 15 };
}

function titleOf<K extends keyof PfSide>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  from: PfSide[K],
  to: PfSide[K],
): string {
  const wording: Wording<PfSide[K]> = wordings[key];
  if (key !== 'vlan') return `Set the ${wording.name} of VF ${vf.index} to ${wording.says(to)} on ${pf.name}`;
  return (to as Vlan).id === 0
    ? `Take VF ${vf.index} out of VLAN ${wording.says(from)} on ${pf.name}`
    : `Put VF ${vf.index} into VLAN ${wording.says(to)} on ${pf.name}`;
}

/** The MAC that the PF enforces; the VF takes it at once. All zeros: the PF enforces none, and the VF keeps its own. */
export function setAdminMac(pf: PhysicalFunction, vf: VirtualFunction, to: string): Step {
  const where = [pf.name ?? '', `${vf.index}`, vf.pci];
  const before = vf.adminMac ?? noMac;
  const own = vf.mac ?? '-';
  return to === noMac
    ? {
        title: `Let VF ${vf.index} of ${pf.name} choose its own MAC`,
        apply: ['free_mac', ...where, own, '-'],
        undo: before === noMac ? ['free_mac', ...where, own, before] : ['enforce_mac', ...where, before],
        timeout: 15,
      }
    : {
        title: `Have ${pf.name} enforce the MAC ${to} for VF ${vf.index}`,
        apply: ['enforce_mac', ...where, to],
        undo: ['free_mac', ...where, own, before],
        timeout: 15,
      };
}

/** The PF enforces what it did before, and the VF has its own MAC of then. */
export function releaseMac(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  own: string | null,
  shown: string,
): Step {
  const where = [pf.name ?? '', `${vf.index}`, vf.pci];
  return {
    title: `Have ${pf.name} enforce no MAC for VF ${vf.index} any more`,
    apply: ['free_mac', ...where, own ?? '-', shown],
    undo: ['enforce_mac', ...where, vf.adminMac ?? noMac],
    timeout: 15,
  };
}

/** What the PF says of a setting now; `null` when it doesn't say. */
export const pfSideOf = (vf: VirtualFunction): { [K in keyof PfSide]: PfSide[K] | null } => ({
  vlan: vf.vlan,
  trust: vf.trust,
  spoofchk: vf.spoofchk,
  rates: ratesOf(vf),
  linkState: vf.linkState,
});

/** What `ip link set PF vf N` takes to give a new VF all that this one has. A rate or link state that a new VF has anyway is left out: some drivers take none. */
export function pfSideWords(vf: VirtualFunction): string[] {
  const now = pfSideOf(vf);
  const words = <K extends keyof PfSide>(key: K, value: PfSide[K] | null): string[] =>
    value === null ? [] : wordings[key].words(value);
  return [
    ...words('vlan', now.vlan),
    ...words('spoofchk', now.spoofchk),
    ...words('trust', now.trust),
    ...words('rates', now.rates?.min || now.rates?.max ? now.rates : null),
    ...words('linkState', now.linkState === 'auto' ? null : now.linkState),
  ];
}

export const ratesOf = ({ minTxRate, maxTxRate }: VfSettings): Rates | null =>
  maxTxRate === null ? null : { min: minTxRate ?? 0, max: maxTxRate };
