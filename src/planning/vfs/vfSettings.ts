import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Argv, Step } from '../../model/plan';
import { lackOf, type Adapter } from '../../model/driverFacts';
import { noMac } from '../../model/values';
import {
  setting,
  settingKeys,
  told,
  valueOf,
  type PfSide,
  type SettingKey,
  type VfSettings,
} from '../../model/vfAttributes/table';

/** One PF-side setting, from its current to its new value, read back each time. */
export function setOnPf<K extends SettingKey>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  from: PfSide[K],
  to: PfSide[K],
): Step {
  const { name, says, shows, ipOptions, title } = setting(key);
  const set = (value: PfSide[K]): Argv => [
    'set_vf',
    ...[pf.name ?? '', `${vf.index}`, `${name} ${says(value)}`, shows(value)],
    ...ipOptions(value),
  ];
  return {
    title:
      title?.(from, to, `VF ${vf.index}`, `${pf.name}`) ??
      `Set the ${name} of VF ${vf.index} to ${says(to)} on ${pf.name}`,
    ...{ apply: set(to), undo: set(from), timeout: 15 },
  };
}

/** The step to a value; none where the VF has it, or where one of the two isn't known, so that there is no way back. */
export function stepTo<K extends SettingKey>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  to: PfSide[K] | null | undefined,
): Step[] {
  const from = valueOf(vf, key);
  return from === null || to === null || to === undefined || isSame(from, to)
    ? []
    : [setOnPf(pf, vf, key, from, to)];
}

export const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Why a VF can't have a VLAN beside the VLANs that it may use tagged, and they are not ours to put back. */
export const trunkInTheWay = (pf: PhysicalFunction, vf: VirtualFunction): string | undefined =>
  vf.trunk === undefined
    ? undefined
    : `VF ${vf.index} of ${pf.name} has ${told.trunk.says(vf.trunk)}, and ${
        told.trunk.excludesVlan.includes(pf.driver ?? '')
          ? `${pf.driver} refuses a VLAN beside them (EPERM)`
          : 'a VLAN would take their place, which could not be undone'
      }; remove them from ${trunkFile(pf, vf)} first.`;

export const trunkFile = (pf: PhysicalFunction, vf: VirtualFunction): string =>
  `/sys/bus/pci/devices/${pf.pci}/${told.trunk.file(vf.index)}`;

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

/** Every VF that is recreated is given these; the others only where its value differs from that of a new VF: some drivers take none. */
const always: SettingKey[] = ['vlan', 'spoofchk', 'trust'];

/** What `ip link set PF vf N` takes to give a new VF all that this one has. */
export const pfSideOptions = (pf: Adapter, vf: VfSettings): string[] =>
  [...always, ...settingKeys.filter((key) => !always.includes(key))]
    .filter((key) => !hasNoSetting(pf, key))
    .flatMap((key) => ipOptionsFor(vf, key));

/** Whether the PF is known to refuse a setting, whatever it tells of it. */
export const hasNoSetting = (pf: Adapter, key: SettingKey): boolean =>
  lackOf(pf, key === 'rates' ? 'maxTxRate' : key) !== undefined;

function ipOptionsFor<K extends SettingKey>(vf: VfSettings, key: K): string[] {
  const now = valueOf(vf, key);
  const { ipOptions, fresh } = setting(key);
  return now === null || (!always.includes(key) && isSame(now, fresh)) ? [] : ipOptions(now);
}
