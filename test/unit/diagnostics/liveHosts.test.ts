import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { families } from '../../../src/diagnostics/rules/families';
import type { HostEvidence } from '../../../src/model/evidence';
import { purposes, type Purpose } from '../../../src/model/finding';
import { healthy, live, pf, vf, withPf } from './data/evidence';

const off = { iommuUnits: [], iommuGroups: 0 };
const noEngine = [
  { engine: 'docker', status: 'absent', detail: 'docker is not installed' },
  { engine: 'podman', status: 'absent', detail: 'podman is not installed' },
];
const [first = pf, second = pf] = healthy.pfs;

/** What the machines of the lab have in them, as the collector sees it. */
const variants: Record<string, HostEvidence> = {
  default: live(
    {},
    {
      cmdline: 'root=/dev/vda intel_iommu=on iommu=pt',
      dmesg: ['DMAR: IOMMU enabled', 'DMAR-IR: Enabled IRQ remapping in x2apic mode'],
    },
  ),
  'default with VFs': withPf({
    numVfs: 2,
    vfs: [vf, { ...vf, pci: '0000:01:10.2', name: null, iommuGroup: 10 }],
  }),
  'no-flag': live({}, { cmdline: 'root=/dev/vda' }),
  'iommu-off': live(off, {
    cmdline: 'root=/dev/vda intel_iommu=off',
    dmesg: [
      'DMAR: IOMMU disabled',
      'DMAR-IR: Enabled IRQ remapping in x2apic mode',
      'iommu: Default domain type: Translated',
    ],
  }),
  'no-iommu': live(
    { ...off, acpiTables: ['APIC', 'FACP'] },
    {
      cmdline: 'root=/dev/vda intel_iommu=on',
      dmesg: ['DMAR: IOMMU enabled', 'iommu: Default domain type: Translated'],
    },
  ),
  amd: live(
    { iommuUnits: ['ivhd0'], acpiTables: ['APIC', 'IVRS'], cpuVendor: 'AuthenticAMD' },
    {
      cmdline: 'root=/dev/vda iommu=pt',
      dmesg: ['AMD-Vi: Interrupt remapping enabled', "x2apic: IRQ remapping doesn't support X2APIC mode"],
    },
  ),
  'amd, without interrupt remapping': live(
    { iommuUnits: ['ivhd0'], acpiTables: ['APIC', 'IVRS'], cpuVendor: 'AuthenticAMD' },
    { cmdline: 'root=/dev/vda intremap=off' },
  ),
  'no-vf-driver': live(
    { blacklistedModules: ['igbvf'], pfs: [first] },
    { cmdline: 'root=/dev/vda intel_iommu=on modprobe.blacklist=igbvf' },
  ),
  'no-nic': live({ pfs: [] }),
  bare: live({ engines: noEngine }),
  'without sudo': live({
    isRoot: false,
    dmesgReadable: false,
    engines: [
      { engine: 'docker', status: 'denied', detail: 'permission denied' },
      { engine: 'podman', status: 'ok', detail: '' },
    ],
  }),
  'in a container': live({
    insideContainer: true,
    virtualization: null,
    acpiTables: null,
    dmesgReadable: false,
    engines: noEngine,
    pfs: [
      { ...first, name: null, up: null, carrier: null },
      { ...second, name: null, up: null, carrier: null },
    ],
  }),
  'in a container without IOMMU': live({
    ...off,
    insideContainer: true,
    virtualization: null,
    acpiTables: null,
    engines: noEngine,
  }),
  'bare metal, VT-d off': live({ ...off, virtualization: 'none', acpiTables: ['APIC', 'FACP'] }),
  'bare metal, kernel without default': live(
    { ...off, virtualization: 'none' },
    { cmdline: 'root=/dev/sda1' },
  ),
};

const bare = { virtualization: 'none', cpuVendor: null };
const iort = { acpiTables: ['APIC', 'FACP', 'IORT'] };
/** Hosts that have neither DMAR nor IVRS, whatever they have. The lab has none of them. */
Object.assign(variants, {
  'aarch64 with SMMUs': live(
    { ...bare, ...iort, architecture: 'aarch64', iommuUnits: ['smmu3.0x0000000140000000'] },
    { cmdline: 'root=/dev/nvme0n1p2 quiet' },
  ),
  'aarch64 whose firmware shows no SMMU': live({ ...off, ...bare, ...iort, architecture: 'aarch64' }),
  'aarch64, a guest': live({ ...off, ...iort, architecture: 'aarch64', virtualization: 'kvm' }),
  'ppc64le, whose units are in no class': live({
    ...bare,
    ...{ architecture: 'ppc64le', iommuUnits: [], iommuGroups: 12, acpiTables: null },
  }),
  's390x, an LPAR': live({
    ...bare,
    ...{ cpuVendor: 'IBM/S390', architecture: 's390x', iommuUnits: ['s390-iommu.0'], acpiTables: null },
  }),
});
/** Findings that are neither `pass` nor `info`, for each purpose. */
const table: Record<string, Record<Purpose, string[]>> = {
  default: same([]),
  'default with VFs': same([]),
  'no-flag': same([]),
  'iommu-off': passedOn('error iommu.disabled-by-flag'),
  'no-iommu': passedOn('error guest.no-viommu'),
  amd: same([]),
  'amd, without interrupt remapping': passedOn('error intremap.turned-off'),
  'no-vf-driver': { netdev: ['error vf-driver.missing'], vfio: [], vm: [] },
  'no-nic': same(['error capability.none']),
  bare: { netdev: ['error engine.unreachable'], vfio: [], vm: [] },
  'without sudo': same(['unknown engine.denied-here', 'unknown privileges.log-unreadable']),
  'in a container': same([
    'unknown engine.denied-here',
    'unknown engine.denied-here',
    'unknown privileges.log-unreadable',
  ]),
  'in a container without IOMMU': {
    ...passedOn('unknown engine.denied-here', 'unknown engine.denied-here', 'unknown iommu.unreadable'),
    netdev: ['unknown engine.denied-here', 'unknown engine.denied-here'],
  },
  'bare metal, VT-d off': passedOn('error iommu.off-in-bios', 'warning iommu.no-hardware'),
  'bare metal, kernel without default': passedOn('error iommu.flag-missing'),
  'aarch64 with SMMUs': same([]),
  'aarch64 whose firmware shows no SMMU': passedOn('error iommu.off-in-bios', 'warning iommu.no-hardware'),
  'aarch64, a guest': passedOn('error guest.no-viommu'),
  'ppc64le, whose units are in no class': same([]),
  's390x, an LPAR': same([]),
};
function same(ids: string[]): Record<Purpose, string[]> {
  return { netdev: ids, vfio: ids, vm: ids };
}
function passedOn(...ids: string[]): Record<Purpose, string[]> {
  return { netdev: [], vfio: ids, vm: ids };
}

