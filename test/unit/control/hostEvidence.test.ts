import { expect, test } from 'vitest';
import { hostEvidence } from '../../../src/control/hostEvidence';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import type { VirtualFunction } from '../../../src/model/functions';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, link, linksOf, onHost, pf, vf } from '../hosts/host';
import { live, pf as livePf, vf as liveVf } from '../diagnostics/data/evidence';

const carrying = { vlan: { id: 42, qos: 0, proto: '802.1Q' as const }, trust: true };

/** What the readiness says of free VFs of such a host. */
function found(snapshot: HostSnapshot) {
  const evidence = live({ pfs: [{ ...livePf, vfs: [liveVf] }] });
  const file = JSON.stringify({ evidence: hostEvidence(snapshot, evidence) });
  return diagnose(parseEvidence(file), 'netdev').filter(({ id }) => id === 'vf.brings-along');
}
const withVf = (more: Partial<VirtualFunction>, links = linksOf([pf([vf(0, more)])])) =>
  host({ pfs: [pf([vf(0, more), vf(1)])], links });

test('a free VF that brings something along is found, with the command that makes it as new', () => {
  expect(found(withVf(carrying))).toMatchObject([
    {
      ...{ severity: 'info', subject: '0000:01:10.0', evidence: ['0000:01:10.0: VLAN 42, trust'] },
      fixes: [{ commands: ['ip link set dev enp1s0 vf 0 vlan 0 trust off'] }],
    },
  ]);
});

test('a VLAN trunk is found, too; no command takes it off', () => {
  expect(found(withVf({ trunk: '7-10' }))).toMatchObject([
    { evidence: ['0000:01:10.0: trunk VLANs 7-10'], fixes: [] },
  ]);
});

test.each<[string, HostSnapshot]>([
  ['as new', withVf({})],
  ['up', withVf({ ...carrying, up: true })],
  ['with an address', withVf({ ...carrying, addresses: ['192.0.2.1/24'] })],
  ['in a bridge', withVf({ ...carrying, master: 'br0' })],
  [
    'under a VLAN device',
    withVf(carrying, [...linksOf([pf([vf(0)])]), link('x', { kind: 'vlan', lower: 'enp1s0v0' })]),
  ],
  [
    'in a container',
    withVf({ ...carrying, holder: { ...onHost, kind: 'container', netnsInode: container('fw').netnsInode } }),
  ],
  ['bound to vfio-pci', withVf({ ...carrying, name: null, holder: { ...onHost, kind: 'vfio' } })],
])('one that is %s is not', (_, snapshot) => {
  expect(found(snapshot)).toEqual([]);
});
