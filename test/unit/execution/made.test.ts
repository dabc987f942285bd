import { execa } from 'execa';
import { chmod, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import madeVerbs from '../../../src/execution/program/madeVerbs.sh';
import keptVerbs from '../../../src/execution/program/keptVerbs.sh';
import { madeFunctions } from '../../../src/execution/renderMade';
import ownFolder from '../../../src/host/ownFolder.sh';
import type { MadeProgram } from '../../../src/model/plan';
import { host, pf as adapter, vf as function_ } from '../hosts/host';
import { planned } from '../planning/planning';
import { folder, here, journal } from './executing';

const [pf, vf] = ['0000:01:00.0', '0000:01:10.2'];
const at = (...path: string[]) => join(folder, ...path);
const before = host({ pfs: [adapter([function_(0), function_(1)])] });
const program: MadeProgram = planned(before, {
  ...{ kind: 'configure', vf: 'enp1s0:1', vlan: { id: 42, qos: 0, proto: '802.1Q' }, lasting: true },
}).makes!;

/** `ip` remembers the VLAN that the adapter has for VF 1. */
const ip = `printf '%s\\n' "ip $*" >>FOLDER/ip.log
case "$*" in *"$(cat FOLDER/fails 2>/dev/null || echo nothing)"*) echo 'RTNETLINK answers: Invalid argument' >&2; exit 2 ;; esac
case "$*" in
'-j -d link show dev '*) printf '[{"ifname":"enp1s0","vfinfo_list":[{"vf":0,"vlan_list":[]},{"vf":1,%s"x":0}]}]' "$(cat FOLDER/vlan 2>/dev/null)" ;;
'-j link show dev enp1s0 up') cat FOLDER/up 2>/dev/null ;;
'-j link show dev e'*) echo '[{"ifindex":2,"ifname":"enp1s0","address":"02:00:00:00:00:ff","permaddr":"PFMAC"}]' ;;
'link set dev enp1s0 vf 1 vlan 42 '*) printf '"vlan":42,' >FOLDER/vlan ;;
'link set dev enp1s0 vf 1 vlan 0'*) rm -f FOLDER/vlan ;;
esac`;

beforeEach(async () => {
  await mkdir(at('bin'));
  const text = ip.replaceAll('FOLDER', folder).replaceAll('PFMAC', before.pfs[0]!.mac!);
  await writeFile(at('bin/ip'), `#!/bin/sh\n${text}\n`);
  await chmod(at('bin/ip'), 0o755);
  await mkdir(at('devices', pf, 'net/enp1s0'), { recursive: true });
  await mkdir(at('drivers/igbvf'), { recursive: true });
  for (const { index, pci, name, mac } of before.pfs[0]!.vfs) {
    await mkdir(at('devices', pci, 'net', name!), { recursive: true });
    await symlink(at('drivers/igbvf'), at('devices', pci, 'driver'));
    await symlink(`../${pci}`, at('devices', pf, `virtfn${index}`));
    await mkdir(at('netdevs', name!), { recursive: true });
    await writeFile(at('netdevs', name!, 'address'), `${mac}\n`);
  }
  await there(0);
});
const there = (count: number) => writeFile(at('devices', pf, 'sriov_numvfs'), `${count}\n`);

/** Its program after a boot of that host. */
async function boots(how = 'boot') {
  const [, text = ''] = /<<'END_OF_MADE'\n([\s\S]*)END_OF_MADE\n/.exec(madeFunctions(program)) ?? [];
  const changed = here(text.replace('#!/bin/sh\n', ''))
    .replaceAll('/sys/class/net', at('netdevs'))
    .replaceAll('/run/udev', at('udev'))
    .replaceAll('-le 150', '-le 1')
    .replaceAll('-le 50', '-le 1');
  await writeFile(at('made.sh'), changed);
  const env = { PATH: `${at('bin')}:${process.env['PATH']}` };
  const { exitCode, stdout } = await execa('sh', [at('made.sh'), how], { reject: false, env });
  const result = await readFile(at('locks/vfs-enp1s0.kept'), 'utf8').catch(() => '{}');
  return { exitCode, stdout, ...(JSON.parse(result) as { state?: string; why?: string }) };
}
const commands = async () => (await readFile(at('ip.log'), 'utf8')).split('\n');

describe('what makes VFs after a boot', () => {
  test('brings the adapter up, makes them, and settles the one with settings, in changes of the journal', async () => {
    expect(await boots()).toMatchObject({ exitCode: 0, state: 'made', why: '' });
    expect(await readFile(at('devices', pf, 'sriov_numvfs'), 'utf8')).toBe('2\n');
    expect(await commands()).toContain('ip link set dev enp1s0 up');
    expect(await readFile(at('vlan'), 'utf8')).toBe('"vlan":42,');
    expect(await journal()).toMatchObject([
      { kind: 'set-vfs', title: 'Set the number of VFs of enp1s0 to 2', outcome: 'done' },
      { kind: 'configure', outcome: 'done' },
    ]);
    expect(await readdir(at('state/changes'))).toEqual([]);
  });

  test('makes none again that are there', async () => {
    await there(2);
    expect(await boots()).toMatchObject({ exitCode: 0, state: 'made' });
    expect(await journal()).toMatchObject([{ kind: 'configure' }]);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['something else made others', () => there(5), /^enp1s0 has 5 VFs already, not 2: something else/],
    [
      'another card is there',
      () => writeFile(at('bin/ip'), '#!/bin/sh\necho "[]"\n'),
      /^another adapter is at/,
    ],
    [
      'its name can’t be used',
      () => rename(at('devices', pf, 'net/enp1s0'), at('devices', pf, "net/e';id;'")),
      /^the adapter is called e';id;', which can't be used/,
    ],
    [
      'the card is gone',
      () => rm(at('devices', pf), { recursive: true }),
      /^the adapter 0000:01:00.0 is not there/,
    ],
    [
      'it comes to no network device',
      () => rm(at('devices', pf, 'net'), { recursive: true }),
      /^the adapter 0000:01:00.0 has no network device on the host/,
    ],
  ])('leaves it alone where %s, and says so', async (_, happens, why) => {
    await happens();
    const { exitCode, state, why: said } = await boots();
    expect([exitCode, state]).toEqual([1, 'failed']);
    expect(said).toMatch(why);
    expect(await journal()).toEqual([]);
  });

  test('a setting that is refused costs no VF, and is named', async () => {
    await writeFile(at('fails'), 'vf 1 vlan 42');
    const { state, why } = await boots();
    expect(state).toBe('failed');
    expect(why).toMatch(/^VF 1: Put VF 1 into VLAN 42 on enp1s0: The driver of enp1s0 .*EINVAL/);
    expect(await readFile(at('devices', pf, 'sriov_numvfs'), 'utf8')).toBe('2\n');
  });

  test('one that a container has by then is left alone', async () => {
    await rm(at('devices', vf, 'net/enp1s0v1'), { recursive: true });
    await there(2);
    expect(await boots()).toMatchObject({ exitCode: 0, state: 'made' });
    expect(await journal()).toEqual([]);
  });

  test('waits for udev to be done with the adapter', async () => {
    await mkdir(at('udev/data'), { recursive: true });
    await writeFile(at('udev/control'), '');
    await mkdir(at('netdevs/enp1s0'));
    for (const [name, index] of [
      ['enp1s0', 2],
      ['enp1s0v0', 3],
      ['enp1s0v1', 4],
    ] as const) {
      await writeFile(at('netdevs', name, 'ifindex'), `${index}\n`);
      await writeFile(at('udev/data', `n${index}`), index === 2 ? 'I:1\nE:ID_RENAMING=1\n' : 'I:1\n');
    }
    const done = setTimeout(() => void writeFile(at('udev/data/n2'), 'I:1\n'), 100);
    expect(await boots()).toMatchObject({ exitCode: 0, state: 'made' });
    clearTimeout(done);
  });
});

describe('its verbs', () => {
  const intent = `'{"id":"vfs-enp1s0"}'`;
  beforeEach(async () => {
    for (const name of ['units', 'locks', 'a', 'b']) await mkdir(at(name));
    await writeFile(at('a/boot'), 'then\n');
    await writeFile(
      at('bin/systemctl'),
      `#!/bin/sh
for unit; do :; done
case $1 in
enable) mkdir -p ${at('units')}/multi-user.target.wants && ln -sf ../sriov-workbench-vfs@.service ${at('units')}/multi-user.target.wants/"$unit" ;;
disable) rm -f ${at('units')}/multi-user.target.wants/"$unit"; rmdir ${at('units')}/multi-user.target.wants 2>/dev/null || true ;;
esac`,
    );
    await chmod(at('bin/systemctl'), 0o755);
  });

  /** The files of the host after verbs of one change. */
  async function after(change: string, ...verbs: string[]): Promise<string[]> {
    const text = `${ownFolder}\n${madeFunctions(program)}\n${keptVerbs}\n${madeVerbs}`
      .replace('kept_home=/etc/sriov-workbench', `kept_home=${at('etc')}`)
      .replace('units=/etc/systemd/system', `units=${at('units')}`);
    const run = `${text}\nchange=${at(change)} locks=${at('locks')} boot=now\numask 077\n${verbs.map((verb) => `${verb} || echo "${verb} failed"`).join('\n')}`;
    const { stdout } = await execa('sh', ['-c', run], {
      env: { PATH: `${at('bin')}:${process.env['PATH']}` },
    });
    expect(stdout).toBe('');
    const of = async (name: string) =>
      (await readdir(at(name), { recursive: true }).catch(() => [])).map((one) => `${name}/${one}`);
    return [...(await of('etc')), ...(await of('units'))].sort();
  }
  const installed = [
    ...['etc/adapters.d', 'etc/adapters.d/vfs-enp1s0.json', 'etc/adapters.d/vfs-enp1s0.sh'],
    ...[
      'units/multi-user.target.wants',
      'units/multi-user.target.wants/sriov-workbench-vfs@vfs-enp1s0.service',
    ],
    'units/sriov-workbench-vfs@.service',
  ];

  test('install it, and removing it leaves nothing', async () => {
    expect(await after('a', `install_made vfs-enp1s0 ${intent}`, 'enable_made vfs-enp1s0')).toEqual(
      installed,
    );
    expect(await after('b', 'remove_made vfs-enp1s0', 'disable_made vfs-enp1s0')).toEqual([]);
  });

  test('undone, there is what there was: nothing, or the intent of before', async () => {
    expect(await after('a', `install_made vfs-enp1s0 ${intent}`, 'enable_made vfs-enp1s0', 'disable_made vfs-enp1s0', 'restore_made vfs-enp1s0')).toEqual([]); // prettier-ignore
    await after('a', `install_made vfs-enp1s0 ${intent}`, 'enable_made vfs-enp1s0');
    expect(await after('b', `install_made vfs-enp1s0 '{}'`, 'restore_made vfs-enp1s0')).toEqual(installed);
    expect(await readFile(at('etc/adapters.d/vfs-enp1s0.json'), 'utf8')).toBe('{"id":"vfs-enp1s0"}\n');
    expect(await after('b', 'remove_made vfs-enp1s0', 'disable_made vfs-enp1s0', 'enable_made vfs-enp1s0', 'restore_made vfs-enp1s0')).toEqual(installed); // prettier-ignore
  });

  test('undo nothing that a boot has undone', async () => {
    await after('a', `this_boot touch ${at('etc')}`);
    expect(await readdir(folder)).not.toContain('etc');
  });
});
