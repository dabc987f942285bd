import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { maskEvidence, maskStrings } from '../../../src/diagnostics/masking/maskEvidence';
import { masker, type Names } from '../../../src/diagnostics/masking/masker';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import type { HostEvidence } from '../../../src/model/evidence';
import { purposes } from '../../../src/model/finding';
import { evidence, live, pf, vf, withPf } from './data/evidence';
import { healthyCases } from './data/healthyCases';
import { ruleCases } from './data/ruleCases';

const nobody: Names = { hosts: [], users: [], containers: [] };
const mask = (text: string, names: Partial<Names> = {}) => masker({ ...nobody, ...names }).mask(text);

describe('what identifies is masked', () => {
  test.each([
    [
      'link/ether 90:e2:ba:12:34:56 brd ff:ff:ff:ff:ff:ff',
      'link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff',
    ],
    ['vf 0 MAC 00:00:00:00:00:00', 'vf 0 MAC 00:00:00:00:00:00'],
    ['enx90e2ba123456: renamed from eth0', 'enx020000000001: renamed from eth0'],
    ['Device Serial Number 90-e2-ba-ff-ff-12-34-56', 'Device Serial Number serial-1'],
    ['[SN] Serial number: FOO1234567', '[SN] Serial number: serial-1'],
    ['usb 1-1: SerialNumber: 4C530001', 'usb 1-1: SerialNumber: serial-1'],
    ['Serial: 8250/16550 driver, 4 ports', 'Serial: 8250/16550 driver, 4 ports'],
    ['node_guid 0c42:a103:0065:1a2e', 'node_guid 0200:0000:0000:0001'],
    [
      'root=UUID=3f1c2d4e-aaaa-bbbb-cccc-0123456789ab ro',
      'root=UUID=00000000-0000-0000-0000-000000000001 ro',
    ],
    ['inet 10.1.2.3/24 brd 10.1.2.255', 'inet 198.18.0.1/24 brd 198.18.0.2'],
    [
      'listening on 0.0.0.0 and 127.0.0.1, mask 255.255.255.0',
      'listening on 0.0.0.0 and 127.0.0.1, mask 255.255.255.0',
    ],
    ['inet6 fe80::92e2:baff:fe12:3456/64', 'inet6 fe80::1/64'],
    ['inet6 2a02:8109:1:2::7 dev eth0', 'inet6 2001:db8::1 dev eth0'],
    [
      'initrd=\\0123456789abcdef0123456789abcdef\\6.1\\initrd',
      'initrd=\\00000000000000000000000000000001\\6.1\\initrd',
    ],
    ['open /home/jane/.config: denied', 'open /home/person-1/.config: denied'],
    ['rd.iscsi.password=hunter2', 'rd.iscsi.password=masked'],
    ['ask jane@acme.com or db.acme.internal', 'ask person-1@example.org or name-1.example'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked));

  test('names by themselves, in paths and as the device mapper spells them', () => {
    const names = { hosts: ['big-box'], users: ['jane'], containers: ['shop-db'] };
    expect(mask('Nov 22 17:03:28 big-box kernel: x', names)).toBe('Nov 22 17:03:28 host-1 kernel: x');
    expect(mask('root=/dev/mapper/big--box--vg-root', names)).toBe('root=/dev/mapper/host-1--vg-root');
    expect(mask('jane may not, shop-db may; janet is a word', names)).toBe(
      'user-1 may not, container-1 may; janet is a word',
    );
  });

  test('the same by the same mask', () => {
    expect(mask('10.0.0.1 10.0.0.2 10.0.0.1')).toBe('198.18.0.1 198.18.0.2 198.18.0.1');
    expect(mask('node.acme, NODE and node', { hosts: ['node.acme', 'node'] })).toBe(
      'host-1, host-1 and host-1',
    );
  });
});

test.each([
  '0000:05:00.0 igb 8086:1521 at [mem 0xfbd00000-0xfbdfffff 64bit pref]',
  '[    1.234567] ixgbe 0000:3b:00.1: 32.000 Gb/s available PCIe bandwidth',
  'bnxt_en 0000:3b:00.0: fw version 214.0.186.16 and firmware 22.5.1.3',
  'Sat Nov 22 17:03:28 2025 pci 10000:e1:00.0: VF BAR 0',
  'pcie@10000000 smmu@fe000000 vfio-pci/bind 8086 10ca',
  'pci:v00008086d00001521sv*sd*bc02sc00i*',
])('what does not identify stays: %s', (text) => expect(mask(text)).toBe(text));

const captured: [string, HostEvidence][] = [
  ...['evidence', 'hosts'].flatMap((name) => {
    const folder = join(__dirname, '../../fixtures', name);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file): [string, HostEvidence] => [file, parseEvidence(readFileSync(join(folder, file), 'utf8'))]);
  }),
  ...Object.entries(healthyCases),
  ...ruleCases.map((one): [string, HostEvidence] => [one.rule, one.evidence]),
  ['a live host', withPf({ numVfs: 1, vfs: [vf] })],
  ['a live host without the IOMMU', live({ iommuUnits: [], iommuGroups: 0 }, { cmdline: 'intel_iommu=off' })],
  [
    'a live host without engines',
    live({ engines: [{ engine: 'docker', status: 'denied', detail: 'x' }], isRoot: false }),
  ],
  [
    'a live host without VF driver',
    live({ pfs: [{ ...pf, vfModule: null }], blacklistedModules: ['igbvf'] }),
  ],
];

