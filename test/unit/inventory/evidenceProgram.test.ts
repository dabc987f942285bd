import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { evidenceProgram } from '../../../src/inventory/collectEvidence';
import { evidenceOf } from '../../../src/inventory/evidenceOf';
import { sections } from '../../../src/inventory/sections';
import { ruleCases } from '../diagnostics/data/ruleCases';

describe('the program that collects evidence', () => {
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
      [`${bus}/0000:03:00.0/class`]: '0x010802\n',
      [`${bus}/0000:03:00.0/sriov_totalvfs`]: '4\n',
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
    'sys/bus/pci/devices/0000:03:00.0': '../../../devices/pci0000:00/0000:00:02.0/0000:03:00.0',
    [`${bus}/0000:03:00.0/driver`]: '../../../../bus/pci/drivers/nvme',
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
    expect(evidence.live?.otherFunctions).toEqual([
      { pci: '0000:03:00.0', pciClass: '0x010802', totalVfs: 4, driver: 'nvme' },
    ]);
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
