import { expect, test } from 'vitest';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import { bareHost, container, pf, vf } from '../hosts/host';
import { attachment, hostWithAttachment, hostWithMacvlan } from '../hosts/situations';
import { linesOf } from '../../../src/ui/tree/facts';

/** enp1s0 is in fw as eth1, whole; by us where there is a record. */
function wholeInFw({ ours }: { ours: boolean }) {
  const fw = container('fw');
  const inFw = pf([], {
    name: 'eth1',
    holder: { kind: 'container', containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' },
  });
  const inside = {
    name: 'eth1',
    mac: inFw.mac,
    addresses: [],
    up: true,
    mtu: 1500,
    altnames: [],
    vf: inFw.pci,
  };
  fw.interfaces.push(inside);
  const record = attachment(vf(0, { pci: inFw.pci }), 'fw', fw.id, 'eth1');
  record.record.before.name = 'enp1s0';
  return bareHost({
    pfs: [inFw],
    containers: [fw],
    attachments: ours ? [record] : [],
  });
}

test('an adapter that a container has whole says who has it: in its row, aloud and in its tooltip', () => {
  const [row] = adapterRows(wholeInFw({ ours: true }));
  expect(row).toMatchObject({
    label: 'enp1s0',
    description: '→ fw:eth1 · 0 of 7 VFs · 1 Gb/s · igb',
    spoken: expect.stringMatching(/^Adapter enp1s0, attached to container fw as eth1, 0 of 7 VFs/) as string,
    tooltip: expect.arrayContaining([
      ['Held by', 'fw'],
      ['Interface', 'eth1'],
      ['Name on the host', 'enp1s0'],
    ]) as string[],
  });
});

test('one that something else gave away says that, too', () => {
  const [row] = adapterRows(wholeInFw({ ours: false }));
  expect(row).toMatchObject({
    label: 'eth1',
    description: '→ fw:eth1 · 0 of 7 VFs · 1 Gb/s · igb · not by SR-IOV Workbench',
  });
  expect(linesOf(adapterRows(bareHost())[0]!.tooltip).map(([name]) => name)).not.toContain('Held by');
});

test('a container says what it has of each kind', () => {
  const described = (snapshot: ReturnType<typeof bareHost>) =>
    containerRows(snapshot)[0]?.children.find(({ label }) => label === 'fw')?.description;
  expect(described(wholeInFw({ ours: true }))).toBe('running · 1 adapter');
  expect(described(hostWithAttachment())).toBe('running · 1 VF');
  expect(described(hostWithMacvlan('fw'))).toBe('running · 1 macvlan');
});

test('its row under the container names the adapter', () => {
  const [docker] = containerRows(wholeInFw({ ours: true }));
  expect(docker?.children[0]?.children[0]?.description).toBe('adapter enp1s0');
});
