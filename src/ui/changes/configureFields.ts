import { factsOf, offered, type Attribute } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { ConfigureRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import {
  adminMacProblem,
  driverProblem,
  mtuProblem,
  noMac,
  normalMac,
  parseVlan,
  rateProblem,
  vlanText,
} from '../../model/values';
import { takenMacProblem } from '../../planning/taken';

/** What is asked for so far. */
export type Wanted = Pick<ConfigureRequest, Attribute>;

/** One thing that can be configured: as the row names it, what it is now, and how it is asked for. */
export interface Field {
  attribute: Attribute;
  label: string;
  /** Its present value, for people. */
  now: string;
  /** Either a few choices … */
  choices?: { label: string; description?: string; wanted: Wanted }[];
  /** … or a text, with what is wrong with it at every key. */
  text?: {
    prompt: string;
    value: string;
    problem: (text: string) => string | undefined;
    read: (text: string) => Wanted;
  };
}

const unknown = 'unknown';

/** What the adapter's driver takes, with the values of now. */
export function fieldsOf(snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): Field[] {
  const makers: Record<Attribute, () => Field> = {
    vlan: () => vlanField(pf, vf),
    trust: () => ({
      ...{ attribute: 'trust', label: 'Trust', now: onOff(vf.trust) },
      choices: [
        {
          label: 'On',
          description: 'it may change its MAC and see everybody’s frames',
          wanted: { trust: true },
        },
        { label: 'Off', description: 'it keeps to what the adapter gave it', wanted: { trust: false } },
      ],
    }),
    spoofchk: () => ({
      ...{ attribute: 'spoofchk', label: 'Spoof Check', now: onOff(vf.spoofchk) },
      choices: [
        {
          label: 'On',
          description: 'frames from another MAC than its own are dropped',
          wanted: { spoofchk: true },
        },
        {
          label: 'Off',
          description: 'needed for a bridge or macvlan on top of it',
          wanted: { spoofchk: false },
        },
      ],
    }),
    minTxRate: () => rateField('minTxRate', 'Minimum Rate', vf.minTxRate),
    maxTxRate: () => rateField('maxTxRate', 'Maximum Rate', vf.maxTxRate),
    linkState: () => ({
      ...{ attribute: 'linkState', label: 'Link State', now: vf.linkState ?? unknown },
      choices: [
        { label: 'auto', description: 'as the adapter’s own link', wanted: { linkState: 'auto' } },
        {
          label: 'enable',
          description: 'always up: VFs reach each other without a cable',
          wanted: { linkState: 'enable' },
        },
        { label: 'disable', description: 'always down', wanted: { linkState: 'disable' } },
      ],
    }),
    mtu: () => ({
      ...{ attribute: 'mtu', label: 'MTU', now: vf.mtu === null ? unknown : `${vf.mtu}` },
      text: {
        prompt: `At most ${pf.mtu ?? 65535}, which is the adapter’s own.`,
        value: vf.mtu === null ? '' : `${vf.mtu}`,
        problem: (text) => mtuProblem(text, pf.mtu ?? undefined),
        read: (text) => ({ mtu: Number(text) }),
      },
    }),
    mac: () => ({
      ...{ attribute: 'mac', label: 'Enforced MAC', now: vf.adminMac ?? unknown },
      text: {
        prompt: `The MAC that the adapter enforces; ${noMac} lets the VF choose its own.`,
        value: vf.adminMac && vf.adminMac !== noMac ? vf.adminMac : (vf.mac ?? ''),
        problem: (text) => adminMacProblem(text) ?? takenMacProblem(snapshot, text, vf.pci),
        read: (text) => ({ mac: normalMac(text) }),
      },
    }),
    driver: () => driverField(pf, vf),
  };
  return offered(pf.driver)
    .filter((attribute) => attribute !== 'mtu' || vf.name !== null)
    .map((attribute) => makers[attribute]());
}

function vlanField(pf: PhysicalFunction, { vlan }: VirtualFunction): Field {
  const both = factsOf(pf.driver)?.takes8021ad ?? true;
  const value = vlan === null ? '' : vlanText(vlan);
  const problem = (text: string): string | undefined => {
    const read = parseVlan(text);
    if (typeof read === 'string') return read;
    return read.proto === '802.1ad' && !both ? `${pf.driver} takes no VLANs of 802.1ad.` : undefined;
  };
  return {
    ...{ attribute: 'vlan', label: 'VLAN', now: vlan === null ? unknown : vlan.id === 0 ? 'none' : value },
    text: {
      prompt: `Its number, or 0 for none; with a priority as in 42:3${both ? ', and a protocol as in 42:3:802.1ad' : ''}.`,
      value,
      problem,
      read: (text) => {
        const read = parseVlan(text);
        return typeof read === 'string' ? {} : { vlan: read };
      },
    },
  };
}

const rateField = (attribute: 'minTxRate' | 'maxTxRate', label: string, now: number | null): Field => ({
  ...{ attribute, label, now: now === null ? unknown : now === 0 ? 'none' : `${now} Mbit/s` },
  text: {
    prompt: 'Mbit/s, or 0 for none.',
    value: `${now ?? 0}`,
    problem: rateProblem,
    read: (text) => ({ [attribute]: Number(text) }),
  },
});

function driverField(pf: PhysicalFunction, vf: VirtualFunction): Field {
  const usual = factsOf(pf.driver)?.vfDriver ?? (vf.driver?.includes('vfio') ? null : vf.driver);
  const choices = [
    ...(usual ? [{ label: usual, description: 'its network driver', wanted: { driver: usual } }] : []),
    { label: 'vfio-pci', description: 'for virtual machines and DPDK', wanted: { driver: 'vfio-pci' } },
    { label: 'none', description: 'unbind it', wanted: { driver: 'none' } },
  ];
  return {
    ...{ attribute: 'driver', label: 'Driver', now: vf.driver ?? 'none' },
    choices: choices.filter(({ wanted }) => driverProblem(wanted.driver) === undefined),
  };
}

const onOff = (value: boolean | null): string => (value === null ? unknown : value ? 'on' : 'off');

/** `VLAN 42, trust on`: what was chosen. */
export function wantedText({
  vlan,
  trust,
  spoofchk,
  minTxRate,
  maxTxRate,
  linkState,
  mtu,
  mac,
  driver,
}: Wanted): string {
  return [
    ...(vlan === undefined ? [] : [vlan.id === 0 ? 'no VLAN' : `VLAN ${vlanText(vlan)}`]),
    ...(trust === undefined ? [] : [`trust ${onOff(trust)}`]),
    ...(spoofchk === undefined ? [] : [`spoof check ${onOff(spoofchk)}`]),
    ...(minTxRate === undefined ? [] : [`at least ${minTxRate} Mbit/s`]),
    ...(maxTxRate === undefined ? [] : [maxTxRate === 0 ? 'no maximum rate' : `at most ${maxTxRate} Mbit/s`]),
    ...(linkState === undefined ? [] : [`link state ${linkState}`]),
    ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
    ...(mac === undefined ? [] : [mac === noMac ? 'no enforced MAC' : `MAC ${mac}`]),
    ...(driver === undefined ? [] : [`driver ${driver}`]),
  ].join(' · ');
}
