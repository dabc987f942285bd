import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HostError, type Host, type RunResult } from '../../../src/host/host';
import { collectEvidence, evidenceProgram } from '../../../src/inventory/collectEvidence';
import { evidenceOf } from '../../../src/inventory/evidenceOf';
import { sections } from '../../../src/inventory/sections';
import { unknownRoom } from '../../../src/model/vfCapacity';
import { ruleCases } from '../diagnostics/data/ruleCases';

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

describe('the program itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = evidenceProgram.replaceAll('__NONCE__', 'N');

  /** A root folder of our own under the program: its absolute paths are moved there, and its commands are ours. */
  function run(
    files: Record<string, string>,
    links: Record<string, string>,
    commands: Record<string, string>,
  ) {
    const root = mkdtempSync(join(folder, 'root-'));
    const put = (path: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      return join(root, path);
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(put(path), text);
    for (const [path, target] of Object.entries(links)) symlinkSync(target, put(path));
    for (const [name, text] of Object.entries(commands)) {
      writeFileSync(put(`bin/${name}`), `#!/bin/sh\n${text}\n`);
      chmodSync(join(root, 'bin', name), 0o755);
    }
    const moved = program.replace(
      /(?<![\w.$}*%/])\/(sys|proc|etc|lib|usr\/lib|run|\.dockerenv)\b/g,
      `${root}/$1`,
    );
    const stdout = execFileSync('sh', ['-s'], {
      input: moved,
      encoding: 'utf8',
      env: { PATH: `${root}/bin:/usr/bin:/bin` },
    });
    return evidenceOf(sections(stdout.replaceAll(root, ''), 'N'));
  }
  const bus = 'sys/devices/pci0000:00/0000:00:02.0';
  const files = {
    ...{
      'proc/cmdline': 'quiet intel_iommu=on\n',
      'proc/cpuinfo': 'processor : 0\nvendor_id : GenuineIntel\n',
    },
    ...{
      'sys/class/net/lo/mtu': '1',
      'sys/firmware/acpi/tables/DMAR': 'x',
      [`${bus}/subordinate_bus_number`]: '1\n',
    },
    ...{
      [`${bus}/0000:01:00.0/class`]: '0x020000\n',
      [`${bus}/0000:01:00.0/vendor`]: '0x8086\n',
      [`${bus}/0000:01:00.0/device`]: '0x10c9\n',
    },
    ...{
      [`${bus}/0000:01:00.0/sriov_totalvfs`]: '7\n',
      [`${bus}/0000:01:00.0/sriov_numvfs`]: '1\n',
      [`${bus}/0000:01:00.0/sriov_vf_device`]: '10ca\n',
    },
    ...{
      [`${bus}/0000:01:00.0/net/eth1/flags`]: '0x1002\n',
      'sys/class/iommu/dmar0/x': '',
      'sys/kernel/iommu_groups/0/x': '',
    },
    ...{
      [`${bus}/0000:01:10.0/class`]: '0x020000\n',
      'sys/bus/pci/drivers/igb/x': '',
      'etc/default/grub': 'GRUB_CMDLINE_LINUX="quiet"\n#GRUB_CMDLINE_LINUX="x"\n',
    },
    ...{
      'etc/modprobe.d/a.conf':
        '# blacklist no\nblacklist yes-1\ninstall no_2 /bin/false\noptions igb max_vfs=7\n',
    },
    'lib/modules/6.1-test/modules.alias':
      'alias pci:v00008086d000010CAsv*sd*bc*sc*i* igbvf\nalias pci:v00008086d000010C9sv* igb\n',
  };
  const links = {
    'sys/bus/pci/devices/0000:01:00.0': '../../../devices/pci0000:00/0000:00:02.0/0000:01:00.0',
    [`${bus}/0000:01:00.0/driver`]: '../../../../bus/pci/drivers/igb',
    [`${bus}/0000:01:00.0/virtfn0`]: '../0000:01:10.0',
  };
  const commands = {
    uname: 'case $1 in -n) echo box ;; *) echo 6.1-test ;; esac',
    'systemd-detect-virt': '[ "$1" = -cq ] && exit 1; echo kvm',
    dmesg:
      'echo "[ 1.0] DMAR: Host address width 46"; echo "[ 2.0] usb 1-1: nothing"; echo "[ 3.0] igb 0000:01:00.0: 1 VFs allocated"',
    docker: 'echo "permission denied while trying to connect" >&2; exit 1',
    podman: 'exit 0',
  };

  test('reads a host', () => {
    const evidence = run(files, links, commands);
    expect(evidence).toMatchObject({
      cmdline: 'quiet intel_iommu=on',
      other: ['GRUB_CMDLINE_LINUX="quiet"', '/etc/modprobe.d/a.conf:options igb max_vfs=7'],
    });
    expect(evidence.dmesg).toEqual([
      '[ 1.0] DMAR: Host address width 46',
      '[ 3.0] igb 0000:01:00.0: 1 VFs allocated',
    ]);
    expect(evidence.live).toMatchObject({
      ...{
        hostname: 'box',
        kernel: '6.1-test',
        virtualization: 'kvm',
        insideContainer: false,
        cpuVendor: 'GenuineIntel',
      },
      ...{
        iommuUnits: ['dmar0'],
        iommuGroups: 1,
        acpiTables: ['DMAR'],
        dmesgReadable: true,
        blacklistedModules: ['no_2', 'yes_1'],
      },
      engines: [
        { engine: 'docker', status: 'denied' },
        { engine: 'podman', status: 'ok' },
      ],
    });
    expect(evidence.live?.pfs).toMatchObject([
      {
        pci: '0000:01:00.0',
        driver: 'igb',
        name: 'eth1',
        up: false,
        carrier: false,
        totalVfs: 7,
        numVfs: 1,
        vfModule: 'igbvf',
        vfs: [{ pci: '0000:01:10.0', driver: null }],
      },
    ]);
    expect(evidence.sysfs).toHaveProperty(
      ['/sys/bus/pci/devices/0000:01:00.0/../subordinate_bus_number'],
      '1',
    );
  });

  test('a host with next to nothing is no error', () => {
    const evidence = run(
      { 'sys/class/net/lo/mtu': '1' },
      {},
      { ...commands, dmesg: 'exit 1', journalctl: 'exit 1', docker: 'exit 127' },
    );
    expect(evidence).toMatchObject({ cmdline: null, dmesg: [], other: [] });
    expect(evidence.live).toMatchObject({
      iommuUnits: [],
      iommuGroups: 0,
      acpiTables: null,
      dmesgReadable: false,
      pfs: [],
    });
  });

  test('every line of the kernel log that a rule speaks up on is read', () => {
    const lines = [...new Set(ruleCases.flatMap(({ evidence }) => evidence.dmesg))];
    const { dmesg } = run({ ...files, log: lines.join('\n') }, links, {
      ...commands,
      dmesg: `cat "$(dirname "$0")/../log"`,
    });
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.filter((line) => !dmesg.includes(line))).toEqual([]);
  });

  test('a kernel without the VF module', () => {
    const evidence = run({ ...files, 'lib/modules/6.1-test/modules.alias': 'alias x y\n' }, links, commands);
    expect(evidence.live?.pfs[0]?.vfModule).toBeNull();
    expect(evidence.sysfs).toHaveProperty(['/sys/bus/pci/devices/0000:01:00.0/sriov_vf_device'], '10ca');
  });
});
