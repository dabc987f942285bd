import { yamlBlock } from '../../../model/declared/yamlText';
import { byManager, onlyHere } from './sayable';

const ofVf = 'netplan has no key for it.';

/** netplan(5): `virtual-function-count` from 0.99 on, `embedded-switch-mode` from 0.104 on. */
export const netplan = byManager(
  {
    knows: {
      by: ['name'],
      ifNot: 'netplan knows adapters by name; add pfNames, or export it for a host.',
    },
    eSwitchMode: ({ numVfs }) =>
      numVfs === undefined ? 'netplan sets it only where it also creates the VFs.' : null,
    group: {
      resourceName: onlyHere,
      deviceType: 'netplan binds no drivers: new VFs get the one that the kernel finds.',
      mtu: 'netplan needs the name of the VF for it.',
      vlan: 'netplan needs the name of the VF for it: vlans, with renderer: sriov.',
      ...{ vlanQoS: ofVf, vlanProto: ofVf, spoofChk: ofVf, trust: ofVf, linkState: ofVf },
      ...{ minTxRate: ofVf, maxTxRate: ofVf },
    },
    attachment: 'netplan knows nothing of containers.',
  },
  (adapters) => {
    const said = adapters.filter(({ about: { numVfs } }) => numVfs !== undefined);
    if (said.length === 0) return [];
    const ethernets = Object.fromEntries(
      said.map(({ id, about: { numVfs, eSwitchMode } }) => [
        id,
        { 'virtual-function-count': numVfs, 'embedded-switch-mode': eSwitchMode },
      ]),
    );
    const text = yamlBlock({ network: { version: 2, ethernets } });
    return [{ folder: '/etc/netplan', name: '60-sriov.yaml', mode: 0o600, text }];
  },
);
