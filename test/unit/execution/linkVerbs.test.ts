import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import keptVerbs from '../../../src/execution/program/keptVerbs.sh';
import linkVerbs from '../../../src/execution/program/linkVerbs.sh';
import ownFolder from '../../../src/host/ownFolder.sh';
import { folder } from './executing';

const [vf, sibling] = ['0000:01:10.0', '0000:01:10.2'];
const at = (...path: string[]) => join(folder, ...path);
const write = async (path: string, ...lines: string[]) => {
  await mkdir(join(at(path), '..'), { recursive: true });
  await writeFile(at(path), `${lines.join('\n')}\n`);
};
const ours = 'links/00-sriov-workbench-fw-eth7.link';

/** Two VFs of one adapter; the second one's network device is on the host. */
beforeEach(async () => {
  for (const name of ['etc', 'change', `sys/${vf}`, 'sys/0000:01:00.0']) await mkdir(at(name), { recursive: true }); // prettier-ignore
  await write(`sys/${sibling}/net/enp1s0v1/ifindex`, '9');
  for (const pci of [vf, sibling]) await symlink('../0000:01:00.0', at('sys', pci, 'physfn'));
  await symlink(`../${vf}`, at('sys/0000:01:00.0/virtfn0'));
  await symlink(`../${sibling}`, at('sys/0000:01:00.0/virtfn1'));
  await write('usr/99-default.link', '[Match]', 'OriginalName=*', '[Link]', 'NamePolicy=keep path', 'MACAddressPolicy=persistent'); // prettier-ignore
});

async function run(...verbs: string[]): Promise<void> {
  const program = `${ownFolder}\n${keptVerbs.replace('kept_home=/etc/sriov-workbench', `kept_home=${at('etc')}`)}
${linkVerbs
  .replace('links=/etc/systemd/network', `links=${at('links')}`)
  .replace(/^(link_places="\$links) .*"$/m, `$1 ${at('usr')}"`)
  .replace('udev_data=/run/udev/data', `udev_data=${at('udev')}`)
  .replaceAll('/sys/bus/pci/devices', at('sys'))}
change=${at('change')}
udevadm() { echo "$*" >>${at('udevadm.log')}; }
umask 077
${verbs.map((verb) => `${verb} || { echo "${verb} failed"; exit 1; }`).join('\n')}`;
  const { stdout } = await execa('sh', ['-c', program]);
  expect(stdout).toBe('');
}
const install = `install_link fw-eth7 ${vf} enp1s0v0`;
const settingsIn = async (path: string) => (await readFile(at(path), 'utf8')).split('[Link]\n')[1]!.trim();

test('by PCI address, with all but the name as udev’s own file has it', async () => {
  await run(install);
  expect((await readFile(at(ours), 'utf8')).split('\n').slice(1)).toEqual([
    `# All else is as in ${at('usr/99-default.link')}.`,
    '',
    '[Match]',
    `Path=pci-${vf} *-pci-${vf}`,
    '',
    '[Link]',
    'Name=enp1s0v0',
    'MACAddressPolicy=persistent',
    '',
  ]);
  expect(await readFile(at('udevadm.log'), 'utf8')).toBe('control --reload\n');
});

test('with what the host’s own file says of that VF, and the files that add to it', async () => {
  await write(`sys/${vf}/net/eth5/ifindex`, '8');
  await write('udev/n8', `E:ID_NET_LINK_FILE=${at('links/50-vfs.link')}`);
  await write('links/50-vfs.link', '[Match]', 'Driver=igbvf', '[Link]', '# MTU', 'NamePolicy=keep \\', '  path', 'MACAddress=02:00:00:00:00:09', '  RxBufferSize = 4096', 'SR-IOVVirtualFunctions=2', '[SR-IOV]', 'Trust=yes'); // prettier-ignore
  await write('links/50-vfs.link.d/20.conf', 'Lost=yes', '[Link]', 'GenericReceiveOffload=no');
  await write('usr/50-vfs.link.d/10.conf', '[Link]', 'WakeOnLan=off');
  await write('links/50-vfs.link.d/10.conf', '[Link]', 'WakeOnLan=magic');
  await run(install);
  expect(await settingsIn(ours)).toBe(
    'Name=enp1s0v0\nMACAddress=02:00:00:00:00:09\n  RxBufferSize = 4096\nWakeOnLan=magic\nGenericReceiveOffload=no',
  );
});

test('of a VF that is elsewhere now, as another one of its adapter has it, but for what is that one’s alone', async () => {
  await write('udev/n9', `E:ID_NET_LINK_FILE=${at('links/50-vfs.link')}`);
  await write('links/50-vfs.link', '[Link]', 'Name=other', 'MACAddress=02:00:00:00:00:09', 'Alias=b', 'MTUBytes=9000'); // prettier-ignore
  await run(install);
  expect(await settingsIn(ours)).toBe('Name=enp1s0v0\nMTUBytes=9000');
});

test('goes with its folder, where that was not there; and never takes one of ours for the host’s', async () => {
  await run(install, 'remove_link fw-eth7');
  expect(existsSync(at('links'))).toBe(false);
  expect(await readdir(at('etc'))).toEqual([]);
  await write('udev/n9', `E:ID_NET_LINK_FILE=${at(ours)}`);
  await mkdir(at('links'));
  await run('rm -f "$change"/*', install);
  expect(await settingsIn(ours)).toMatch(/MACAddressPolicy/);
  await write('links/10-other.link', '[Link]');
  await run('remove_link fw-eth7', 'remove_link fw-eth7');
  expect(await readdir(at('links'))).toEqual(['10-other.link']);
});

test('a removal that is undone brings back the very file', async () => {
  await run(install);
  await write(ours, 'as somebody left it');
  await run('remove_link fw-eth7');
  expect(existsSync(at(ours))).toBe(false);
  await run(install);
  expect(await readFile(at(ours), 'utf8')).toBe('as somebody left it\n');
});
