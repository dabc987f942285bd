import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, pf, vf } from '../hosts/host';
import { planned } from './planning';

/** Every kind of step that attaching has. */
export const everything: ChangeRequest = {
  ...{
    kind: 'attach',
    vf: 'enp1s0:0',
    container: 'web',
    name: 'net1',
    vlan: 42,
    mtu: 1400,
    mac: '02:00:00:00:00:77',
  },
  ...{ addresses: ['10.0.0.2/24', 'fd00::2/64'], gateway: '10.0.0.1' },
};
const web = container('web', {
  networkMode: 'bridge',
  interfaces: [
    { name: 'eth0', mac: null, addresses: ['172.17.0.2/16'], up: true, mtu: 1500, altnames: [], vf: null },
  ],
  routes: [{ destination: 'default', family: 4, gateway: '172.17.0.1', device: 'eth0', metric: null }],
});
export const busy = host({
  pfs: [pf([vf(0, { up: true, addresses: ['192.0.2.7/24'], altnames: ['other'] }), vf(1)], { up: false })],
  containers: [web, container('fw')],
});

/** The host after `everything`, with the record that the plan wrote. */
export function attached(): HostSnapshot {
  const plan = planned(busy, everything);
  const record = JSON.parse(plan.steps[0]!.apply[2]!) as NonNullable<
    HostSnapshot['attachments'][0]
  >['record'];
  const inside = { name: 'net1', mac: '02:00:00:00:00:77', mtu: 1400, up: true, addresses: ['10.0.0.2/24'] };
  const holder = { kind: 'container' as const, containerId: web.id, netnsInode: web.netnsInode, name: 'web' };
  return host({
    pfs: [pf([vf(0, { ...inside, holder, vlan: { id: 42, qos: 0, proto: '802.1Q' } }), vf(1)])],
    containers: [
      {
        ...web,
        interfaces: [...web.interfaces, { ...inside, altnames: [], vf: '0000:01:10.0' }],
        routes: [{ destination: 'default', family: 4, gateway: '10.0.0.1', device: 'net1', metric: null }],
      },
    ],
    attachments: [
      {
        vf: record.vf,
        containerId: web.id,
        containerName: 'web',
        status: 'live',
        recordedAt: record.recordedAt,
        record,
      },
    ],
  });
}

/** Its container stopped: the VF came back as it was inside. */
export function returned(): HostSnapshot {
  const { attachments, ...rest } = attached();
  const back = vf(0, {
    name: 'net1',
    mac: '02:00:00:00:00:77',
    mtu: 1400,
    altnames: ['enp1s0v0'],
    vlan: { id: 42, qos: 0, proto: '802.1Q' },
  });
  return {
    ...rest,
    containers: [],
    pfs: [pf([back, vf(1)])],
    attachments: attachments.map((a) => ({ ...a, status: 'returned-not-restored' })),
  };
}
