import { yamlBlock } from '../../../model/declared/yamlText';
import { askedOf } from '../settings';
import { byManager, onlyHere, type SaidAdapter, type SaidGroup } from './sayable';

/** nmstate 2.2: `drivers-autoprobe`, `vlan-proto`, and `identifier: pci-address` from 2.2.47 on. */
export const nmstate = byManager(
  {
    knows: {
      by: ['name', 'pci'],
      ifNot: 'nmstate finds an adapter by its name or PCI address; add rootDevices, or export it for a host.',
    },
    eSwitchMode: 'nmstate has no key for it.',
    group: {
      resourceName: onlyHere,
      deviceType: (_, adapter) =>
        adapter.isAllNetdevice
          ? null
          : 'drivers-autoprobe is for all VFs of an adapter, and nmstate does not bind vfio-pci.',
      mtu: (_, { name }) =>
        name === undefined
          ? 'nmstate calls a VF sriov:NAME:INDEX; add the name of the adapter to pfNames, or export it for a host.'
          : null,
      ...{ vlan: null, vlanQoS: null, vlanProto: null, spoofChk: null, trust: null },
      linkState: 'nmstate has no key for it.',
      ...{ minTxRate: null, maxTxRate: null },
    },
    attachment: 'nmstate knows nothing of containers.',
  },
  (adapters) =>
    adapters.length === 0
      ? []
      : [{ name: 'sriov.nmstate.yaml', text: yamlBlock({ interfaces: adapters.flatMap(interfaces) }) }],
);

const interfaces = ({ name, pci, about: { numVfs }, groups, isAllNetdevice }: SaidAdapter): object[] => {
  const vfs = groups.flatMap(settingsOf);
  return [
    {
      name: name ?? `pf-${pci}`,
      ...{ type: 'ethernet', state: 'up' },
      ...(name === undefined ? { identifier: 'pci-address', 'pci-address': pci } : {}),
      ethernet: {
        'sr-iov': {
          ...(isAllNetdevice ? { 'drivers-autoprobe': true } : {}),
          'total-vfs': numVfs,
          // An empty list would reset all of them.
          vfs: vfs.length > 0 ? vfs : undefined,
        },
      },
    },
    ...groups.flatMap(({ about: { mtu }, indexes }) =>
      mtu === undefined
        ? []
        : indexes.map((index) => ({ name: `sriov:${name}:${index}`, type: 'ethernet', state: 'up', mtu })),
    ),
  ];
};

function settingsOf({ about, indexes }: SaidGroup): object[] {
  const { vlan, spoofchk, trust, minTxRate, maxTxRate } = askedOf(about);
  const settings = {
    ...{ 'spoof-check': spoofchk, trust, 'min-tx-rate': minTxRate, 'max-tx-rate': maxTxRate },
    ...(vlan === undefined
      ? {}
      : {
          'vlan-id': vlan.id,
          qos: vlan.qos,
          'vlan-proto': vlan.id === 0 ? undefined : vlan.proto.toLowerCase(),
        }),
  };
  return Object.values(settings).every((value) => value === undefined)
    ? []
    : indexes.map((id) => ({ id, ...settings }));
}