describe.each(Object.entries(variants))('%s', (name, evidence) => {
  test.each(purposes)('%s', (purpose) => {
    const bad = diagnose(evidence, purpose).filter(({ severity }) => !['pass', 'info'].includes(severity));
    expect(bad.map(({ severity, id }) => `${severity} ${id}`).sort()).toEqual(
      [...(table[name]?.[purpose] ?? ['?'])].sort(),
    );
  });
  test('without a purpose it is asked about containers', () => {
    expect(diagnose(evidence)).toEqual(diagnose(evidence, 'netdev'));
  });
  test('every unknown says how it would become known', () => {
    for (const { severity, fixes, explanation } of purposes.flatMap((purpose) => diagnose(evidence, purpose)))
      if (severity === 'unknown')
        expect(fixes.length > 0 || /on the host|modinfo/i.test(explanation)).toBe(true);
  });
});

test('a healthy host shows what was checked', () => {
  const passed = diagnose(variants.default ?? live(), 'vfio')
    .filter(({ severity }) => severity === 'pass')
    .map(({ id }) => id);
  expect(passed).toEqual(
    expect.arrayContaining([
      'adapter.capability',
      'adapter.driver',
      'adapter.state',
      'adapter.bus-numbers',
      'adapter.pcie-link',
      'vf.driver',
      'engine',
      'host.privileges',
      'iommu.translation',
      'iommu.interrupt-remapping',
    ]),
  );
  expect(new Set(families.map(({ id }) => id)).size).toBe(families.length);
});

describe('the log of a live host is history', () => {
  test('the adapter has another driver by now', () => {
    for (const line of [
      'pci-stub 0000:01:00.0: driver does not support SR-IOV configuration via sysfs',
      'pci 0000:01:00.0: no driver bound to device; cannot configure SR-IOV',
    ])
      expect(
        diagnose(withPf({}, { dmesg: [line] })).filter(({ severity }) => severity === 'error'),
        line,
      ).toEqual([]);
  });
  const failed = ['igb 0000:01:00.0: not enough MMIO resources for SR-IOV'];
  test('a failure stands while the adapter has no VFs', () => {
    expect(diagnose(withPf({}, { dmesg: failed }))[0]).toMatchObject({
      severity: 'error',
      cause: 'mmio-too-small',
    });
  });
  test('and is over when it has', () => {
    const found = diagnose(withPf({ numVfs: 1, vfs: [vf] }, { dmesg: failed }));
    expect(found.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
    expect(found).toContainEqual(
      expect.objectContaining({
        severity: 'info',
        cause: 'mmio-too-small',
        explanation: expect.stringMatching(/may no longer apply/) as string,
      }),
    );
  });
  test('a PF that is up takes back that a VF waited for it', () => {
    expect(
      diagnose(
        withPf(
          { numVfs: 1, vfs: [vf] },
          { dmesg: ['igbvf 0000:01:10.0: PF still in reset state. Is the PF interface up?'] },
        ),
      )[0]?.severity,
    ).not.toBe('error');
  });
});

test('a fix is offered with the values of this host, also where it is about all adapters', () => {
  const changes = (evidence: HostEvidence, id: string) =>
    diagnose(evidence)
      .filter((finding) => finding.id === id)
      .flatMap(({ fixes }) => fixes.flatMap(({ change }) => change ?? []));
  const eager = { other: ['/run/NetworkManager: running'] };
  expect(changes(live({}, eager), 'managers.eager')).toEqual([{ kind: 'unmanaged', vfDriver: 'igbvf' }]);
  expect(changes(live({ pfs: [first, { ...second, vfModule: 'iavf' }] }, eager), 'managers.eager')).toEqual(
    [],
  );
  const ignored = '/etc/NetworkManager/conf.d/90-sriov-workbench.conf:unmanaged-devices+=driver:igbvf';
  expect(diagnose(live({}, { other: [...eager.other, ignored] })).map(({ id }) => id)).not.toContain(
    'managers.eager',
  );
  const bare = { ...vf, driver: null, name: null };
  expect(changes(withPf({ numVfs: 1, vfs: [bare] }), 'vf-driver.unprobed')).toEqual([
    { kind: 'vf-driver', pf: '0000:01:00.0', driver: 'igbvf' },
  ]);
});
