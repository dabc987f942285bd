import { describe, expect, test } from 'vitest';
import { bootFile, type BootFile } from '../../../src/boot/files';
import { checkBootFile, type BootProblem, type WantedArguments } from '../../../src/boot/check';
import { misspelt } from '../../../src/boot/misspelt';
import { wantedArguments } from '../../../src/ui/bootFiles/wanted';
import type { Finding } from '../../../src/model/finding';

const grub = bootFile('/etc/default/grub') as BootFile;
const alpine = bootFile('/etc/update-extlinux.conf') as BootFile;
const line = bootFile('/etc/kernel/cmdline') as BootFile;
const entry = bootFile('/boot/loader/entries/arch.conf') as BootFile;
const flag: WantedArguments = {
  add: ['intel_iommu=on', 'iommu=pt'],
  remove: [],
  because: 'The IOMMU is off',
};

const found = (text: string, file: BootFile, wanted: WantedArguments[] = []) =>
  checkBootFile(text, file, wanted).map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`);
/** The text after the first repair of each problem, as a person would take them one by one. */
function repaired(given: string, file: BootFile, wanted: WantedArguments[] = []): string {
  let text = given;
  for (let left = 10; left > 0; left--) {
    const [problem] = checkBootFile(text, file, wanted).filter(({ repairs }) => repairs.length > 0);
    if (!problem) break;
    text = apply(text, problem);
  }
  return text;
}
const apply = (text: string, { repairs: [first] }: BootProblem): string =>
  [...(first?.edits ?? [])]
    .sort((a, b) => b.from - a.from)
    .reduce((left, edit) => left.slice(0, edit.from) + edit.text + left.slice(edit.to), text);

test.each([
  ['/etc/default/grub', 'assignments'],
  ['/etc/default/grub.d/50-cloudimg-settings.cfg', 'assignments'],
  ['/etc/update-extlinux.conf', 'assignments'],
  ['/etc/kernel/cmdline', 'line'],
  ['/boot/firmware/cmdline.txt', 'line'],
  ['/boot/loader/entries/0a1b-6.1.conf', 'entry'],
  ['/home/me/etc/default/grub', undefined],
  ['/etc/default/grub.bak', undefined],
  ['/etc/default/grub.d/README', undefined],
  ['/etc/kernel/cmdline.d/x', undefined],
  ['/boot/loader/loader.conf', undefined],
])('%s is %s', (path, form) => expect(bootFile(path)?.form).toBe(form));

const debian = `# If you change this file, run 'update-grub' afterwards to update
# don't edit by hand
GRUB_DEFAULT=0
GRUB_TIMEOUT_STYLE=hidden
GRUB_DISTRIBUTOR=\`lsb_release -i -s 2> /dev/null || echo Debian\`
GRUB_CMDLINE_LINUX_DEFAULT="quiet splash"
GRUB_CMDLINE_LINUX=""
#GRUB_GFXMODE=640x480
GRUB_INIT_TUNE="480 440 1"
`;

describe('a file as it should be says nothing', () => {
  test.each([
    [debian, grub],
    [
      'GRUB_CMDLINE_LINUX="intel_iommu=on,sm_on iommu=pt pci=noaer console=tty0 console=ttyS0,115200n8"',
      grub,
    ],
    ["GRUB_CMDLINE_LINUX='a=b'\nexport GRUB_CMDLINE_LINUX_DEFAULT=quiet # why not", grub],
    ['GRUB_CMDLINE_LINUX_DEFAULT="dyndbg=\\"file x +p\\" quiet"', grub],
    ['GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX quiet"\nGRUB_X=$(echo "a b")', grub],
    ['root=/dev/sda1 ro intel_iommu=on amd_iommu=off\n', line],
    ['title Arch\nlinux /vmlinuz\noptions root=/dev/sda1 rw intel_iommu=on\noptions quiet', entry],
    ['', grub],
  ])('%s', (text, file) => expect(found(text, file)).toEqual([]));
});

