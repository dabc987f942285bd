import { describe, expect, test } from 'vitest';
import { late } from '../../../src/model/lasting/late';
import type { Made, MadeIntent } from '../../../src/model/lasting/made';
import type { MadeProgram, Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { problemOfMade, stateOfMade } from '../../../src/planning/made/stateOfMade';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const setVfs = (count: number): ChangeRequest => ({ kind: 'set-vfs', pf: 'enp1s0', count, lasting: true });
const vlan = { id: 42, qos: 0, proto: '802.1Q' as const };
const configure: ChangeRequest = { kind: 'configure', vf: 'enp1s0:1', vlan, spoofchk: true, lasting: true };
const makes = (now: HostSnapshot, request: ChangeRequest): MadeProgram => planned(now, request).makes!;
const applied = ({ steps }: Plan): string[] => steps.map(({ apply }) => apply.join(' '));
const made = (more: Partial<MadeIntent> = {}, rest: Partial<Made> = {}): Made => ({
  intent: { ...makes(host(), configure).intent, ...more },
  ...{ result: null, enabled: true },
  ...rest,
});

test('VFs for DPDK are bound again after each boot, with their memory and owner', () => {
  const now = host({ hugePages: [{ node: null, kb: 2048, total: 0, free: 0 }] });
  const plan = planned(now, {
    ...{ kind: 'prepare', vfs: ['enp1s0:1'], owner: 'ann', trust: true, lasting: true },
    hugePages: { kb: 2048, count: 8 },
  });
  expect(plan.makes?.intent.vfs).toEqual([
    {
      ...{ index: 1, vf: '0000:01:10.2', settings: { trust: true, driver: 'vfio-pci' } },
      ...{ owner: 'ann', hugePages: { kb: 2048, count: 8 } },
    },
  ]);
  const [settle] = plan.makes!.settle;
  expect(settle!.plan.steps.map(({ apply }) => apply[0])).toEqual([
    ...['raise_huge_pages', 'set_vf', 'bind_driver', 'own_group'],
  ]);
  expect(settle!.plan.preconditions.map(({ check }) => check[0])).toContain('knows_owner');
});

describe('VFs after each boot', () => {
  test('are made now, and by a program whose adapter is known by its address and its own MAC', () => {
    const plan = planned(host({ pfs: [pf([], { permanentMac: '52:54:00:00:00:09' })] }), setVfs(4));
    expect(applied(plan)).toEqual([
      'set_vf_count 0000:01:00.0 4',
      'await_netdevs 0000:01:00.0 4',
      expect.stringMatching(/^install_made vfs-enp1s0 /),
      'enable_made vfs-enp1s0',
    ]);
    expect(plan.makes!.intent).toMatchObject({
      ...{ version: 1, id: 'vfs-enp1s0', pf: '0000:01:00.0', pfMac: '52:54:00:00:00:09', count: 4, vfs: [] },
    });
    expect(plan.lasting).toBe(true);
  });

  test('that are there already are only written down; twice, there is nothing to do', () => {
    expect(applied(planned(host(), setVfs(2))).map((text) => text.split(' ')[0])).toEqual(['install_made', 'enable_made']); // prettier-ignore
    const again = made({ vfs: [] });
    expect(refused(host({ made: [again] }), setVfs(2))).toMatch(/^nothing-to-do: .* \(vfs-enp1s0\)/);
    expect(planned(host({ made: [{ ...again, enabled: false }] }), setVfs(2)).steps).toHaveLength(2);
  });

  test('of what the kernel knew, a boot leaves nothing to undo', () => {
    const { steps } = planned(host(), setVfs(4));
    expect(steps.map(({ undo }) => undo[0])).toEqual([
      ...['this_boot', 'this_boot', 'this_boot', 'restore_made', 'disable_made'],
    ]);
  });

  test('by the plans of any VFs, which bring the adapter up and leave one that was up so', () => {
    const { make } = makes(host(), setVfs(4));
    expect(applied(make)).toEqual([
      `ip link set dev ${late('pf_name')} up`,
      'set_vf_count 0000:01:00.0 4',
      'await_netdevs 0000:01:00.0 4',
    ]);
    expect(make.steps[0]!.undo).toContain(late('pf_state'));
    expect(make.preconditions[0]!.check).toEqual(['vf_count_is', '0000:01:00.0', '0']);
  });

  test('get their settings, also one that a new VF may have or not', () => {
    const { settle } = makes(host({ pfs: [pf([vf(0), vf(1)], { driver: 'unheard_of' })] }), configure);
    expect(settle.map(({ index }) => index)).toEqual([1]);
    expect(applied(settle[0]!.plan)).toEqual([
      expect.stringContaining(`set_vf ${late('pf_name')} 1 VLAN 42`),
      expect.stringContaining('spoof check on'),
    ]);
    expect(settle[0]!.plan.preconditions[0]!.check).toEqual(['is_named', '0000:01:10.2', late('device')]);
  });

  test('a driver for programs comes in the place of whichever there is then', () => {
    const { settle } = makes(host(), {
      kind: 'configure',
      vf: 'enp1s0:0',
      driver: 'vfio-pci',
      lasting: true,
    });
    expect(applied(settle[0]!.plan)).toEqual(['bind_driver 0000:01:10.0 vfio-pci']);
    expect(settle[0]!.plan.steps[0]!.undo).toEqual(['bind_driver', '0000:01:10.0', late('driver'), late('device'), late('mac'), '1500']); // prettier-ignore
  });

  test('without drivers, where that is how they begin', () => {
    const now = host({ pfs: [pf([vf(0), vf(1)], { driversAutoprobe: false })] });
    const { intent, make } = makes(now, setVfs(2));
    expect(intent.autoprobe).toBe(false);
    expect(applied(make)[0]).toBe('set_autoprobe 0000:01:00.0 0');
    const off = planned(host(), { kind: 'set-autoprobe', pf: 'enp1s0', on: false, lasting: true });
    expect(off.makes!.intent).toMatchObject({ count: 2, autoprobe: false });
  });

  test('what is asked for later joins what was asked for; a smaller number takes settings away', () => {
    const before = host({ made: [made()] });
    const more = makes(before, { kind: 'configure', vf: 'enp1s0:1', trust: true, lasting: true }).intent;
    expect(more.vfs).toEqual([
      { index: 1, vf: '0000:01:10.2', settings: { vlan, spoofchk: true, trust: true } },
    ]);
    expect(makes(before, setVfs(7)).intent).toMatchObject({ count: 7, vfs: [{ index: 1 }] });
    expect(makes(before, setVfs(1)).intent).toMatchObject({ count: 1, vfs: [] });
  });

  test.each<[string, HostSnapshot, ChangeRequest, RegExp]>([
    ['none', host(), setVfs(0), /^invalid: .* no 0 to keep/],
    ['more than there can be', host(), setVfs(9), /^limit/],
    [
      'a setting where there is no VF',
      host({ pfs: [pf([])] }),
      { kind: 'set-autoprobe', pf: 'enp1s0', on: false, lasting: true },
      /^unknown-function: enp1s0 has no VFs yet/,
    ],
    [
      'what a container keeps its own settings of',
      host({
        kept: [
          {
            ...{ result: null, watched: true },
            intent: planned(host(), { kind: 'keep', vf: 'enp1s0:1', container: 'fw', name: 'eth7' }).keeps!
              .intent,
          },
        ],
      }),
      configure,
      /^in-use: VF 1 of enp1s0 is kept for a container/,
    ],
    [
      'VFs that are in use',
      host({ pfs: [pf([vf(0, { holder: { ...onHost, kind: 'container', containerId: container('fw').id, name: 'fw' } })])] }), // prettier-ignore
      setVfs(4),
      /^in-use/,
    ],
  ])('refused: %s', (_, now, request, why) => {
    expect(refused(now, request)).toMatch(why);
  });
});

describe('somebody else who makes them', () => {
  const says = (path: string, ...lines: string[]) => host({ makers: [{ path, lines }] });
  test.each<[string, HostSnapshot, RegExp]>([
    [
      'a connection of NetworkManager',
      says('/etc/NetworkManager/system-connections/uplink.nmconnection', 'id=uplink', 'interface-name=enp1s0', '[sriov]', 'total-vfs=2'), // prettier-ignore
      /^in-use: NetworkManager .*total-vfs=2.* nmcli connection modify uplink sriov\.total-vfs 2 sriov\.vfs '1 vlans=42\.0\.q spoof-check=true'/,
    ],
    [
      'NetworkManager’s own configuration',
      says(
        '/etc/NetworkManager/conf.d/vfs.conf',
        '[device-x]',
        'match-device=mac:52:54:00:AA:00:01',
        'sriov-num-vfs=2',
      ),
      /sriov-num-vfs=2 in \/etc\/NetworkManager\/conf\.d\/vfs\.conf/,
    ],
    [
      'a .link file',
      says(
        '/etc/systemd/network/10-vfs.link',
        '[Match]',
        'Path=pci-0000:01:00.0',
        '[Link]',
        'SR-IOVVirtualFunctions=4',
      ),
      /^in-use: systemd-udevd .*SR-IOVVirtualFunctions=2 under \[Link\]; \[SR-IOV\] VirtualFunction=1 VLANId=42 .*MACSpoofCheck=yes/,
    ],
    [
      'netplan',
      says(
        '/etc/netplan/50.yaml',
        '  ethernets:',
        '    enp2s0:',
        '    enp1s0:',
        '      virtual-function-count: 4',
      ),
      /^in-use: netplan .*virtual-function-count: 2 in .*can't express the settings/,
    ],
    [
      'the operator',
      says('/etc/sriov-operator/pci/0000:01:00.0', '{"pciAddress":"0000:01:00.0","numVfs":4}'),
      /numVfs: 2 in the SriovNetworkNodePolicy/,
    ],
    [
      'a unit that names no adapter',
      says('/etc/systemd/system/vfs.service', 'ExecStart=sh -c "echo 4 >$(cat /etc/pf)/sriov_numvfs"'),
      /^in-use: Something else/,
    ],
    [
      'a udev rule, by the driver',
      says('/etc/udev/rules.d/9.rules', 'ACTION=="add", DRIVERS=="igb", ATTR{device/sriov_numvfs}="4"'),
      /^in-use: A udev rule/,
    ],
    [
      'an option of the module',
      says('/etc/modprobe.d/igb.conf', 'options igb max_vfs=4'),
      /^in-use: A driver parameter/,
    ],
  ])('%s', (_, now, why) => {
    expect(refused(now, configure)).toMatch(why);
    const [problem, state] = [problemOfMade(now, made()), stateOfMade(now, made())];
    expect(problem).toMatch(/ creates VFs of enp1s0, too \(/);
    expect(state.state).toBe('failed');
  });

  test.each<[string, HostSnapshot]>([
    ['another adapter', says('/etc/udev/rules.d/9.rules', 'KERNELS=="0000:02:00.0", DRIVERS=="igb", ATTR{device/sriov_numvfs}="4"')], // prettier-ignore
    ['another adapter of the same file', says('/etc/netplan/50.yaml', '    enp1s0:', '    enp2s0:', '      virtual-function-count: 4')], // prettier-ignore
    [
      'a comment',
      says('/etc/udev/rules.d/9.rules', '# KERNELS=="0000:01:00.0", ATTR{device/sriov_numvfs}="4"'),
    ],
  ])('not: %s', (_, now) => {
    const both = { ...now, pfs: [...now.pfs, pf([], { pci: '0000:02:00.0', name: 'enp2s0', mac: null })] };
    expect(planned(both, configure).kind).toBe('keep');
  });
});

describe('how they stand', () => {
  const vfs = (more = {}) => pf([vf(0), vf(1, { vlan, ...more })]);
  test.each<[string, HostSnapshot, Made, string, RegExp]>([
    ['as asked for', host({ pfs: [vfs()] }), made(), 'made', /^$/],
    ['another number', host({ pfs: [pf([vf(0)])] }), made(), 'differs', /^enp1s0 has 1 VF now, not 2; as requested again after the next boot/],
    ['another setting', host(), made(), 'differs', /the VLAN of VF 1/],
    ['in use by a container', host({ pfs: [vfs({ vlan: null, holder: { ...onHost, kind: 'container' } })] }), made(), 'made', /^$/],
    ['a boot that failed', host({ pfs: [pf([])] }), made({}, { result: { state: 'failed', at: '', why: 'no room' } }), 'failed', /^no room$/],
    ['another card', host({ pfs: [pf([vf(0), vf(1)], { mac: '02:00:00:00:00:77' })] }), made(), 'failed', /another adapter/],
    ['no card', host({ pfs: [] }), made(), 'failed', /there is no adapter/],
    ['not enabled', host(), made({}, { enabled: false }), 'failed', /is not enabled/],
  ])('%s', (_, now, one, state, why) => {
    expect(stateOfMade(now, one)).toEqual({ state, why: expect.stringMatching(why) as string });
  }); // prettier-ignore

  test('another number for now is said to be for now', () => {
    const now = host({ made: [made()] });
    expect(planned(now, { kind: 'set-vfs', pf: 'enp1s0', count: 4 }).notes.at(-1)).toMatch(
      /^The next boot creates 2 VFs again \(vfs-enp1s0\)/,
    );
    expect(planned(now, setVfs(4)).notes.join(' ')).not.toContain('again (');
  });

  test('removed, they stay until the next boot', () => {
    const plan = planned(host({ made: [made()] }), { kind: 'stop-keeping', ids: ['vfs-enp1s0'] });
    expect(applied(plan)).toEqual(['remove_made vfs-enp1s0', 'disable_made vfs-enp1s0']);
    expect(plan.notes).toEqual(['The VFs stay until the next boot.']);
  });
});
