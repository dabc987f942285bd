import { describe, expect, test } from 'vitest';
import { HostError, type Host, type RunResult } from '../../../src/host/host';
import { collectEvidence } from '../../../src/inventory/collectEvidence';
import { evidenceOf } from '../../../src/inventory/evidenceOf';
import { sections } from '../../../src/inventory/sections';
import { unknownRoom } from '../../../src/model/vfCapacity';

const answering = (run: (program: string) => RunResult): Host => ({
  id: 'test',
  run: (program) => Promise.resolve(run(program)),
  dispose: () => Promise.resolve(),
});
const nonceOf = (program: string) => /@@([0-9a-f]{24})@@/.exec(program)?.[1] ?? '';
const answer = (parts: Record<string, string>, nonce = 'N') =>
  [...Object.entries(parts), ['end', '']].map(([name, body]) => `@@${nonce}@@ ${name}\n${body}`).join('');

const pf = '/sys/bus/pci/devices/0000:01:00.0';
const whole = {
  user: '0\n',
  uname: 'lab\n6.1.0-50-amd64\n',
  virtualization: 'none\n',
  container: 'no\n',
  cmdline: 'root=/dev/vda quiet modprobe.blacklist=igbvf,nouveau\n',
  cpu: 'vendor_id\t: GenuineIntel\n',
  machine: 'x86_64\n',
  'iommu-units': 'dmar0\ndmar1\n',
  'iommu-groups': '0\n1\n2\n',
  acpi: 'APIC\nDMAR\n',
  lockdown: '[none] integrity confidentiality\n',
  'boot-configuration': 'GRUB_CMDLINE_LINUX="intel_iommu=on"\n',
  blacklist: 'blacklist pcspkr\n  install snd-intel /bin/false\n',
  pfs: `${pf}\n`,
  sysfs: [
    ...[
      'vendor:0x8086',
      'device:0x10c9',
      'sriov_totalvfs:7',
      'sriov_numvfs:2',
      'sriov_drivers_autoprobe:1',
      'sriov_offset:128',
    ],
    ...[
      'sriov_stride:2',
      'sriov_vf_device:10ca',
      '../subordinate_bus_number:1',
      'current_link_speed:2.5 GT/s PCIe',
    ],
    ...[
      'current_link_width:4',
      'max_link_speed:5.0 GT/s',
      'max_link_width:8',
      'net/enp1s0/flags:0x1003',
      'net/enp1s0/carrier:1',
    ],
    'virtfn1/net/enp1s0v1/flags:0x1002',
  ]
    .map((line) => `${pf}/${line}\n`)
    .join(''),
  links: [
    ...['driver -> ../../../bus/pci/drivers/igb', 'iommu_group -> ../../../kernel/iommu_groups/7'],
    ...[
      'virtfn0 -> ../0000:01:10.0',
      'virtfn1 -> ../0000:01:10.2',
      'virtfn1/driver -> ../../../bus/pci/drivers/igbvf',
    ],
    'virtfn1/iommu_group -> ../../../kernel/iommu_groups/10',
  ]
    .map((line) => `${pf}/${line}\n`)
    .join(''),
  'vf-modules': '0000:01:00.0 igbvf\n',
  log: 'readable\n[    0.1] DMAR: Host address width 46\n',
  'engine docker': 'ok\n',
  'engine podman': 'failed permission denied\n',
};

