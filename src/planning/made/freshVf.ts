import { factsOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { MadeVf } from '../../model/lasting/made';
import { noMac } from '../../model/values';
import {
  askedOf,
  fieldsOf,
  setting,
  settingKeys,
  unknownSettings,
  type Asked,
  type SettingKey,
  type VfSettings,
} from '../../model/vfAttributes/table';
import { hasNoSetting, isSame } from '../vfs/vfSettings';

/** A VF as the kernel makes it. `bound`: what its driver gives it; `false`: it gets none. */
export function freshVf(
  pf: PhysicalFunction,
  { index, vf: pci, settings }: MadeVf,
  bound: Pick<VirtualFunction, 'name' | 'driver' | 'mac'> | false,
): VirtualFunction {
  const now = pf.vfs.find((one) => one.pci === pci);
  return {
    ...{ pci, index },
    ...(bound || { name: null, driver: null, mac: null }),
    ...{
      mtu: bound && settings.mtu !== freshMtu ? freshMtu : (settings.mtu ?? null),
      up: bound ? false : null,
    },
    ...{ altnames: [], addresses: [], master: null, protectedBecause: [] },
    ...{ iommuGroup: now?.iommuGroup ?? null, numaNode: now?.numaNode ?? null },
    holder: { kind: bound ? 'host' : 'none', containerId: null, netnsInode: null, name: null },
    ...freshSettings(pf, now, settings),
  };
}
const freshMtu = 1500;

/** What a new VF has; of what its driver may begin with either way, the one that wasn't asked for, so that it is set. */
function freshSettings(pf: PhysicalFunction, now: VirtualFunction | undefined, asked: Asked): VfSettings {
  const known = settingKeys.filter(
    (key) =>
      !hasNoSetting(pf, key) && (now === undefined || fieldsOf(key).some((field) => now[field] !== null)),
  );
  const values = known.flatMap((key) => Object.entries(freshValue(key, asked, pf.driver)));
  return { ...unknownSettings, ...Object.fromEntries(values), adminMac: noMac };
}

function freshValue(key: SettingKey, asked: Asked, driver: string | null): Partial<VfSettings> {
  if (key === 'rates') return { minTxRate: 0, maxTxRate: 0 };
  const { fresh, sureOf } = setting(key);
  const wanted: unknown = askedOf(unknownSettings, asked, key);
  const isSure = sureOf === undefined || sureOf(factsOf(driver)) || !isSame(wanted, fresh);
  return { [key]: isSure || typeof fresh !== 'boolean' ? fresh : !fresh };
}
