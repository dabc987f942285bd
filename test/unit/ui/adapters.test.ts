import { expect, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { linesOf } from '../../../src/ui/tree/facts';
import type { Row } from '../../../src/ui/tree/row';
import { bareHost, pf, vf } from '../hosts/host';
import { attachment, hostWithAttachment, pendingChange } from '../hosts/situations';

const pfRow = (snapshot = bareHost()): Row => adapterRows(snapshot)[0] as Row;
const vfRow = (one: VirtualFunction): Row => pfRow(bareHost({ pfs: [pf([one])] })).children[0] as Row;

test('an adapter says how many VFs it has, its driver and its link', () => {
  expect(pfRow(hostWithAttachment())).toMatchObject({
    id: 'lab/pf/0000:01:00.0',
    label: 'enp1s0',
    description: '2 of 7 VFs, 1 free · 1 Gb/s · igb',
    context: ';pf;sriov;up;vfsN;inuse;',
    spoken: 'Adapter enp1s0, 2 of 7 VFs, 1 free, 1 Gb/s, driver igb',
  });
});

test.each([
  [{ up: false }, '0 of 7 VFs · down · igb'],
  [{ carrier: false }, '0 of 7 VFs · no link · igb'],
  [{ speedMbps: 100 }, '0 of 7 VFs · 100 Mb/s · igb'],
  [{ speedMbps: null }, '0 of 7 VFs · up · igb'],
  [{ driver: null, up: null, name: null }, '0 of 7 VFs · no driver'],
  [{ totalVfs: 0 }, 'no SR-IOV · 1 Gb/s · igb'],
])('an adapter with %o', (more, description) => {
  expect(pfRow(bareHost({ pfs: [pf([], more)] })).description).toBe(description);
});

test('an attached VF says where it is, and its name on the host', () => {
  expect(pfRow(hostWithAttachment()).children[0]).toMatchObject({
    id: 'lab/vf/0000:01:10.0',
    label: 'VF 0',
    description: 'enp1s0v0 → fw:eth1 · 192.0.2.10/24',
    context: ';vf;attached;netdev;',
    spoken:
      'Virtual function 0 of enp1s0, attached to container fw as eth1, enp1s0v0 on the host, link up, 192.0.2.10/24',
  });
});

test('a free VF says so without colour', () => {
  expect(vfRow(vf(1))).toMatchObject({
    description: 'enp1s0v1 · free',
    icon: { id: 'circle-outline' },
    context: ';vf;free;netdev;',
  });
});

test.each([
  [{ name: null, driver: null, holder: none('none') }, 'no driver', ';vf;free;nonetdev;'],
  [{ name: null, holder: none('none') }, 'network device not found', ';vf;gone;nonetdev;'],
  [
    { name: null, driver: 'vfio-pci', holder: none('vfio') },
    'vfio-pci · for a virtual machine or DPDK',
    ';vf;vfio;nonetdev;',
  ],
  [{ master: 'br0' }, 'enp1s0v2 · in use by br0', ';vf;reserved;netdev;'],
])('a VF with %o', (more, description, context) => {
  expect(vfRow(vf(2, more))).toMatchObject({ description, context });
});

test('a VF that something else attached is shown as such', () => {
  expect(pfRow({ ...hostWithAttachment(), attachments: [] }).children[0]).toMatchObject({
    description: '→ fw:eth1 · 192.0.2.10/24 · not by SR-IOV Workbench',
    spoken: expect.stringContaining('not by SR-IOV Workbench') as string,
  });
});

test('a VF that came back under another name asks to be recovered', () => {
  const back = vf(0, { name: 'eth1' });
  const snapshot = bareHost({
    pfs: [pf([back])],
    attachments: [attachment(back, 'fw', 'f', 'eth1', 'returned-not-restored')],
  });
  expect(pfRow(snapshot).children[0]).toMatchObject({
    description: 'eth1 · returned from fw, not restored',
    context: ';vf;free;netdev;returned;',
  });
});

test('a VF that others left under another name says what udev would call it', () => {
  const row = pfRow(bareHost({ pfs: [pf([vf(0, { name: 'eth1', nameByUdev: 'enp1s0v0' })])] })).children[0]!;
  expect(row).toMatchObject({
    description: 'eth1 · free · udev would call it enp1s0v0',
    spoken: expect.stringContaining('udev would call it enp1s0v0') as string,
    context: ';vf;free;netdev;misnamed;',
  });
  expect(JSON.stringify(linesOf(row.tooltip))).toContain('enp1s0v0');
});

test('interrupted changes stand on top, what could not be read below', () => {
  const rows = adapterRows(
    bareHost({
      pending: [
        pendingChange('c1', 'Attach VF 0'),
        pendingChange('c0', 'old', { beforeBoot: true, request: { kind: 'detach', vf: 'x' } }),
        pendingChange('c2', 'failed', { undoing: true }),
      ],
      problems: [{ what: 'model of enp1s0', why: 'udev has no name', needs: 'hwdata' }],
    }),
  );
  expect(rows.slice(0, 3).map(({ description, context }) => [description, context])).toEqual([
    ['Attach VF 0 · after 3 of 8 steps', ';pending;interrupted;finishable;'],
    ['old · undone by the host’s restart', ';pending;interrupted;finishable;'],
    ['failed · while it was being undone', ';pending;interrupted;'],
  ]);
  expect(rows.map(({ label }) => label)).toEqual([
    ...['A change was interrupted', 'A change was interrupted', 'A change was interrupted'],
    'enp1s0',
    '1 item could not be read',
  ]);
  expect(rows[4]?.children[0]).toMatchObject({ label: 'model of enp1s0', description: 'udev has no name' });
});

test('many VFs start folded', () => {
  const vfs = Array.from({ length: 17 }, (_, index) => vf(index));
  expect(pfRow(bareHost({ pfs: [pf(vfs)] })).expanded).toBe(false);
});

function none(kind: 'none' | 'vfio') {
  return { kind, containerId: null, netnsInode: null, name: null };
}
