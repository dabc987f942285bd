import { expect, test } from 'vitest';
import { withNamesByUdev } from '../../../src/inventory/leftNames';
import type { VirtualFunction } from '../../../src/model/functions';
import type { Attachment } from '../../../src/model/snapshot';
import { link, onHost, pf, vf } from '../hosts/host';
import { attachment } from '../hosts/situations';

const noted = (index: number, ...lines: string[]) =>
  lines.map((line) => `/run/udev/data/n${index}:E:${line}\n`).join('');
const adapter = noted(3, 'ID_NET_NAME_PATH=enp1s0', 'ID_NET_NAME=enp1s0', 'ID_NET_LINK_FILE=/a.link');
const left = noted(8, 'ID_NET_NAME_PATH=enp1s0v0', 'ID_NET_NAME=eth1');

/** What the first VF of an adapter would be called. */
function said(more: Partial<VirtualFunction>, body = adapter + left, attachments: Attachment[] = []) {
  const pfs = [pf([vf(0, { name: 'eth1', ...more }), vf(1)])];
  const links = [
    link('enp1s0', { index: 3, pci: pfs[0]!.pci }),
    link(pfs[0]!.vfs[0]!.name ?? '', { index: 8, pci: pfs[0]!.vfs[0]!.pci }),
  ];
  return withNamesByUdev(pfs, body, { links, attachments })[0]!.vfs.map(({ nameByUdev }) => nameByUdev);
}

test.each(['eth1', 'dev9', 'net1'])('a VF that was left as %s says what udev would call it', (name) => {
  expect(said({ name })).toEqual(['enp1s0v0', undefined]);
});

test('of several names, as udev’s own file has it', () => {
  const body = adapter + left + noted(8, 'ID_NET_NAME_SLOT=ens1v0');
  expect(said({}, body)[0]).toBe('ens1v0');
});

test.each<[string, Parameters<typeof said>]>([
  ['it has a name that somebody chose', [{ name: 'wan0' }]],
  ['the host uses it under that name', [{ addresses: ['192.0.2.1/24'] }]],
  ['it is a port', [{ master: 'br0' }]],
  ['it is protected', [{ protectedBecause: ['it carries this ssh connection'] }]],
  ['it is kept', [{ keptFor: 'container fw (docker)' }]],
  ['it is in a container', [{ holder: { ...onHost, kind: 'container' } }]],
  ['it is on record: restoring does it', [{}, adapter + left, [attachment(vf(0), 'fw', 'f', 'eth1', 'returned-not-restored')]]], // prettier-ignore
  ['udev notes nothing', [{}, '']],
  ['udev names nothing so (net.ifnames=0)', [{}, adapter.replace('NAME=enp1s0', 'NAME=eth0') + left]],
  ['that is its name', [{ name: 'eth1' }, adapter + left.replace('=enp1s0v0', '=eth1')]],
])('nothing is said where %s', (_, args) => {
  expect(said(...args)[0]).toBeUndefined();
});
