import type { AttachmentRecord, ChangedSetting } from '../../model/attachment';
import { factsOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Step } from '../../model/plan';
import type { AttachRequest } from '../../model/request';
import { noMac, type Vlan } from '../../model/values';
import { setting, settingKeys, valueOf, type SettingKey } from '../../model/vfAttributes/table';
import { hasNoSetting, isSame, setAdminMac, setOnPf, stepTo } from '../vfs/vfSettings';

/** Something that a PF enforces for a VF, but not for a new one. */
export interface Carried {
  key: ChangedSetting;
  /** `VLAN 42`. */
  says: string;
  /** The arguments of `ip link set PF vf N` that remove it. */
  clear: string[];
}

/** What a VF brings along from its previous holder; empty for one that is like new. */
export function bringsAlong(pf: PhysicalFunction, vf: VirtualFunction): Carried[] {
  const enforced = enforcedMac(vf);
  return [
    ...settingKeys.flatMap((key) => carried(pf, vf, key)),
    ...(enforced === null
      ? []
      : [{ key: 'adminMac' as const, says: `the MAC ${enforced}`, clear: ['mac', noMac] }]),
  ];
}

function carried<K extends SettingKey>(pf: PhysicalFunction, vf: VirtualFunction, key: K): Carried[] {
  const { fresh, sureOf, brings, ipOptions } = setting(key);
  const now = valueOf(vf, key);
  if (now === null || isSame(now, fresh) || sureOf?.(factsOf(pf.driver)) === false) return [];
  if (hasNoSetting(pf, key)) return [];
  return [{ key, says: brings(now), clear: ipOptions(fresh) }];
}

/**
 * The MAC that the PF enforces although the VF has another one; `null` if there is none, or it can't be told: a PF shows the
 * VF's own as soon as the VF is up.
 */
export const enforcedMac = ({ adminMac, mac }: VirtualFunction): string | null =>
  adminMac === null || adminMac === noMac || mac === null || adminMac === mac ? null : adminMac;

/** Takes it off. */
const clearSteps = (pf: PhysicalFunction, vf: VirtualFunction, all: Carried[]): Step[] =>
  all.flatMap(({ key }) =>
    key === 'adminMac' ? [setAdminMac(pf, vf, noMac)] : stepTo(pf, vf, key, setting(key).fresh),
  );

/** What happens to it when a VF is attached. */
export interface Enforcement {
  steps: Step[];
  /** What it takes with it. */
  stays: Carried[];
  /** What detaching has to put back. */
  changed: AttachmentRecord['changed'];
  /** The VLAN that it is in then; `null` when that isn't known. */
  vlan: number | null;
}

/** What is asked for replaces what it brings along. */
export function enforcementOf(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  { vlan: id, trust, clear: clearing }: Pick<AttachRequest, 'vlan' | 'trust' | 'clear'>,
  /** Whether what is asked for is set although the VF has it already: by a program that runs later, it may not. */
  always = false,
): Enforcement {
  const asked: Partial<Record<ChangedSetting, unknown>> = { vlan: id, trust };
  const carried = bringsAlong(pf, vf).filter(({ key }) => asked[key] === undefined);
  const cleared = clearing ? carried : [];
  const vlan: Vlan = { id: id ?? 0, qos: 0, proto: '802.1Q' };
  const differs = id !== undefined && vf.vlan !== null && (always || !isSame(vf.vlan, vlan));
  return {
    steps: [
      ...clearSteps(pf, vf, cleared),
      ...(differs && vf.vlan ? [setOnPf(pf, vf, 'vlan', vf.vlan, vlan)] : []),
      ...(always && trust !== undefined && vf.trust !== null
        ? [setOnPf(pf, vf, 'trust', vf.trust, trust)]
        : stepTo(pf, vf, 'trust', trust)),
    ],
    stays: clearing ? [] : carried,
    changed: {
      vlan: id !== undefined,
      ...(trust === undefined ? {} : { trust: true }),
      ...Object.fromEntries(cleared.map(({ key }) => [key, true])),
    },
    vlan: id ?? (cleared.some(({ key }) => key === 'vlan') ? 0 : (vf.vlan?.id ?? null)),
  };
}

/** A VF that may not choose its MAC is asked to take another than the one that its PF enforces. */
export const macDoubts = (
  pf: PhysicalFunction,
  vf: VirtualFunction,
  stays: Carried[],
  { mac, trust: isTrusted = vf.trust === true }: Pick<AttachRequest, 'mac' | 'trust'>,
): string[] =>
  mac !== undefined && mac !== vf.adminMac && !isTrusted && stays.some(({ key }) => key === 'adminMac')
    ? [
        `This will probably fail: ${pf.name} enforces the MAC ${vf.adminMac} for VF ${vf.index}, and only a trusted VF may use another one.`,
      ]
    : [];
