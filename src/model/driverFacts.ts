import type { DriverFacts } from './vfAttributes/attribute';
import type { PhysicalFunction } from './functions';
import { askable, askableKeys, ofInfiniband, type AskableKey } from './vfAttributes/table';

/**
 * By the drivers' own `ndo_set_vf_*` in the kernel's drivers/net/ethernet: igb has no `ndo_set_vf_link_state`; igb, ixgbe and
 * i40e answer EINVAL to a minimum rate; `i40e_vc_reset_vf` and `ice_reset_vf` restart a VF; whether a VF's spoof
 * check is initially on is the driver's choice. A driver that isn't listed may accept anything; it refuses what it doesn't.
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

/** What determines the attributes of an adapter's VFs. */
export type Adapter = Pick<PhysicalFunction, 'pci' | 'name' | 'driver' | 'linkType' | 'eswitchMode'>;

/** Drivers that have no `ndo_set_vf_*` at all: virtio_net, whose PCI function has the driver virtio-pci. */
const withoutSettings: readonly (string | null)[] = ['virtio-pci'];

/** In switchdev mode the representor decides on these (mlx5: `mlx5_eswitch_set_vport_vlan`, ice: `ice_set_vf_trust`). */
const ofRepresentors: readonly AskableKey[] = ['vlan', 'trust', 'spoofchk', 'linkState'];

/** Why the VFs of an adapter can't have an attribute; undefined if they may. */
export function lackOf(pf: Adapter, key: AskableKey): string | undefined {
  const { name, takenBy } = askable(key);
  const label = pf.name ?? pf.pci;
  const ofVfs = !['mtu', 'driver'].includes(key);
  if (pf.linkType === 'infiniband' && ofVfs && !ofInfiniband.some((one) => one === key))
    return `${label} is an InfiniBand port, so its VFs have no ${name}.`;
  if (withoutSettings.includes(pf.driver) && ofVfs)
    return `The driver of ${label} (${pf.driver}) has no settings for its VFs, so they have no ${name}.`;
  if (takenBy !== undefined && factsOf(pf.driver) !== undefined && !takenBy.includes(pf.driver ?? ''))
    return `The driver of ${label} (${pf.driver}) has no ${name} for its VFs; ${takenBy.join(', ')} does.`;
  if (pf.eswitchMode === 'switchdev' && ofRepresentors.includes(key))
    return `${label} is in switchdev mode, where VFs have no ${name}; configure their representors instead.`;
  return undefined;
}

/** The attributes to offer for the VFs of an adapter. */
export const offered = (pf: Adapter): AskableKey[] =>
  askableKeys.filter(
    (key) => lackOf(pf, key) === undefined && !askable(key).refusedBy?.includes(pf.driver ?? ''),
  );
