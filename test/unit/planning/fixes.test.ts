import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import { changed } from '../../../src/boot/arguments';
import { hasArgument } from '../../../src/boot/commandLine';
import { fromFact, needsReboot, nextBoot, toFact } from '../../../src/boot/nextBoot';
import type { HostConfiguration } from '../../../src/model/configuration';
import { unifiedDifference } from '../../../src/model/difference';
import type { FixChange } from '../../../src/model/finding';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { planChange } from '../../../src/planning/plan';
import { debianGrub, grubHost, nowhere } from './configurations';
import { host, pf, vf } from '../hosts/host';

const fixOf = (configuration: HostConfiguration, change: FixChange, snapshot = host()) =>
  planChange(snapshot, { kind: 'fix', finding: 'a.finding', title: 'It is wrong', change, configuration });
const planned = (...given: Parameters<typeof fixOf>): Plan => {
  const plan = fixOf(...given);
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
};
const refused = (...given: Parameters<typeof fixOf>): string => {
  const plan = fixOf(...given);
  if (!isRefusal(plan)) throw new Error(planText(plan));
  return plan.reason;
};
const args = (add: string[], remove: string[] = []): FixChange => ({ kind: 'kernel-args', add, remove });
const after = (plan: Plan) => plan.files?.map((file) => file.after).join('\n');

describe('a kernel command line', () => {
  test.each([
    ['quiet', ['intel_iommu=on', 'iommu=pt'], [], 'quiet intel_iommu=on iommu=pt'],
    ['quiet  intel_iommu=on', ['intel_iommu=on'], [], 'quiet  intel_iommu=on'],
    ['intel_iommu=on,sm_on', ['intel_iommu=on'], [], 'intel_iommu=on,sm_on'],
    ['intel_iommu=off quiet', [], ['intel_iommu=off'], 'quiet'],
    ['a modprobe.blacklist=x,igbvf,y', [], ['modprobe.blacklist=igbvf'], 'a modprobe.blacklist=x,y'],
    ['modprobe.blacklist=igbvf a', [], ['modprobe.blacklist=igbvf'], 'a'],
    ['pci=nommconf,noaer', [], ['pci=nommconf'], 'pci=noaer'],
    ['intremap=off,nosid', [], ['intremap=off,nosid'], ''],
    ['dyndbg="file a.c +p; x" quiet', [], ['quiet'], 'dyndbg="file a.c +p; x"'],
    ['vfio-pci.ids=8086:10ca', [], ['vfio_pci.ids=8086:10ca'], ''],
    ['intel_iommu=off_by_one', [], ['intel_iommu=off'], 'intel_iommu=off_by_one'],
  ])('%j with %j without %j is %j', (before, add, remove, result) => {
    expect(changed(before, { add, remove })).toBe(result);
  });

  test('an argument is found alone and in a list', () => {
    expect(hasArgument('a pci=noaer,realloc b', 'pci=realloc')).toBe(true);
    expect(hasArgument('a pci=realloc=off', 'pci=realloc')).toBe(false);
    expect(hasArgument('xintel_iommu=on', 'intel_iommu=on')).toBe(false);
  });
});

