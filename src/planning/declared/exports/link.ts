import { forNetworkd } from '../../made/inTheirWords';
import { askedOf } from '../settings';
import type { ExportedFile } from './exported';
import { byManager, inName, onlyHere, type SaidAdapter } from './sayable';

/** systemd.link(5): `[SR-IOV]` is from version 251 on. */
export const link = byManager(
  {
    knows: {
      by: ['pci'],
      ifNot: 'A .link file finds an adapter by its PCI address; add rootDevices, or export it for a host.',
    },
    eSwitchMode: 'A .link file has no key for it; use devlink.',
    group: {
      resourceName: onlyHere,
      deviceType: 'udev binds no drivers: new VFs get the one that the kernel finds.',
      mtu: 'It belongs in a .link file for the VF itself.',
      vlan: ({ vlan }) => (vlan === 0 ? 'VLANId takes 1 to 4095; without it, a new VF has no VLAN.' : null),
      ...{ vlanQoS: null, vlanProto: null, spoofChk: null, trust: null, linkState: null },
      ...{ minTxRate: 'A .link file has no key for rates.', maxTxRate: 'A .link file has no key for rates.' },
    },
    attachment: 'udev knows nothing of containers.',
  },
  (adapters) => adapters.map(fileOf),
);

/** The first file that matches an adapter is the only one that counts, so it repeats what 99-default.link says. */
const fileOf = ({ id, about: { numVfs }, groups }: SaidAdapter): ExportedFile => ({
  folder: '/etc/systemd/network',
  name: `10-sriov-${inName(id)}.link`,
  text: [
    ...['[Match]', `Path=pci-${id}`, '', '[Link]'],
    'NamePolicy=keep kernel database onboard slot path',
    'AlternativeNamesPolicy=database onboard slot path',
    'MACAddressPolicy=persistent',
    ...(numVfs === undefined ? [] : [`SR-IOVVirtualFunctions=${numVfs}`]),
    ...groups.flatMap(({ about, indexes }) => {
      const settings = forNetworkd(askedOf(about));
      return settings.length === 0
        ? []
        : indexes.flatMap((index) => ['', '[SR-IOV]', `VirtualFunction=${index}`, ...settings]);
    }),
  ].join('\n'),
});
