import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command } from '../../../src/diagnostics/command';
import { diagnose } from '../../../src/diagnostics/diagnose';
import type { HostEvidence } from '../../../src/model/evidence';
import { interfaceNameProblem } from '../../../src/model/values';
import { hostileText } from '../../hostileText';
import { evidence, live, log, pf, remarks, typed, vf, withPf } from './data/evidence';
import { ruleCases } from './data/ruleCases';

const commandsOf = (given: HostEvidence, rule?: string): string[] =>
  diagnose(given)
    .filter(({ id }) => rule === undefined || id === rule)
    .flatMap(({ fixes }) => fixes.flatMap(({ commands }) => commands));

/** What a thing is called by someone who wants a command run, or an option taken. `pwned` is a command here. */
const hostile = [
  ...['x;pwned;#', '$(pwned)', '`pwned`', 'x|pwned', 'x&pwned', "';pwned;'", '";pwned;"', '\\";pwned;\\"'],
  ...['x\npwned\n', '--pwned', '-pwned', 'x pwned', '>pwned', '{pwned,y}', '../../pwned', '*pwned', '~pwned'],
  ...['/ e pwned', '/;e pwned;s/', '&pwned', '$PF', '0000:01:00.0;pwned', '01:00.0$(pwned)', 'a\u202epwned'],
  ...['{"kind":"load-module","module":"pwned"}', '","pwned":"', 'pwned=1', 'pwned\\'],
];

/** Everything a host may call things by: interfaces, functions, drivers and modules, folders, engines, values of arguments. */
const called =
  /\b(?:en[ops]\w+|eth\d|ens\d\w*|ib[ps]?\d\w*|igbvf|iavf|ixgbevf|ixgbe|igb|i40e|mlx[45]_core|vfio-pci|docker|podman|mt\d+_pciconf\d)\b|(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]|(?<==)[\w,.]+/g;
const names = new Set<string>();
const renamed = (one: HostEvidence, to: (found: string) => string): HostEvidence =>
  strings(one, (text) =>
    text.replace(called, (found) => {
      names.add(found);
      return to(found);
    }),
  );
function strings<T>(value: T, to: (text: string) => string): T {
  if (typeof value === 'string') return to(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => strings(one, to)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key.includes('/') ? to(key) : key,
      strings(inner, to),
    ]),
  ) as T;
}

/**
 * The evidence of each rule with hostile names: all of them, those of interfaces, of functions, of the rest; and behind the
 * right one, since a rule looks at some things only when they are well called.
 */
const interfaceName = /^(?:en|eth|ib)/;
const given = ruleCases.flatMap(({ evidence: one }, at) => {
  const text = (nth: number) => hostile[(at * 5 + nth) % hostile.length] ?? '';
  return [
    renamed(one, () => text(0)),
    renamed(one, (found) => (interfaceName.test(found) ? text(1) : found)),
    renamed(one, (found) => (interfaceName.test(found) ? text(7) : found)),
    renamed(one, (found) => (found.includes(':') ? text(2) : found)),
    renamed(one, (found) => (found.includes(':') || interfaceName.test(found) ? found : text(3))),
    renamed(one, (found) => `${found}${text(4)}`),
  ];
});
/** Every program that a rule suggests, and ours, which tells that it ran. */
const programs =
  'apt-get cat cpupower devlink dmesg dnf docker dracut echo ethtool fuser grep grub-mkconfig grubby ip kubectl ls lsns lspci mlxconfig modprobe mokutil mount mstconfig nvme printf proxmox-boot-tool rdma rpm-ostree sed sysctl systemctl tail udevadm update-grub update-initramfs usermod virsh';
/** A shell that knows no program: each writes down its words, and nothing is read or written outside of its folder. */
const harness = `PATH=/nowhere; HOME=/nowhere; unset ENV
pwned() { : >ran; }
${programs
  .split(' ')
  .map((name) => (/-/.test(name) ? `alias ${name}='said ${name}'` : `${name}() { said ${name} "$@"; }`))
  .join('\n')}
said() { command printf '%s\\0' "$@" >&3; }
`;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'suggested-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The words that the commands' programs receive, and what the shell complains of. */
function run(commands: readonly string[]): { words: string[]; stderr: string } {
  const here = (text: string) => text.replace(/\/(?:sys|etc|proc|var|dev)\//g, './none/');
  commands.forEach((text, at) => writeFileSync(join(folder, `${at}.sh`), `${here(text)}\n`));
  writeFileSync(join(folder, 'words'), '');
  const { stderr } = execaSync('sh', ['-s'], {
    cwd: folder,
    input: `${harness}${commands.map((_, at) => `(. ./${at}.sh) 3>>words`).join('\n')}\n`,
    reject: false,
  });
  const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1);
  const left = readdirSync(folder).filter((file) => file !== 'words' && !/^\d+\.sh$/.test(file));
  expect(left, `made by one of:\n${commands.join('\n')}`).toEqual([]);
  return { words, stderr };
}