describe('Debian’s GRUB (files as they are; the lab runs its real tools)', () => {
  test('one line of the file changes, with its comment and quotes', () => {
    const plan = planned(grubHost(), args(['intel_iommu=on', 'iommu=pt']));
    expect(plan.files?.flatMap(unifiedDifference)).toEqual([
      '--- /etc/default/grub',
      '+++ /etc/default/grub',
      '@@ -1 +1 @@',
      ...debianGrub
        .split('\n')
        .slice(0, 3)
        .map((line) => ` ${line}`),
      '-GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=off modprobe.blacklist=igbvf"',
      '+GRUB_CMDLINE_LINUX_DEFAULT="quiet modprobe.blacklist=igbvf intel_iommu=on iommu=pt"',
      ' GRUB_CMDLINE_LINUX=""',
    ]);
    expect(plan.steps.map(({ apply }) => apply[0])).toEqual([
      'keep_fix',
      'replace_file',
      'update-grub',
      'boot_configuration_has',
    ]);
    expect(plan.steps[1]?.undo).toEqual(['replace_file', '/etc/default/grub', debianGrub, 'update-grub']);
    expect(plan.steps[3]?.apply.slice(1, 3)).toEqual(['intel_iommu=on iommu=pt', 'intel_iommu=off']);
    expect(plan.preconditions.map(({ check }) => check)).toEqual([
      ['file_says', '/etc/default/grub', debianGrub],
    ]);
    expect(plan).toMatchObject({ lasting: true, losses: [] });
  });

  test('the file in grub.d that has the last word gets what is added', () => {
    const cloud = {
      path: '/etc/default/grub.d/50-cloud.cfg',
      text: 'GRUB_CMDLINE_LINUX_DEFAULT="console=tty1"\n',
    };
    const text = 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\n';
    const files = [cloud, { path: '/etc/default/grub', text }];
    const plan = planned(grubHost({ files, cmdline: 'BOOT_IMAGE=/v root=x' }), args(['intel_iommu=on']));
    expect(plan.files).toEqual([
      {
        path: cloud.path,
        before: cloud.text,
        after: 'GRUB_CMDLINE_LINUX_DEFAULT="console=tty1 intel_iommu=on"\n',
      },
    ]);
  });

  test.each([
    ["GRUB_CMDLINE_LINUX_DEFAULT='quiet' # mine\n", "GRUB_CMDLINE_LINUX_DEFAULT='quiet a=b' # mine\n"],
    ['GRUB_CMDLINE_LINUX_DEFAULT=quiet\n', 'GRUB_CMDLINE_LINUX_DEFAULT="quiet a=b"\n'],
    ['GRUB_CMDLINE_LINUX_DEFAULT=\n', 'GRUB_CMDLINE_LINUX_DEFAULT="a=b"\n'],
    ['export GRUB_CMDLINE_LINUX="x"\n', 'export GRUB_CMDLINE_LINUX="x a=b"\n'],
    ['GRUB_TIMEOUT=1', 'GRUB_TIMEOUT=1\nGRUB_CMDLINE_LINUX_DEFAULT="a=b"\n'],
    ['GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX x"\n', 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX x a=b"\n'],
    [
      '#GRUB_CMDLINE_LINUX="a=b"\nGRUB_CMDLINE_LINUX=""\n',
      '#GRUB_CMDLINE_LINUX="a=b"\nGRUB_CMDLINE_LINUX="a=b"\n',
    ],
  ])('%j becomes %j', (text, result) => {
    const configuration = grubHost({
      files: [{ path: '/etc/default/grub', text }],
      cmdline: 'BOOT_IMAGE=/v',
    });
    expect(after(planned(configuration, args(['a=b'])))).toBe(result);
  });

  test.each([
    ['GRUB_CMDLINE_LINUX="`cat /etc/args`"\n', /only a shell can evaluate/],
    ['GRUB_CMDLINE_LINUX="one\\\ntwo"\n', /only a shell can evaluate/],
    [null, /not plain text/],
  ])('%j is left alone', (text, why) => {
    const configuration = grubHost({ files: [{ path: '/etc/default/grub', text }] });
    expect(refused(configuration, args(['a=b']))).toMatch(why);
  });

  test('what is there already is not written twice: it takes regenerating the configuration, or a reboot', () => {
    const text = 'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on"\n';
    const files = [{ path: '/etc/default/grub', text }];
    const waiting = grubHost({ files, cmdline: 'BOOT_IMAGE=/v quiet' });
    expect(planned(waiting, args(['intel_iommu=on'])).steps.map(({ apply }) => apply[0])).toEqual([
      'keep_fix',
      'update-grub',
      'boot_configuration_has',
    ]);
    const running = grubHost({ files, cmdline: 'BOOT_IMAGE=/v quiet intel_iommu=on' });
    expect(refused(running, args(['intel_iommu=on']))).toMatch(/already have it/);
  });

  test.each(['a b', '$(reboot)', '"x', 'a;b'])('%j is no argument', (odd) => {
    expect(refused(grubHost(), args([odd]))).toMatch(/not a kernel argument/);
  });

  test('what made boards unbootable says so', () => {
    const notes = planned(grubHost(), args(['pci=assign-busses', 'pci=realloc'])).notes.join('\n');
    expect(notes).toMatch(/assign-busses.*not to boot/);
    expect(notes).toMatch(/realloc.*Risk/);
  });
});

test('a kernel that no boot loader of the host loaded, and a container, are refused with what to do', () => {
  expect(refused(nowhere, args(['intel_iommu=on']))).toMatch(/add intel_iommu=on.*\/proc\/cmdline/);
  expect(refused(grubHost({ insideContainer: true }), args(['a=b']))).toMatch(/container/);
});

describe('drivers and modules', () => {
  test('a module comes off the command line and out of modprobe.d, and is loaded', () => {
    const modprobe = { path: '/etc/modprobe.d/vf.conf', text: 'blacklist igbvf\nblacklist iavf\n' };
    const configuration = grubHost();
    const plan = planned(
      { ...configuration, files: [...configuration.files, modprobe] },
      { kind: 'unblacklist', module: 'igbvf' },
    );
    expect(plan.files?.map(({ path }) => path)).toEqual(['/etc/default/grub', modprobe.path]);
    expect(plan.files?.[1]?.after).toBe('# blacklist igbvf\nblacklist iavf\n');
    expect(plan.steps.at(-1)).toMatchObject({
      apply: ['load_module', 'igbvf'],
      undo: ['unload_module', 'igbvf'],
    });
  });

  test('what the kernel itself refuses to load is loaded after the reboot', () => {
    const cmdline = 'BOOT_IMAGE=/v module_blacklist=igbvf';
    const files = [{ path: '/etc/default/grub', text: 'GRUB_CMDLINE_LINUX="module_blacklist=igbvf"\n' }];
    const plan = planned(grubHost({ cmdline, files }), { kind: 'unblacklist', module: 'igbvf' });
    expect(plan.steps.map(({ apply }) => apply[0])).not.toContain('load_module');
    expect(after(plan)).toBe('GRUB_CMDLINE_LINUX=""\n');
  });

  test('autoprobe comes on, and VFs without a driver get theirs', () => {
    const bare = vf(1, { driver: null, name: null });
    const snapshot = host({ pfs: [pf([vf(0), bare], { driversAutoprobe: false })] });
    const change: FixChange = { kind: 'vf-driver', pf: 'enp1s0', driver: 'igbvf' };
    const plan = planned(nowhere, change, snapshot);
    expect(plan.steps.map(({ apply, undo }) => [apply, undo])).toEqual([
      [
        ['set_autoprobe', '0000:01:00.0', '1'],
        ['set_autoprobe', '0000:01:00.0', '0'],
      ],
      [
        ['bind_driver', bare.pci, 'igbvf'],
        ['bind_driver', bare.pci, 'none'],
      ],
    ]);
    expect(plan.lasting).toBeUndefined();
    expect(plan.locks).toEqual([{ pci: '0000:01:00.0', mode: 'exclusive' }]);
    expect(refused(nowhere, change, host({ pfs: [pf([vf(0)])] }))).toMatch(/already get their driver/);
  });

  test('a VF driver waits for its PF, which comes up once, before all VFs', () => {
    const bare = [0, 1].map((index) => vf(index, { driver: null, name: null }));
    const change: FixChange = { kind: 'vf-driver', pf: 'enp1s0', driver: 'igbvf' };
    const plan = planned(nowhere, change, host({ pfs: [pf(bare, { up: false })] }));
    expect(plan.steps.map(({ apply }) => apply[0])).toEqual(['ip', 'bind_driver', 'bind_driver']);
  });

  test('a PF comes up; one that is up is left alone', () => {
    const change: FixChange = { kind: 'pf-up', pf: '0000:01:00.0' };
    expect(planned(nowhere, change, host({ pfs: [pf([], { up: false })] })).steps[0]?.apply).toEqual([
      ...['ip', 'link', 'set', 'dev', 'enp1s0', 'up'],
    ]);
    expect(refused(nowhere, change, host({ pfs: [pf([], { up: true })] }))).toMatch(/already up/);
  });

  test('NetworkManager is configured to leave the VFs alone, by a file of our own', () => {
    const plan = planned({ ...nowhere, tools: ['nmcli'] }, { kind: 'unmanaged', vfDriver: 'iavf' });
    expect(plan.files).toMatchObject([
      { before: null, after: expect.stringContaining('unmanaged-devices+=driver:iavf') as string },
    ]);
    expect(plan.steps[1]?.undo).toEqual([
      ...[
        'remove_file',
        '/etc/NetworkManager/conf.d/90-sriov-workbench.conf',
        'nmcli',
        'general',
        'reload',
        'conf',
      ],
    ]);
  });
});

describe('taking a fix back', () => {
  /** The host after the plan, as its own record says it. */
  const afterwards = (before: HostConfiguration, plan: Plan): HostConfiguration => ({
    ...before,
    files: before.files.map((file) => ({
      ...file,
      text: plan.files?.find(({ path }) => path === file.path)?.after ?? file.text,
    })),
    fixes: [...before.fixes, JSON.parse(plan.steps[0]?.apply[2] ?? '') as HostConfiguration['fixes'][0]],
  });
  const before = grubHost();
  const now = afterwards(before, planned(before, args([], ['intel_iommu=off'])));
  const undo = (configuration: HostConfiguration) =>
    planChange(host(), { kind: 'undo-fix', finding: 'a.finding', configuration });

  test('waits for a reboot until the running kernel agrees, both ways', () => {
    const [fix] = now.fixes;
    const applied = nextBoot(fix!);
    const undone = nextBoot({ ...fix!, undone: true });
    expect(needsReboot(applied, before.cmdline!)).toBe(true);
    expect(needsReboot(applied, 'BOOT_IMAGE=/v quiet')).toBe(false);
    expect(needsReboot(undone, 'BOOT_IMAGE=/v quiet')).toBe(true);
    expect(needsReboot(undone, before.cmdline!)).toBe(false);
    expect([applied, undone].map(toFact)).toEqual(['-intel_iommu=off', '+intel_iommu=off']);
    expect([applied, undone].map(toFact).map(fromFact)).toEqual([applied, undone]);
  });

  test('puts the file back to the byte, regenerates the configuration and checks it', () => {
    const plan = undo(now) as Plan;
    expect(after(plan)).toBe(debianGrub);
    expect(plan.steps.map(({ apply }) => apply.slice(0, 3))).toMatchObject([
      ['replace_file', '/etc/default/grub', debianGrub],
      ['update-grub'],
      ['boot_configuration_has', 'intel_iommu=off', ''],
      ['note_fix', 'a.finding', expect.stringContaining('"undone":true') as string],
    ]);
  });

  test('of a file that was edited since, only the arguments are taken back', () => {
    const text = now.files[0]!.text!.replace('TIMEOUT=5', 'TIMEOUT=9');
    const plan = undo({ ...now, files: [{ path: '/etc/default/grub', text }] }) as Plan;
    expect(after(plan)).toContain('GRUB_TIMEOUT=9');
    expect(after(plan)).toContain('"quiet modprobe.blacklist=igbvf intel_iommu=off"');
  });

  test('without a fix, or a second time, it is refused', () => {
    expect(undo(before)).toMatchObject({ code: 'nothing-to-do' });
    expect(undo({ ...now, fixes: now.fixes.map((fix) => ({ ...fix, undone: true })) })).toMatchObject({
      reason: expect.stringMatching(/already undone/) as string,
    });
  });
});