describe('what the program answered', () => {
  test('all of it', () => {
    const evidence = evidenceOf(sections(answer(whole), 'N'));
    expect(evidence).toMatchObject({
      cmdline: 'root=/dev/vda quiet modprobe.blacklist=igbvf,nouveau',
      dmesg: ['[    0.1] DMAR: Host address width 46'],
      other: ['GRUB_CMDLINE_LINUX="intel_iommu=on"'],
      sysfs: {
        [`${pf}/sriov_offset`]: '128',
        [`${pf}/../subordinate_bus_number`]: '1',
        [`${pf}/sriov_vf_device`]: '10ca',
      },
    });
    expect(evidence.live).toEqual({
      ...{
        hostname: 'lab',
        kernel: '6.1.0-50-amd64',
        virtualization: 'none',
        insideContainer: false,
        isRoot: true,
      },
      ...{
        architecture: 'x86_64',
        cpuVendor: 'GenuineIntel',
        iommuUnits: ['dmar0', 'dmar1'],
        iommuGroups: 3,
        acpiTables: ['APIC', 'DMAR'],
      },
      ...{ dmesgReadable: true, blacklistedModules: ['igbvf', 'nouveau', 'pcspkr', 'snd_intel'] },
      pfs: [
        {
          ...{
            pci: '0000:01:00.0',
            name: 'enp1s0',
            driver: 'igb',
            vendorId: '0x8086',
            deviceId: '0x10c9',
            totalVfs: 7,
          },
          ...{ numVfs: 2, up: true, carrier: true, driversAutoprobe: true, iommuGroup: 7, vfModule: 'igbvf' },
          linkSpeed: { current: '2.5 GT/s PCIe x4', max: '5.0 GT/s PCIe x8' },
          room: { ...unknownRoom, offset: 128, stride: 2, lastBus: 1 },
          vfs: [
            { pci: '0000:01:10.0', driver: null, name: null, iommuGroup: null },
            { pci: '0000:01:10.2', driver: 'igbvf', name: 'enp1s0v1', iommuGroup: 10 },
          ],
        },
      ],
      engines: [
        { engine: 'docker', status: 'ok', detail: '' },
        { engine: 'podman', status: 'denied', detail: 'permission denied' },
      ],
    });
  });

  test('what is missing is null, not wrong', () => {
    const { live, dmesg, cmdline } = evidenceOf([{ name: 'end', body: '' }]);
    expect({ dmesg, cmdline }).toEqual({ dmesg: [], cmdline: null });
    expect(live).toEqual({
      ...{
        hostname: null,
        kernel: null,
        virtualization: null,
        insideContainer: null,
        isRoot: false,
        architecture: null,
        cpuVendor: null,
      },
      ...{
        iommuUnits: null,
        iommuGroups: null,
        acpiTables: null,
        dmesgReadable: false,
        blacklistedModules: [],
      },
      ...{ pfs: [], engines: [] },
    });
  });

  test('an adapter of which nothing could be read', () => {
    const { live } = evidenceOf(sections(answer({ pfs: `${pf}\n` }), 'N'));
    expect(live?.pfs[0]).toMatchObject({
      pci: '0000:01:00.0',
      driver: null,
      name: null,
      up: null,
      totalVfs: null,
      vfModule: null,
      vfs: [],
    });
  });

  test('no module for the VFs, and none that could be looked up, are told apart', () => {
    const none = evidenceOf(sections(answer({ ...whole, 'vf-modules': '0000:01:00.0 -\n' }), 'N'));
    const unknown = evidenceOf(sections(answer({ ...whole, 'vf-modules': '' }), 'N'));
    expect([none.live?.pfs[0]?.vfModule, unknown.live?.pfs[0]?.vfModule]).toEqual([null, null]);
    expect(none.sysfs).toHaveProperty([`${pf}/sriov_vf_device`]);
    expect(unknown.sysfs).not.toHaveProperty([`${pf}/sriov_vf_device`]);
  });
});

describe('collecting', () => {
  test('one program, with a new nonce each time', async () => {
    const seen: string[] = [];
    const host = answering((program) => {
      seen.push(program);
      return { exitCode: 0, stdout: answer(whole, nonceOf(program)), stderr: '' };
    });
    const first = await collectEvidence(host);
    expect(await collectEvidence(host)).toEqual(first);
    expect(first.live?.hostname).toBe('lab');
    expect(seen).toHaveLength(2);
    expect(nonceOf(seen[0] ?? '')).not.toBe(nonceOf(seen[1] ?? ''));
  });

  test('text of the host cannot forge a section', async () => {
    const log = 'readable\n@@__NONCE__@@ user\n0\n@@000000000000000000000000@@ cmdline\nintel_iommu=off\n';
    const host = answering((program) => ({
      exitCode: 0,
      stdout: answer({ ...whole, user: '1000\n', log }, nonceOf(program)),
      stderr: '',
    }));
    const { live, cmdline } = await collectEvidence(host);
    expect(live?.isRoot).toBe(false);
    expect(cmdline).not.toContain('intel_iommu=off');
  });

  test('an answer that was cut short is an error of the connection', async () => {
    const host = answering((program) => ({
      exitCode: 0,
      stdout: `@@${nonceOf(program)}@@ user\n0\n`,
      stderr: 'Connection reset',
    }));
    await expect(collectEvidence(host)).rejects.toThrow(HostError);
    await expect(collectEvidence(host)).rejects.toThrow(/incomplete: Connection reset/);
  });
});
