/**
 * Every attribute of a VF, one row each. What is read, recorded, put back, verified, configured, asked for and shown is derived
 * from here.
 */
import type { Vlan } from '../values';
import type { Askable, Field, IpVf, Setting } from './attribute';
import { driver, mtu } from './device';
import { nodeGuid, portGuid } from './guid';
import { linkState } from './linkState';
import { adminMac } from './mac';
import { queryRss } from './queryRss';
import { maxTxRate, minTxRate, rates, ratesAsked, ratesNow } from './rates';
import { spoofchk } from './spoofchk';
import { trunk } from './trunk';
import { trust } from './trust';
import { vlan } from './vlan';

/** Settings of one value, in the order they are made; the rates, which are two, come in between. */
const first = { vlan, trust, spoofchk };
const then = { linkState, queryRss, nodeGuid, portGuid };

export const settings = { ...first, rates, ...then };

/** What a PF tells of a VF. */
export const fields = { adminMac, ...first, ...then, minTxRate, maxTxRate };

/** What can be asked for, in the order of the form. The driver comes last, and before it the MAC: see `planConfigure`. */
export const askables = { ...first, minTxRate, maxTxRate, ...then, mtu, mac: adminMac, driver };

/** What the driver of some PFs tells beside that, and no command of ours sets. */
export const told = { trunk };

type Of<Row> = Row extends Askable<infer T> ? T : never;

/** What the PF enforces for one VF (`ip link show PF`, `IFLA_VFINFO_LIST`). `null`: the driver or kernel doesn't say. */
export type VfSettings = { [K in keyof typeof fields]: Of<(typeof fields)[K]> | null };
export type FieldKey = keyof VfSettings;

/** As text; absent where there is nothing to tell. */
export type VfTold = { [K in keyof typeof told]?: string };

/** The values that `ip link set PF vf N` sets, other than the MAC. */
export type PfSide = {
  [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never;
};
export type SettingKey = keyof PfSide;

/** What a VF is to have; what isn't there stays as it is. */
export type Asked = { [K in keyof typeof askables]?: Of<(typeof askables)[K]> };
export type AskableKey = keyof Asked;
export type AttributeOption = (typeof askables)[AskableKey]['option'];

export const fieldKeys = Object.keys(fields) as FieldKey[];
export const settingKeys = Object.keys(settings) as SettingKey[];
export const askableKeys = Object.keys(askables) as AskableKey[];

/** The rows without their types, for whoever treats all alike. */
export const field = (key: FieldKey): Field<unknown> => fields[key] as Field<unknown>;
export const askable = (key: AskableKey): Askable<unknown> => askables[key] as Askable<unknown>;
export const setting = <K extends SettingKey>(key: K): Setting<PfSide[K]> =>
  settings[key] as unknown as Setting<PfSide[K]>;

const settingsBy = (value: (key: FieldKey) => unknown): VfSettings =>
  Object.fromEntries(fieldKeys.map((key) => [key, value(key)])) as VfSettings;

export const unknownSettings: VfSettings = settingsBy(() => null);

/** What an InfiniBand port has for its VFs (`ipoib_netdev_ops_pf`); the kernel fills in the rest of what it tells. */
export const ofInfiniband: readonly (FieldKey & AskableKey)[] = ['linkState', 'nodeGuid', 'portGuid'];

/** What the PF says of one of its VFs; all `null` when it says nothing. `linkType` is that of the PF's device. */
export const settingsOf = (said: IpVf | undefined, linkType?: string): VfSettings => {
  const isTold = (key: FieldKey) => linkType !== 'infiniband' || ofInfiniband.some((one) => one === key);
  return said ? settingsBy((key) => (isTold(key) ? fields[key].read(said) : null)) : unknownSettings;
};

/** What the files of a PF tell of one of its VFs, which has that VLAN by itself. */
export function toldOf(index: number, files: ReadonlyMap<string, string>, vlan: Vlan | null): VfTold {
  const vlans = trunk.read(files.get(trunk.file(index)), vlan);
  return vlans === undefined ? {} : { trunk: vlans };
}

/** Settings as they are kept on the host, where any may be missing or unknown. */
export const areSettings = (value: unknown): value is Partial<VfSettings> =>
  typeof value === 'object' &&
  value !== null &&
  fieldKeys.every((key) => {
    const one = (value as Partial<VfSettings>)[key] ?? null;
    return one === null || fields[key].is(one);
  });

/** The fields that a setting sets. */
export const fieldsOf = (key: SettingKey): FieldKey[] =>
  key === 'rates' ? ['minTxRate', 'maxTxRate'] : [key];

/** What a setting is now; `null` when nobody knows. */
export const valueOf = <K extends SettingKey>(vf: Partial<VfSettings>, key: K): PfSide[K] | null =>
  ((key === 'rates' ? ratesNow(vf) : vf[key as FieldKey]) ?? null) as PfSide[K] | null;

/** What a setting is to be; undefined when it isn't asked for. */
export function askedOf<K extends SettingKey>(vf: VfSettings, asked: Asked, key: K): PfSide[K] | undefined {
  if (key === 'rates') return ratesAsked(asked, ratesNow(vf)) as PfSide[K] | undefined;
  return normal(key as AskableKey, asked) as PfSide[K] | undefined;
}

/** What is asked for, as the kernel prints it. */
export function normal<K extends AskableKey>(key: K, asked: Asked): Asked[K] {
  const value = asked[key];
  const { normal: spelt } = askable(key);
  return value === undefined || !spelt ? value : (spelt(value) as Asked[K]);
}

/** What can be asked for, as it is now. `null`: unknown. */
export function valueNow(
  vf: VfSettings & { mtu: number | null; driver: string | null },
  key: AskableKey,
): unknown {
  if (key === 'driver') return vf.driver ?? 'none';
  return vf[key === 'mac' ? 'adminMac' : key];
}

/** What was chosen: `VLAN 42`, `trust on`. */
export function wantedOf(key: AskableKey, value: unknown): string {
  const { name, text, wanted } = askable(key);
  return wanted?.(value) ?? `${name} ${text(value)}`;
}
