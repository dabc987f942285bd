import type { ConfigureRequest } from './request';

/** What can be set of a VF. */
export type Attribute = Exclude<keyof ConfigureRequest, 'kind' | 'vf'>;

export const attributes: readonly Attribute[] = [
  'vlan',
  'trust',
  'spoofchk',
  'minTxRate',
  'maxTxRate',
  'linkState',
  'mtu',
  'mac',
  'driver',
];

/** What a PF driver is known to do with its VFs' settings. */
interface DriverFacts {
  /** The network driver of its VFs. */
  vfDriver: string;
  /** Answered by EOPNOTSUPP or EINVAL whatever the value. */
  refuses: readonly Attribute[];
  /** Takes VLANs of 802.1ad; the others answer EPROTONOSUPPORT. */
  takes8021ad: boolean;
  /** Restarts the VF at each change of MAC, VLAN or trust, which interrupts it for a moment. */
  resetsVf: boolean;
  /** New VFs have the spoof check on. */
  checksSpoofing: boolean;
}

/**
 * By the drivers' own `ndo_set_vf_*` in the kernel's drivers/net/ethernet: igb has no `ndo_set_vf_link_state`; igb, ixgbe and
 * i40e answer EINVAL to a minimum rate; `i40e_vc_reset_vf` and `ice_reset_vf` are what restarts a VF; whether a VF's spoof
 * check is on at first is the driver's choice. A driver that isn't here may take anything; it says so itself.
 */
const known: Record<string, DriverFacts> = {
  igb: {
    ...{
      vfDriver: 'igbvf',
      refuses: ['minTxRate', 'linkState'],
      takes8021ad: false,
      resetsVf: false,
      checksSpoofing: true,
    },
  },
  ixgbe: {
    vfDriver: 'ixgbevf',
    refuses: ['minTxRate'],
    takes8021ad: false,
    resetsVf: false,
    checksSpoofing: true,
  },
  i40e: {
    vfDriver: 'iavf',
    refuses: ['minTxRate'],
    takes8021ad: false,
    resetsVf: true,
    checksSpoofing: true,
  },
  ice: { vfDriver: 'iavf', refuses: [], takes8021ad: true, resetsVf: true, checksSpoofing: true },
  mlx5_core: {
    vfDriver: 'mlx5_core',
    refuses: [],
    takes8021ad: true,
    resetsVf: false,
    checksSpoofing: false,
  },
  bnxt_en: { vfDriver: 'bnxt_en', refuses: [], takes8021ad: true, resetsVf: false, checksSpoofing: false },
};

export const factsOf = (pfDriver: string | null): DriverFacts | undefined =>
  pfDriver !== null && Object.hasOwn(known, pfDriver) ? known[pfDriver] : undefined;

/** What to offer for the VFs of a PF with this driver. */
export const offered = (pfDriver: string | null): Attribute[] =>
  attributes.filter((attribute) => !factsOf(pfDriver)?.refuses.includes(attribute));
