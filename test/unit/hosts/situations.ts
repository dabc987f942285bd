import type { VirtualFunction } from '../../../src/model/functions';
import type { Attachment, HostSnapshot, PendingChange } from '../../../src/model/snapshot';
import { bareHost, container, pf, vf } from './host';

/** enp1s0 with two VFs; VF 0 is in `fw` as `inside`, attached by us. */
export function hostWithAttachment(inside = 'eth1'): HostSnapshot {
  const fw = container('fw');
  const free = vf(0);
  const attached = vf(0, {
    name: inside,
    up: true,
    addresses: ['192.0.2.10/24'],
    holder: { kind: 'container', containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' },
  });
  fw.interfaces = [
    ...fw.interfaces,
    {
      name: inside,
      mac: attached.mac,
      addresses: attached.addresses,
      up: true,
      mtu: 1500,
      altnames: [],
      vf: attached.pci,
    },
  ];
  return bareHost({
    pfs: [pf([attached, vf(1)])],
    containers: [fw, container('router')],
    attachments: [attachment(free, 'fw', fw.id, inside)],
  });
}

export const attachment = (
  vf: VirtualFunction,
  containerName: string,
  containerId: string,
  inside: string,
  status: Attachment['status'] = 'live',
): Attachment => ({
  vf: vf.pci,
  containerId,
  containerName,
  status,
  recordedAt: '2026-03-01T12:00:00Z',
  record: {
    version: 1,
    vf: vf.pci,
    pf: '0000:01:00.0',
    index: vf.index,
    container: { id: containerId, name: containerName, engine: 'docker', netnsInode: 4026532002 },
    inside,
    recordedAt: '2026-03-01T12:00:00Z',
    bootId: 'b0',
    before: {
      name: `enp1s0v${vf.index}`,
      altnames: [],
      mac: vf.mac,
      mtu: 1500,
      up: false,
      addresses: [],
      settings: {
        adminMac: vf.adminMac,
        vlan: vf.vlan,
        trust: vf.trust,
        spoofchk: vf.spoofchk,
        linkState: vf.linkState,
        minTxRate: vf.minTxRate,
        maxTxRate: vf.maxTxRate,
      },
      defaultRoute: null,
    },
    changed: { vlan: false },
    pfBroughtUp: false,
  },
});

/** enp1s0, on which fw has a macvlan. */
export function hostWithMacvlan(...owners: string[]): HostSnapshot {
  const containers = owners.map((owner, index) => {
    const one = container(owner, { netnsInode: 4026532100 + index });
    const mac = `02:00:00:00:02:0${index}`;
    one.interfaces.push({
      ...{
        name: 'eth1',
        mac,
        addresses: [`192.0.2.1${index}/24`],
        up: true,
        mtu: 1500,
        altnames: [],
        vf: null,
      },
    });
    return { one, mac };
  });
  return bareHost({
    pfs: [pf([vf(0)])],
    containers: containers.map(({ one }) => one),
    macvlans: containers.map(({ one: { id, name, engine, netnsInode }, mac }) => ({
      ...{ version: 1, kind: 'macvlan', mode: 'bridge', inside: 'eth1', mac, bootId: 'b0' },
      ...{ key: `0000:01:00.0.macvlan-${mac.replaceAll(':', '')}`, on: '0000:01:00.0' },
      container: { id, name, engine, netnsInode: netnsInode ?? 0 },
      ...{ recordedAt: '2026-03-01T12:00:00Z', broughtUp: [] },
    })),
  });
}

/** A change that was interrupted after three of its eight steps. */
export const pendingChange = (
  id: string,
  title: string,
  more: Partial<PendingChange> = {},
): PendingChange => ({
  ...{ id, title, startedAt: null, by: 'root', running: false, beforeBoot: false },
  ...{ progress: { done: 3, steps: 8 }, undoing: false, request: null },
  ...more,
});
