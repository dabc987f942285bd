import { forNetworkManager } from '../../made/inTheirWords';
import { askedOf } from '../settings';
import type { ExportedFile } from './exported';
import { byManager, inName, onlyHere, type SaidAdapter } from './sayable';

const eswitchModes = { legacy: 0, switchdev: 1 };

/** nm-settings-keyfile(5), `[sriov]`: from 1.14 on; `eswitch-mode` from 1.46 on. */
export const networkManager = byManager(
  {
    knows: {
      by: ['pci', 'name'],
      ifNot:
        'A profile finds an adapter by its name or PCI address; add rootDevices, or export it for a host.',
    },
    adapter: ({ numVfs }) =>
      numVfs === undefined
        ? 'NetworkManager removes all VFs of an adapter unless numVfs says how many.'
        : null,
    eSwitchMode: null,
    group: {
      resourceName: onlyHere,
      deviceType: (_, { isAllNetdevice }) =>
        isAllNetdevice
          ? null
          : 'autoprobe-drivers is for all VFs of an adapter, and NetworkManager does not bind vfio-pci.',
      mtu: 'It belongs in a profile of the VF itself.',
      ...{ vlan: null, vlanQoS: null, vlanProto: null, spoofChk: null, trust: null },
      linkState: 'NetworkManager has no key for it.',
      minTxRate: null,
      maxTxRate: ({ minTxRate = 0, maxTxRate }) =>
        maxTxRate === 0 && minTxRate > 0
          ? 'NetworkManager takes 0 for less than min-tx-rate; without it, there is no limit.'
          : null,
    },
    attachment: 'NetworkManager knows nothing of containers.',
  },
  (adapters) => adapters.map(fileOf),
);

function fileOf({ id, pci, about, groups, isAllNetdevice }: SaidAdapter): ExportedFile {
  const { numVfs, eSwitchMode } = about;
  const vfs = groups.flatMap(({ about: group, indexes }) => {
    const settings = forNetworkManager(askedOf(group));
    return settings.length === 0 ? [] : indexes.map((index) => `vf.${index}=${settings.join(' ')}`);
  });
  return {
    ...{ folder: '/etc/NetworkManager/system-connections', mode: 0o600 },
    name: `sriov-${inName(id)}.nmconnection`,
    text: [
      ...['[connection]', `id=sriov-${inName(id)}`, 'type=ethernet'],
      ...(pci === undefined ? [`interface-name=${id}`] : ['', '[match]', `path=pci-${pci};`]),
      ...['', '[sriov]', `total-vfs=${numVfs}`],
      ...(isAllNetdevice ? ['autoprobe-drivers=1'] : []),
      ...(eSwitchMode === undefined ? [] : [`eswitch-mode=${eswitchModes[eSwitchMode]}`]),
      ...vfs,
      ...['', '[ipv4]', 'method=disabled', '', '[ipv6]', 'method=disabled'],
    ].join('\n'),
  };
}