describe('what a host calls its things', { timeout: 120_000 }, () => {
  const fixes = () => given.flatMap((one) => diagnose(one).flatMap((finding) => finding.fixes));

  test('is one word of a suggested command, or none', () => {
    const commands = [...new Set(fixes().flatMap((fix) => fix.commands))];
    const { words, stderr } = run(commands);
    expect(stderr).not.toMatch(/not found|[Ss]yntax|unexpected|[Uu]nterminated/);
    expect(words.length).toBeGreaterThan(150);
    const injected = words.filter((one) => one.includes('pwned'));
    expect(injected.length).toBeGreaterThan(5);
    expect(
      injected.filter(
        (one) => !hostile.some((word) => one === word || names.has(one.slice(0, -word.length))),
      ),
    ).toEqual([]);
    // To the program that gets it, it is no option either.
    expect(injected.filter((one) => one.startsWith('-'))).toEqual([]);
  });

  test('is in no change, unless it has the form of its kind', () => {
    const changes = fixes().flatMap(({ change }) =>
      change && change.kind !== 'kernel-args' ? [change] : [],
    );
    expect(changes.length).toBeGreaterThan(10);
    expect(
      changes.flatMap((change) => Object.values(change)).filter((text) => !/^\w[\w.:-]*$/.test(text)),
    ).toEqual([]);
  });

  test('generated: interfaces of any name that the kernel takes', () => {
    const good = fc
      .sample(hostileText, { seed: 11, numRuns: 2000 })
      .filter((name) => interfaceNameProblem(name) === undefined)
      .slice(0, 200);
    expect(good.length).toBe(200);
    const commands = good.flatMap((name) =>
      commandsOf(withPf({ name, up: false, numVfs: 1, vfs: [vf] }), 'pf-state.down'),
    );
    expect(run(commands).words).toEqual(good.flatMap((name) => ['ip', 'link', 'set', 'dev', name, 'up']));
  });
});

test('a rule can put no string into a command', () => {
  const name: string = 'x';
  // @ts-expect-error only values that are checked
  expect(command`ip link show dev ${name}`).toBeDefined();
});

