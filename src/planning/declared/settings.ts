import type { Path, VfGroup } from '../../model/declared/declared';
import type { Block, Difference } from '../../model/declared/declaredPlan';
import { factsOf, lackOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isForPrograms } from '../../model/programDrivers';
import type { ConfigureRequest } from '../../model/request';
import {
  askable,
  askables,
  valueNow,
  wantedOf,
  type Asked,
  type AskableKey,
} from '../../model/vfAttributes/table';

/** What a group says, as `configure` takes it. The driver is a stage of its own, and the MTU of an attached VF its interface's. */
export function askedOf(group: VfGroup): Asked {
  const { vlan, vlanQoS = 0, vlanProto, mtu, spoofChk, trust, linkState, minTxRate, maxTxRate } = group;
  const all: Asked = {
    vlan:
      vlan === undefined
        ? undefined
        : { id: vlan, qos: vlanQoS, proto: vlanProto === '802.1ad' ? '802.1ad' : '802.1Q' },
    ...{ mtu, spoofchk: spoofChk, trust, linkState, minTxRate, maxTxRate },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The driver that a VF gets, where it has not what is declared. */
export function driverWanted(
  pf: PhysicalFunction,
  vf: VirtualFunction | undefined,
  { deviceType }: VfGroup,
): string | undefined {
  if (deviceType === undefined) return undefined;
  if (deviceType === 'vfio-pci') return vf?.driver === 'vfio-pci' ? undefined : 'vfio-pci';
  if (vf === undefined ? pf.driversAutoprobe !== false : vf.driver !== null && !isForPrograms(vf.driver))
    return undefined;
  return factsOf(pf.driver)?.vfDriver ?? pf.driver ?? undefined;
}

interface About {
  pf: PhysicalFunction;
  /** Absent where it is still to be created. */
  vf: VirtualFunction | undefined;
  subject: string;
}

/** The settings that differ, and what is asked for them. */
export function settingsDifferences(
  { pf, vf, subject }: About,
  asked: Asked,
): { differences: Difference[]; asked: Asked } {
  const keys = (Object.keys(asked) as AskableKey[]).filter((key) =>
    vf ? !same(valueNow(vf, key), asked[key]) : !same(freshOf(pf, key), asked[key]),
  );
  return {
    asked: Object.fromEntries(keys.map((key) => [key, asked[key]])),
    differences: keys.map((key) => ({
      ...{
        stage: 'settings',
        act: vf ? 'change' : 'create',
        pci: vf?.pci ?? null,
        subject,
        what: askable(key).name,
      },
      from: vf ? settingText(key, valueNow(vf, key)) : null,
      to: settingText(key, asked[key]),
    })),
  };
}

/** What a new VF has; undefined where that is the driver's choice, and not known. */
const freshOf = (pf: PhysicalFunction, key: AskableKey): unknown =>
  key === 'spoofchk' ? factsOf(pf.driver)?.checksSpoofing : key === 'mtu' ? undefined : askables[key].fresh;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A value as differences name it. */
export const settingText = (key: AskableKey, value: unknown): string => {
  if (value === null || value === undefined) return 'unknown';
  const { now, text } = askable(key);
  return now?.(value) ?? text(value);
};

/** How the file spells a setting. */
export const spelledInFile = (key: AskableKey): string => (key === 'spoofchk' ? 'spoofChk' : key);

/** Why the VFs of an adapter can't have what is asked for, as far as that shows before they exist. */
export const unfitSettings = ({ pf, vf, subject }: About, asked: Asked, group: Path): Block[] =>
  (Object.keys(asked) as AskableKey[]).flatMap((key) => {
    const problem =
      lackOf(pf, key) ?? askable(key).problem?.(asked[key], { pf, vf, facts: factsOf(pf.driver) });
    return problem === undefined
      ? []
      : [{ path: [...group, spelledInFile(key)], text: `${subject}: ${problem}` }];
  });

export const configured = (vf: string, asked: Asked): ConfigureRequest => ({
  kind: 'configure',
  vf,
  ...asked,
});

export const settingsTitle = (asked: Asked): string =>
  (Object.keys(asked) as AskableKey[]).map((key) => wantedOf(key, asked[key])).join(', ');