describe('misspelt', () => {
  test.each([
    ['intel_iommu=1', 'intel_iommu=on'],
    ['intel_iommu=yes', 'intel_iommu=on'],
    ['intel_iommu=On', 'intel_iommu=on'],
    ['intel_iommu=disabled', 'intel_iommu=off'],
    ['intel_iommu=on,sm_onn', 'intel_iommu=on,sm_on'],
    ['intel_iommu', 'intel_iommu=on'],
    ['intel_iomu=on', 'intel_iommu=on'],
    ['intel_immou=on', 'intel_iommu=on'],
    ['intel_iommu=maybe', null],
    ['iommu=on', 'intel_iommu=on'],
    ['iommu=passthrough', 'iommu=pt'],
    ['iomu=pt', 'iommu=pt'],
    ['amd_iommu=on', ''],
    ['amd_iommu=1', ''],
    ['pci=assign-buses', 'pci=assign-busses'],
    ['pci=noaer,reallloc', 'pci=noaer,realloc'],
  ])('%s: %s', (argument, instead) => expect(misspelt(argument)?.instead).toBe(instead));

  test.each([
    ...[
      'intel_iommu=on',
      'intel-iommu=on',
      'intel_iommu=igfx_off',
      'iommu=pt',
      'iommu=nopt',
      'iommu=soft,panic',
    ],
    ...[
      'amd_iommu=off',
      'amd_iommu=fullflush',
      'pci=realloc',
      'pci=realloc=off',
      'pci=noaer',
      'pci=nomsi,noari',
    ],
    ...[
      'iommu.passthrough=1',
      'iommu.strict=0',
      'intel_pstate=disable',
      'intel_idle.max_cstate=0',
      'quiet',
      '$X',
    ],
    ...[
      'vfio-pci.ids=8086:10ca',
      'vfio_iommu_type1.allow_unsafe_interrupts=1',
      'amd_pstate=active',
      'pci=assign-busses',
    ],
  ])('%s is right', (argument) => expect(misspelt(argument)).toBeUndefined());

  test('is put right where it stands', () => {
    expect(repaired('GRUB_CMDLINE_LINUX="intel_iommu=1 quiet"', grub)).toBe(
      'GRUB_CMDLINE_LINUX="intel_iommu=on quiet"',
    );
    expect(repaired('GRUB_CMDLINE_LINUX="amd_iommu=on"', grub)).toBe('GRUB_CMDLINE_LINUX=""');
    expect(repaired('GRUB_CMDLINE_LINUX="amd_iommu=on quiet"', grub)).toBe('GRUB_CMDLINE_LINUX="quiet"');
  });
});

describe('twice, and against each other', () => {
  test.each([
    ['GRUB_CMDLINE_LINUX="intel_iommu=on quiet intel_iommu=on"', ['boot.twice: intel_iommu=on']],
    ['GRUB_CMDLINE_LINUX="iommu=pt"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet iommu=pt"', ['boot.twice: iommu=pt']],
    ['GRUB_CMDLINE_LINUX="intel_iommu=off intel_iommu=on"', ['boot.contradiction: intel_iommu=on']],
    ['GRUB_CMDLINE_LINUX="console=tty0 console=tty0 pci=noaer pci=noats"', []],
  ])('%s', (text, problems) => expect(found(text, grub)).toEqual(problems));
  test('entries stand alone', () => {
    expect(found('options iommu=pt\noptions iommu=pt', entry)).toEqual([]);
    expect(repaired('options root=/dev/sda1 iommu=pt iommu=pt', entry)).toBe(
      'options root=/dev/sda1 iommu=pt',
    );
  });
});

test.each([
  ['GRUB_CMDLINE_LINUX="quiet', 'boot.unbalanced: "quiet'],
  ['GRUB_CMDLINE_LINUX=quiet"', 'boot.unbalanced: quiet"'],
  ["GRUB_TIMEOUT='5", "boot.unbalanced: '5"],
  ['GRUB_CMDLINE_LINUX="a" b"', 'boot.spaces: "a" b"'],
  ['GRUB_CMDLINE_LINUX=quiet intel_iommu=on', 'boot.spaces: quiet intel_iommu=on'],
])('%s: %s', (text, problem) => expect(found(`GRUB_DEFAULT=0\n${text}\nGRUB_X=1`, grub)).toEqual([problem]));

