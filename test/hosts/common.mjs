import { nic } from './record.mjs';

/** The port that ssh and the default route go through: a card without SR-IOV. */
export const management = nic(2, 'eno1', {
  ...{ mac: '02:00:5e:00:01:01', pci: '0000:01:00.0', addresses: ['192.0.2.10/24'] },
});

/** What a host that is reached through it says of that. */
export const reached = {
  connection: '198.51.100.7 50022 192.0.2.10 22',
  routes: [
    { dst: 'default', gateway: '192.0.2.1', dev: 'eno1', protocol: 'static', flags: [] },
    { dst: '192.0.2.0/24', dev: 'eno1', protocol: 'kernel', scope: 'link', prefsrc: '192.0.2.10', flags: [] },
  ],
};
