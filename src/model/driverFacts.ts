import type { DriverFacts } from './vfAttributes/attribute';
import { askable, askableKeys, type AskableKey } from './vfAttributes/table';

/**
 * By the drivers' own `ndo_set_vf_*` in the kernel's drivers/net/ethernet: igb has no `ndo_set_vf_link_state`; igb, ixgbe and
 * i40e answer EINVAL to a minimum rate; `i40e_vc_reset_vf` and `ice_reset_vf` are what restarts a VF; whether a VF's spoof
 * check is on at first is the driver's choice. A driver that isn't here may take anything; it says so itself.
 */
const known: Record<string, DriverFacts> = {
  igb: { vfDriver: 'igbvf', takes8021ad: false, resetsVf: false, checksSpoofing: true },
  ixgbe: { vfDriver: 'ixgbevf', takes8021ad: false, resetsVf: false, checksSpoofing: true },
  i40e: { vfDriver: 'iavf', takes8021ad: false, resetsVf: true, checksSpoofing: true },
  ice: { vfDriver: 'iavf', takes8021ad: true, resetsVf: true, checksSpoofing: true },
  mlx5_core: { vfDriver: 'mlx5_core', takes8021ad: true, resetsVf: false, checksSpoofing: false },
  bnxt_en: { vfDriver: 'bnxt_en', takes8021ad: true, resetsVf: false, checksSpoofing: false },
};

export const factsOf = (pfDriver: string | null): DriverFacts | undefined =>
  pfDriver !== null && Object.hasOwn(known, pfDriver) ? known[pfDriver] : undefined;

/** Whether it is known that VFs of a PF with this driver don't have an attribute at all. */
export const lacks = (pfDriver: string | null, key: AskableKey): boolean => {
  const { takenBy } = askable(key);
  return takenBy !== undefined && factsOf(pfDriver) !== undefined && !takenBy.includes(pfDriver ?? '');
};

/** What to offer for the VFs of a PF with this driver. */
export const offered = (pfDriver: string | null): AskableKey[] =>
  askableKeys.filter((key) => !lacks(pfDriver, key) && !askable(key).refusedBy?.includes(pfDriver ?? ''));