/** With everything personal in it, as it would stand in a log. */
const personal = (given: HostEvidence): HostEvidence => ({
  ...given,
  dmesg: given.dmesg.map((line) => `Nov 22 17:03:28 prod-7 kernel: ${line}`),
  cmdline: given.cmdline === null ? null : `${given.cmdline} root=/dev/mapper/prod--7--vg-root ip=10.1.2.3`,
});
const names = { hosts: ['prod-7.acme.example'], users: ['jane'], containers: ['shop'] };

describe('the rules say of masked evidence what they say of the host', () => {
  test.each(captured)('%s', (_, given) => {
    for (const one of [given, personal(given)]) {
      const use = masker({ ...names, hosts: [...names.hosts, 'prod-7', 'acme.example'] });
      const { evidence: masked } = maskEvidence(one, names);
      expect(JSON.stringify(masked)).not.toMatch(/prod-+7|acme|10\.1\.2\.3/);
      maskStrings(one, use);
      for (const purpose of [undefined, ...purposes])
        expect(diagnose(parseEvidence(JSON.stringify({ evidence: masked })), purpose)).toEqual(
          maskStrings(diagnose(one, purpose), use),
        );
    }
  });

  const phrases = [
    ...new Set(captured.flatMap(([, one]) => JSON.stringify(one).match(/[A-Za-z][\w-]{2,20}/g) ?? [])),
  ];
  test('also when things are named like the vocabulary of a log', { timeout: 60_000 }, () => {
    const verdicts = (one: HostEvidence) => diagnose(one).map((f) => [f.id, f.cause, f.severity]);
    fc.assert(
      fc.property(
        fc.constantFrom(...captured),
        fc.array(fc.constantFrom(...phrases), { minLength: 1, maxLength: 4 }),
        ([, one], containers) => {
          const { evidence: masked } = maskEvidence(one, { ...nobody, containers });
          expect(verdicts(masked)).toEqual(verdicts(one));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a name that the checks need stays, and is reported', () => {
  const given = live({}, { dmesg: ['igb 0000:01:00.0: not enough MMIO resources for SR-IOV'] });
  expect(maskEvidence(given, { ...nobody, containers: ['igb', 'resources', 'web'] }).kept).toEqual([
    'igb',
    'resources',
  ]);
});

test('what a file holds is read back as it was', () => {
  const given = withPf({ numVfs: 1, vfs: [vf] });
  expect(parseEvidence(JSON.stringify({ evidence: given }))).toEqual(given);
  expect(parseEvidence('{"live":{"isRoot":true}}').live).toMatchObject({
    isRoot: true,
    iommuUnits: null,
    pfs: [],
  });
  expect(() => parseEvidence('{"live":{"pfs":[{"pci":5}]}}')).toThrow(
    /"live\.pfs\[0\]\.pci" must be a string/,
  );
  expect(parseEvidence(JSON.stringify(evidence()))).toEqual(evidence());
});