test.each(['pci=assign-busses', 'pci=noaer,assign-busses', 'pci=realloc', 'pci=realloc=on'])(
  '%s carries its warning',
  (argument) => {
    const [problem] = checkBootFile(`GRUB_CMDLINE_LINUX="quiet ${argument}"`, grub);
    expect(problem).toMatchObject({ severity: 'warning', repairs: [{ title: `Remove ${argument}` }] });
    expect(problem?.message).toMatch(/not to boot|may stop working/);
  },
);

describe('what the readiness of this host asks for', () => {
  test.each([
    [debian, grub, debian.replace('quiet splash', 'quiet splash intel_iommu=on iommu=pt')],
    ['GRUB_CMDLINE_LINUX=""', grub, 'GRUB_CMDLINE_LINUX="intel_iommu=on iommu=pt"'],
    ['GRUB_CMDLINE_LINUX=\n', grub, 'GRUB_CMDLINE_LINUX="intel_iommu=on iommu=pt"\n'],
    ['GRUB_CMDLINE_LINUX="iommu=pt intel_iommu=off"', grub, 'GRUB_CMDLINE_LINUX="iommu=pt intel_iommu=on"'],
    ['root=/dev/sda1 ro\n', line, 'root=/dev/sda1 ro intel_iommu=on iommu=pt\n'],
    ['title A\noptions root=/dev/sda1', entry, 'title A\noptions root=/dev/sda1 intel_iommu=on iommu=pt'],
    ['default_kernel_opts="quiet"', alpine, 'default_kernel_opts="quiet intel_iommu=on iommu=pt"'],
  ])('%s', (text, file, after) => {
    const problems = checkBootFile(text, file, [flag]);
    expect(problems).toMatchObject([{ code: 'boot.missing', severity: 'warning' }]);
    expect(repaired(text, file, [flag])).toBe(after);
  });

  test('is not asked for where it stands already, nor where there is no place for it', () => {
    expect(found('GRUB_CMDLINE_LINUX="intel_iommu=on,sm_on iommu=pt"', grub, [flag])).toEqual([]);
    expect(found('GRUB_DEFAULT=0', grub, [flag])).toEqual([]);
  });

  test('what is to go is marked, and goes', () => {
    const off: WantedArguments = { add: [], remove: ['intel_iommu=off'], because: 'It is turned off' };
    const text = 'GRUB_CMDLINE_LINUX="quiet intel_iommu=off"';
    expect(found(text, grub, [off])).toEqual(['boot.unwanted: intel_iommu=off']);
    expect(repaired(text, grub, [off])).toBe('GRUB_CMDLINE_LINUX="quiet"');
  });

  const finding: Finding = {
    ...{ id: 'iommu.flag-missing', cause: 'iommu-flag-missing', severity: 'error', subject: 'host' },
    ...{ title: 'The IOMMU is off', explanation: '', evidence: [] },
    fixes: [
      {
        ...{ kind: 'kernel-args', summary: 'Boot with intel_iommu=on iommu=pt (GRUB)', commands: [] },
        ...{ risk: null, needsReboot: true },
        change: { kind: 'kernel-args', add: ['intel_iommu=on', 'iommu=pt'], remove: [] },
      },
    ],
  };
  const readiness = { findings: [finding], purpose: 'vm' as const, at: new Date() };
  test.each([
    ['file', '', 'local', 1],
    ['vscode-remote', 'ssh-remote+r740', 'r740', 1],
    ['vscode-remote', 'ssh-remote+other', 'r740', 0],
    ['file', '', 'r740', 0],
    ['file', '', undefined, 0],
  ])('%s://%s with %s connected', (scheme, authority, id, count) => {
    const asked = wantedArguments({ scheme, authority }, { id, readiness });
    expect(asked).toEqual(Array.from({ length: count }, () => flag));
  });
  test('a note asks for nothing', () => {
    const noted = { ...readiness, findings: [{ ...finding, severity: 'info' as const }] };
    expect(wantedArguments({ scheme: 'file', authority: '' }, { id: 'local', readiness: noted })).toEqual([]);
  });
});
