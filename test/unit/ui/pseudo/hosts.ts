import type { HostSnapshot } from '../../../../src/model/snapshot';
import { bareHost, container, link, pf, vf } from '../../hosts/host';
import { attachment, hostWithAttachment, hostWithMacvlan, pendingChange } from '../../hosts/situations';
import { failed, keeping, keptOne } from '../keptHost';
import { said } from './pseudo';

const attached = hostWithAttachment();
const [fw] = attached.containers;
const held = { kind: 'container' as const, containerId: fw!.id, netnsInode: fw!.netnsInode, name: 'fw' };
const returned = vf(2, { name: 'eth5' });

/** Hosts on which everything is that a row or a question tells apart. What the host or the core would say of them is marked. */
const made: Record<string, HostSnapshot> = {
  'a host that nothing was done on': bareHost(),
  'VFs and containers in every state': {
    ...attached,
    pfs: [
      pf([
        ...attached.pfs[0]!.vfs,
        returned,
        vf(3, { name: null, driver: 'vfio-pci', holder: { ...held, kind: 'vfio' } }),
        vf(4, { master: 'br0' }),
        vf(5, { name: null, holder: { ...held, kind: 'none' } }),
        vf(6, { name: 'eth9', addresses: ['192.0.2.77/24'], trust: true, holder: held, representor: 'rep6' }),
      ]),
      pf([], {
        ...{
          pci: '0000:02:00.0',
          name: 'eth3',
          holder: held,
          up: false,
          protectedBecause: [said('it is used')],
        },
      }),
      pf([], { pci: '0000:03:00.0', name: 'enp3s0', totalVfs: 0, driver: null, carrier: false }),
    ],
    containers: [
      ...attached.containers,
      container('hostnet', { networkMode: 'host' }),
      container('off', { state: said('exited'), netnsInode: null, pid: null }),
      container('rootless', { rootlessOf: 'ann', engine: 'podman' }),
      container('web-1', { composeProject: 'shop', composeService: 'web' }),
      container('blue', { engine: 'netns', image: null, networkMode: null }),
    ],
    attachments: [
      ...attached.attachments,
      attachment(returned, 'fw', fw!.id, 'eth5', 'returned-not-restored'),
    ],
  },
  'what is kept': keeping(
    attached,
    keptOne(),
    keptOne(
      { ...{ id: 'a1', vf: '0000:01:10.2', index: 1, inside: 'eth1' }, container: { labels: { a1: 'b1' } } },
      failed(said('the disk is full')),
    ),
    keptOne({
      ...{ id: 'a2', vf: '0000:01:10.2', index: 1, inside: 'eth2' },
      container: {
        labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
      },
    }),
    keptOne({ id: 'a3', container: { name: 'router' }, inside: 'eth3' }),
  ),
  macvlans: hostWithMacvlan('fw', 'router'),
  'free VFs': bareHost({
    pfs: [pf([vf(0), vf(1), vf(2)]), pf([], { pci: '0000:02:00.0', name: 'enp2s0' })],
    containers: [fw!, container('router')],
    links: [
      link('enp1s0', { pci: '0000:01:00.0', addresses: ['192.0.2.1/24'] }),
      link('enp2s0', { pci: '0000:02:00.0' }),
    ],
  }),
  troubles: bareHost({
    pfs: [pf([vf(0)])],
    containers: [container('fw')],
    pending: [
      pendingChange('c1', said('Attach it')),
      pendingChange('c2', said('Attach it'), { running: true }),
      pendingChange('c3', said('Attach it'), { undoing: true }),
      pendingChange('c4', said('Attach it'), { beforeBoot: true }),
    ],
    problems: [{ what: said('the MAC'), why: said('no right'), needs: said('root') }],
    engines: [
      { engine: 'docker', status: 'denied', detail: said('permission denied') },
      { engine: 'podman', status: 'error', detail: said('it fell') },
    ],
  }),
};

/** A word that could be ours as well. */
const withoutNone = (snapshot: HostSnapshot): HostSnapshot => ({
  ...snapshot,
  containers: snapshot.containers.map((one) =>
    one.networkMode === 'none' ? { ...one, networkMode: said('none') } : one,
  ),
});
export const hosts = Object.fromEntries(
  Object.entries(made).map(([name, snapshot]) => [name, withoutNone(snapshot)]),
);

/** All that may be English besides what the core says. */
export const names = [
  // What hosts and persons call their things, engines and the kernel their states and modes.
  ...['lab', 'fw', 'router', 'hostnet', 'off', 'rootless', 'shop', 'web', 'blue', 'root', 'ann', 'lo'],
  ...['podman', 'compose', 'quadlet', 'cdi'],
  ...['sriov-workbench@docker.service', 'docker', 'watcher', 'shop/web'],
  ...['82576 Gigabit Network Connection', '2.5 GT/s PCIe x4', 'DMAR: IOMMU enabled'],
  ...['Docker', 'Podman', 'busybox', 'igb', 'igbvf', 'vfio-pci', 'running', 'host', 'bridge'],
  // Commands, and words that are typed as they stand.
  ...['docker inspect', 'podman inspect', 'sudo nsenter', 'sudo ip netns exec blue sh', 'ping'],
  ...['modprobe igbvf', 'dhcp', 'eth{n}', '{n}', 'set-vfs, attach, detach, configure, set-autoprobe, undo'],
  // Files, and ids: the command that an unforeseen error came from, and a check.
  ...['fw.json', 'router.json', '.md', 'sriov.access.drop', 'error · iommu.error'],
];
