import { describe, expect, test } from 'vitest';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import type { VirtualFunction } from '../../../src/model/functions';
import type { HostSnapshot } from '../../../src/model/snapshot';
import type { Row } from '../../../src/ui/tree/row';
import { recordedHosts } from '../../hosts/index.mjs';
import { bareHost, pf, vf } from '../hosts/host';
import { attachment, hostWithAttachment, hostWithMacvlan } from '../hosts/situations';
import { snapshotOf } from '../recorded/recording';

const flat = (rows: Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children)]);
const allRows = (snapshot: HostSnapshot) => flat([...adapterRows(snapshot), ...containerRows(snapshot)]);

describe('a sentence says what its row says', () => {
  const hosts: [string, () => Promise<HostSnapshot> | HostSnapshot][] = [
    ...recordedHosts.map((name): [string, () => Promise<HostSnapshot>] => [
      name,
      async () => (await snapshotOf(name)).snapshot,
    ]),
    ['with an attachment', () => hostWithAttachment()],
    ['with a macvlan', () => hostWithMacvlan('fw')],
  ];

  test.each(hosts)('%s', async (_, host) => {
    const rows = allRows(await host());
    expect(rows.length).toBeGreaterThan(0);
    const unsaid = rows.flatMap(({ label, description, spoken }) =>
      description
        .split(/ · |, /)
        .flatMap((part) => wordsOf(part))
        .filter((word) => !spoken.includes(word))
        .map((word) => `${label}: “${word}” isn’t in “${spoken}”`),
    );
    expect(unsaid).toEqual([]);
  });

  /** `enp1s0v0 → fw:eth1` is three of them. */
  const wordsOf = (part: string): string[] => {
    const where = /^(?:(\S+) )?→ (.+):([^:]+)$/.exec(part);
    return where ? where.slice(1).filter((word) => word !== undefined) : [part];
  };
});

describe('a VF says what isn’t as a new one has it', () => {
  const described = (more: Partial<VirtualFunction>, driver = 'ice') =>
    adapterRows(bareHost({ pfs: [pf([vf(0, { driver: 'iavf', ...more })], { driver })] }))[0]?.children[0]
      ?.description;

  test.each<[Partial<VirtualFunction>, string]>([
    [{ vlan: { id: 42, qos: 0, proto: '802.1Q' } }, 'VLAN 42'],
    [{ trunk: '2,4-5' }, 'trunk VLANs 2,4-5'],
    [{ trust: true }, 'trust'],
    [{ spoofchk: false }, 'no spoof check'],
    [{ maxTxRate: 100 }, 'at most 100 Mbit/s'],
    [{ linkState: 'disable' }, 'link state disable'],
    [{ driver: 'uio_pci_generic' }, 'driver uio_pci_generic'],
    [{ adminMac: '02:00:00:00:00:99' }, 'MAC pinned'],
    [{ addresses: ['192.0.2.1/24', '2001:db8::1/64'] }, '192.0.2.1/24 +1'],
  ])('%j', (more, says) => {
    expect(described(more)).toBe(`enp1s0v0 · free · ${says}`);
  });

  test('all of it, in one order', () => {
    expect(
      described({
        ...{ addresses: ['192.0.2.1/24'], vlan: { id: 42, qos: 0, proto: '802.1Q' }, trust: true },
        ...{ spoofchk: false, maxTxRate: 100, linkState: 'enable', adminMac: '02:00:00:00:00:99' },
      }),
    ).toBe(
      'enp1s0v0 · free · 192.0.2.1/24 · VLAN 42 · trust · no spoof check · at most 100 Mbit/s · link state enable · MAC pinned',
    );
  });

  test('what is usual, or what nobody can tell, isn’t said', () => {
    expect(described({})).toBe('enp1s0v0 · free');
    expect(described({ adminMac: '02:00:00:00:00:00' })).toBe('enp1s0v0 · free');
    // Its driver has new VFs without a spoof check.
    expect(described({ driver: 'mlx5_core', spoofchk: false }, 'mlx5_core')).toBe('enp1s0v0 · free');
  });

  test('a MAC that was pinned while it is attached is, though the VF has the same', () => {
    const snapshot = hostWithAttachment();
    const [one] = snapshot.attachments;
    const record = { ...one!.record, changed: { ...one!.record.changed, adminMac: true } };
    const [adapter] = adapterRows({ ...snapshot, attachments: [{ ...one!, record }] });
    expect(adapter?.children[0]?.description).toBe('enp1s0v0 → fw:eth1 · 192.0.2.10/24 · MAC pinned');
  });

  test('one that came back says where it was', () => {
    const back = vf(0, { name: 'eth1', trust: true });
    const [adapter] = adapterRows(
      bareHost({
        pfs: [pf([back])],
        attachments: [attachment(back, 'fw', 'f', 'eth1', 'returned-not-restored')],
      }),
    );
    expect(adapter?.children[0]).toMatchObject({
      description: 'eth1 · returned from fw, not restored · trust',
      spoken: expect.stringContaining('eth1, returned from fw, not restored') as string,
    });
  });
});

test('an adapter says what of it is free, and who has it', () => {
  const snapshot = hostWithAttachment();
  const bonded = { index: 2, name: 'enp1s0', mac: null, up: true, carrier: true, mtu: 1500, kind: null };
  const link = { ...bonded, master: 'bond0', lower: null, pci: '0000:01:00.0', altnames: [], addresses: [] };
  expect(adapterRows({ ...snapshot, links: [link] })[0]).toMatchObject({
    description: '2 of 7 VFs, 1 free · 1 Gb/s · in use by bond0 · igb',
    spoken: 'Adapter enp1s0, 2 of 7 VFs, 1 free, 1 Gb/s, in use by bond0, driver igb',
  });
});