test(
  'a value that is not known is a variable without which the command does not run',
  { timeout: 60_000 },
  () => {
    const commands = [...new Set(ruleCases.flatMap(({ evidence: given }) => commandsOf(given)))];
    for (const text of commands)
      expect(text.replace(/\$\{[A-Z_]+:\?\}|\$USER|\$\(|\$\//g, '')).not.toContain('$');
    const open = commands.filter((text) => /\$\{\w+:\?\}/.test(text) && !text.includes('$('));
    expect(open.length).toBeGreaterThan(5);
    expect(run(open).words).toEqual([]);
  },
);

const noDriver = { pci: '0000:01:10.0', driver: null, name: null, iommuGroup: null };
const listed = [
  '05:00.0 Ethernet controller: Mellanox Technologies MT27800 Family [ConnectX-5]',
  '\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)',
];

describe('the values are those of what the finding is about', () => {
  test.each<[string, HostEvidence, string]>([
    [
      'the PF of a live host, though there are others',
      live({
        pfs: [
          { ...pf, up: false, numVfs: 1, vfs: [vf] },
          { ...pf, pci: '0000:02:00.0', name: 'enp2s0' },
        ],
      }),
      'ip link set dev enp1s0 up',
    ],
    [
      'devlink and the address',
      withPf({ driver: 'ice' }, { sysfs: { devlink: 'absent' } }),
      'devlink dev eswitch show pci/0000:01:00.0',
    ],
    [
      'mstconfig and the address',
      withPf({ vendorId: '0x15b3' }, { sysfs: { mlxconfig: 'absent', mstconfig: 'absent' } }),
      'mstconfig -d 0000:01:00.0 query SRIOV_EN NUM_OF_VFS',
    ],
    [
      'a live PF without a driver',
      withPf({ driver: null, name: null }),
      'modprobe -a $(modprobe -R "$(cat /sys/bus/pci/devices/0000:01:00.0/modalias)")',
    ],
    [
      'the first VF that has no driver',
      withPf({ driversAutoprobe: false, numVfs: 2, vfs: [vf, { ...noDriver, pci: '0000:01:10.2' }] }),
      'echo 0000:01:10.2 > /sys/bus/pci/drivers_probe',
    ],
    [
      'the VF that is out of sight, not another that has no driver',
      live({
        pfs: [{ ...pf, numVfs: 2, vfs: [{ ...noDriver, pci: '0000:01:10.2' }, vf] }],
        holders: [{ vf: vf.pci, kind: 'none' }],
      }),
      'echo 0000:01:10.0 > /sys/bus/pci/devices/0000:01:10.0/driver/unbind',
    ],
    [
      'the module on the blacklist of a log',
      evidence({ cmdline: 'quiet modprobe.blacklist=igbvf,iavf' }),
      'modprobe igbvf',
    ],
    [
      'a log: the address of the write, and the number that was asked for',
      typed(
        'echo 8 > /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs',
        'bash: echo: write error: Device or resource busy',
        { sysfs: { '/sys/bus/pci/devices/0000:05:00.0/sriov_numvfs': '4' } },
      ),
      'echo 8 > /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs',
    ],
    [
      'a log that knows the address of an interface',
      typed(
        'echo 8 > /sys/class/net/eth4/device/sriov_numvfs',
        'bash: echo: write error: Device or resource busy',
        {
          dmesg: ['[1.0] igb 0000:05:00.0 eth4: renamed from eth0'],
        },
      ),
      'echo 0 > /sys/bus/pci/devices/0000:05:00.0/sriov_numvfs',
    ],
    [
      'ip link: the PF that is down',
      remarks('2: eth4: <BROADCAST,MULTICAST> mtu 1500 state DOWN', '    vf 0 MAC 00:00:00:00:00:00'),
      'ip link set dev eth4 up',
    ],
    [
      'the driver names the interface of its function, and which VF it is',
      log('igb 0000:05:00.0 eth4: VF 3 is not trusted', 'usb 1-1: new device'),
      'ip link set dev eth4 vf 3 trust on',
    ],
    [
      'mlxconfig, by the device that it asked',
      remarks('Device #1:', 'Device:         /dev/mst/mt4119_pciconf0', '        SRIOV_EN    False(0)'),
      'mlxconfig -y -d /dev/mst/mt4119_pciconf0 set SRIOV_EN=1 NUM_OF_VFS=8',
    ],
    [
      'mlxconfig, by the only adapter that there is',
      evidence({ lspci: listed, other: ['        SRIOV_EN    False(0)'] }),
      'mlxconfig -y -d 0000:05:00.0 set SRIOV_EN=1 NUM_OF_VFS=8',
    ],
    [
      'nobody knows which of two',
      live(
        {
          pfs: [
            { ...pf, up: true },
            { ...pf, pci: '0000:02:00.0' },
          ],
        },
        {
          commands: [
            { command: 'devlink dev eswitch set pci/x mode switchdev', error: 'Device or resource busy' },
          ],
          fresh: true,
        },
      ),
      'devlink dev eswitch set pci/${PCI:?} mode switchdev',
    ],
  ])('%s', (_, given, expected) => expect(commandsOf(given)).toContain(expected));
});

test('a kernel argument that sed or a shell would take for more than a name has no command', () => {
  const debian = { kernel: '6.1.0-50-amd64', iommuUnits: [], iommuGroups: 0 };
  const removal = (cmdline: string) =>
    commandsOf(live(debian, { cmdline, dmesg: ['DMAR: IOMMU disabled'] }), 'iommu.disabled-by-flag');
  expect(removal('quiet intel_iommu=off')).toContain(
    `sed -i -E '/^GRUB_CMDLINE_LINUX/ s/intel_iommu(=[^ "]*)? ?//g' /etc/default/grub`,
  );
  for (const text of removal("quiet intel_iommu=off';pwned;'")) expect(text).not.toContain('pwned');
});
