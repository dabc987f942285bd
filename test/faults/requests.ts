import type { AttachRequest, ChangeRequest } from '../../src/model/request';

/** A kind of plan as data: what is asked for, in which world, and the way back. */
export interface Row {
  name: string;
  /** Its part of all injections: less of what takes long, more of what has many steps. */
  share: number;
  /** What is done before. */
  setup?: ChangeRequest[];
  /** Then this is done, and the plan takes it back: it has to end exactly where the setup did. */
  takesBack?: ChangeRequest;
  asked: ChangeRequest;
  /** From the end of the plan to where it was made; that is `takesBack` where there is one. */
  back?: ChangeRequest;
}

const vf = 'enp1s0:0';
const undo = { kind: 'undo' } satisfies ChangeRequest;
const detach = { kind: 'detach', vf } satisfies ChangeRequest;
const attach = (container: string, more: Partial<AttachRequest>): AttachRequest => ({
  ...{ kind: 'attach', vf, container, name: 'net1' },
  ...more,
});
const move = (request: AttachRequest): AttachRequest => ({ ...request, move: true });

/** Has every kind of step that attaching has: a VF that is up with an address, a default route that is taken. */
const attachFully = attach('web', {
  ...{ vlan: 42, mtu: 1400, mac: '02:00:00:00:00:77' },
  ...{ addresses: ['10.99.0.1/24', 'fd00::1/64'], gateway: '10.99.0.254' },
});
/** A part of that, for what begins with a VF attached. */
export const attachFew = attach('web', {
  ...{ vlan: 42, mtu: 1400, addresses: ['10.99.0.1/24'], gateway: '10.99.0.254' },
});
const macvlan = {
  ...{ kind: 'attach', mode: 'macvlan', vf: 'enp1s0:1', container: 'fw', name: 'mv1', mtu: 1400 },
  ...{ addresses: ['10.99.1.1/24', 'fd01::1/64'], routes: [{ destination: '10.98.0.0/16' }] },
} satisfies ChangeRequest;
const configure = {
  ...{ kind: 'configure', vf, mac: '02:00:00:00:00:42', mtu: 1400, maxTxRate: 100 },
  ...{ vlan: { id: 43, qos: 3, proto: '802.1Q' }, trust: true, spoofchk: false },
} satisfies ChangeRequest;

/**
 * Two dozen steps as one change: VF 0 is set on the host, and VF 1 is set and attached. That a container ends isn't struck: it takes
 * one part of several with it.
 */
const declared: ChangeRequest = {
  kind: 'apply',
  declared: {
    version: 1,
    adapters: [
      {
        nicSelector: { pfNames: ['enp1s0'] },
        numVfs: 2,
        vfGroups: [
          { vfRange: '0', vlan: 43, vlanQoS: 3, trust: true, spoofChk: false, maxTxRate: 100, mtu: 1400 },
          { vfRange: '1', vlan: 42, trust: true, maxTxRate: 200 },
        ],
      },
    ],
    attachments: [
      {
        ...{ container: { engine: 'docker', name: 'fw' }, vf: 'enp1s0#1' },
        interface: {
          ...{ name: 'net1', mtu: 1400, hardwareAddr: '02:00:00:00:00:77' },
          addresses: ['10.99.0.1/24', 'fd00::1/64'],
        },
        routes: [
          { destination: '0.0.0.0/0', gateway: '10.99.0.254' },
          { destination: '10.98.0.0/16', gateway: '10.99.0.253' },
        ],
      },
    ],
  },
};

export const functionRows: Row[] = [
  { name: 'attach', share: 46, asked: attachFully, back: detach },
  { name: 'detach', share: 40, takesBack: attachFully, asked: detach },
  {
    ...{ name: 'move', share: 30, setup: [attachFew] },
    asked: move({ ...attachFew, container: 'fw', gateway: undefined }),
    back: move(attachFew),
  },
  {
    ...{ name: 'macvlan', share: 50, asked: macvlan },
    back: { kind: 'detach', vf: 'enp1s0:1', container: 'fw' },
  },
  {
    ...{ name: 'macvlan away', share: 38, takesBack: macvlan },
    asked: { kind: 'detach', vf: 'enp1s0:1', container: 'fw' },
  },
  { name: 'configure', share: 46, asked: configure, back: undo },
  { name: 'apply', share: 30, asked: declared, back: undo },
  { name: 'driver', share: 36, asked: { kind: 'configure', vf, driver: 'vfio-pci' }, back: undo },
];

/** `web` and `web2` are on Docker's bridge, with a default route through it; `fw` has no network. */
const onLink = { addresses: ['10.99.0.1/24'], gateway: '10.99.0.254' };
const inNoRoute = attach('fw', {
  ...{ addresses: ['10.99.0.1/24', 'fd00::1/64'], gateway: '10.99.0.254' },
  routes: [{ destination: '10.98.0.0/16', gateway: '10.99.0.253' }, { destination: 'fd98::/64' }],
});
const offLink = attach('web', { addresses: ['10.99.0.1/32'], gateway: '10.99.0.254' });
const leased = attach('fw', { dhcp: true });

/** What containers' routes, leases and the journal's last change are at stake in. */
export const routeRows: Row[] = [
  { name: 'gateway', share: 9, asked: inNoRoute, back: detach },
  { name: 'gateway replaced', share: 9, asked: offLink, back: detach },
  {
    ...{ name: 'gateway move', share: 18, setup: [attach('web', onLink)] },
    ...{ asked: move(attach('web2', onLink)), back: move(attach('web', onLink)) },
  },
  { name: 'dhcp', share: 9, asked: leased, back: detach },
  { name: 'dhcp away', share: 7, takesBack: leased, asked: detach },
  {
    ...{ name: 'dhcp move', share: 10, setup: [leased] },
    ...{ asked: move({ ...leased, container: 'web2' }), back: move(leased) },
  },
  { name: 'undo attach', share: 10, takesBack: attachFew, asked: undo },
  { name: 'undo detach', share: 10, setup: [attachFew], takesBack: detach, asked: undo },
  {
    ...{ name: 'undo move', share: 14, setup: [attach('web', onLink)] },
    ...{ takesBack: move(attach('web2', onLink)), asked: undo },
  },
  { name: 'undo configure', share: 9, takesBack: configure, asked: undo },
];
