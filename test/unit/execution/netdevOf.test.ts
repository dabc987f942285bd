import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import verbs from '../../../src/execution/program/verbs.sh';

const folder = mkdtempSync(join(tmpdir(), 'netdev-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = '0000:01:10.0';
const virtio = '0000:03:00.1';
const twoPorts = '0000:04:00.0';
const away = '0000:01:10.2';
for (const path of [`${plain}/net/enp1s0v0`, `${virtio}/virtio5/net/enp3s0v0`, `${away}/net`])
  mkdirSync(join(folder, path), { recursive: true });
// Made in the other order than their names have.
for (const [name, ifindex] of Object.entries({ ens1: 12, ens1d1: 9 })) {
  mkdirSync(join(folder, twoPorts, 'net', name), { recursive: true });
  writeFileSync(join(folder, twoPorts, 'net', name, 'ifindex'), `${ifindex}\n`);
}
writeFileSync(join(folder, plain, 'net/enp1s0v0/ifindex'), '7\n');
writeFileSync(join(folder, virtio, 'virtio5/net/enp3s0v0/ifindex'), '10\n');

const run = (commands: string): string =>
  execFileSync('sh', ['-s'], {
    input: `${verbs.replaceAll('/sys/bus/pci/devices', folder)}\n${commands}\n`,
    encoding: 'utf8',
  });

test('the network device of a function is below it, or below its virtio device', () => {
  expect(
    run(`for pci in ${plain} ${virtio} ${twoPorts} ${away}; do
      if here=$(netdev_on_host $pci); then echo $pci $here; else echo failed; fi
    done`).split('\n'),
  ).toEqual([`${plain} enp1s0v0`, `${virtio} enp3s0v0`, `${twoPorts} ens1 ens1d1`, away, '']);
});

test('a function is known by the names of all its network devices, whole', () => {
  expect(
    run(`is_named ${virtio} enp3s0v0 && echo 1; is_named ${twoPorts} ens1d1 && echo 2
      is_named ${plain} enp1s0v || echo 3; is_named ${plain} 'enp1s0v.' || echo 4; is_named ${away} '' || echo 5`),
  ).toBe('1\n2\n3\n4\n5\n');
});

test('a function is renamed although udev does so meanwhile, and not when another device has the name', () => {
  const ip = (meanwhile: string) => `sleep() { :; }
    ip() { case "$1 $*" in -j*) ;; *' down') ;; *) ${meanwhile}; echo 'no such device'; return 1 ;; esac; }
    rename_here ${away} enp1s0v1 && echo $(netdev_on_host ${away}) || echo failed`;
  const device = (name: string) => join(folder, away, 'net', name);
  mkdirSync(device('eth7'));
  expect(run(ip(':'))).toBe('no such device\nfailed\n');
  expect(run(ip(`mv ${device('eth7')} ${device('enp1s0v1')}`))).toBe('enp1s0v1\n');
  rmSync(device('enp1s0v1'), { recursive: true });
});

test('`ip` names the virtio device as the parent', () => {
  expect(run(`parent_of ${plain}; parent_of ${virtio}`)).toBe(`${plain}\nvirtio5\n`);
});

test('the devices of a card whose ports are one function are told apart by the order in which they were made', () => {
  expect(
    run(`netdev_of_port ${twoPorts} 1; netdev_of_port ${twoPorts} 2; netdev_of_port ${plain} 1
      netdev_of_port ${virtio} 1; sleep() { :; }; netdev_of_port ${plain} 2 || echo none`).split('\n'),
  ).toEqual(['ens1d1', 'ens1', 'enp1s0v0', 'enp3s0v0', 'none', '']);
});

/** What `recreate_one` does for a VF, which is PF 0000:09:00.0's first. */
function recreated(pci: string, words: string): string[] {
  const pf = '0000:09:00.0';
  mkdirSync(join(folder, pf), { recursive: true });
  rmSync(join(folder, pf, 'virtfn0'), { force: true });
  symlinkSync(`../${pci}`, join(folder, pf, 'virtfn0'));
  const done = run(`ip() { echo "$*"; }; pf_pci=${pf} pf=enp9s0; recreate_one ${words}`);
  return done.trimEnd().split('\n');
}

test('a recreated VF has what it had, and so have all its devices', () => {
  expect(recreated(plain, '0 02:00:00:00:00:01 vlan 7 -- vf0 1400 up 192.0.2.7/24 2001:db8::7/64')).toEqual([
    'link set dev enp9s0 vf 0 vlan 7',
    'link set dev enp1s0v0 address 02:00:00:00:00:01',
    'link set dev enp1s0v0 name vf0',
    'link set dev vf0 mtu 1400',
    'link set dev vf0 up',
    'address replace 192.0.2.7/24 dev vf0',
    'address replace 2001:db8::7/64 dev vf0',
  ]);
  expect(recreated(plain, '0 -')).toEqual(['']);
  expect(
    recreated(twoPorts, '0 - -- a 1500 down 02:00:00:00:00:02 -- - 1500 up 02:00:00:00:00:03 192.0.2.8/24'),
  ).toEqual([
    'link set dev ens1d1 name a',
    'link set dev a address 02:00:00:00:00:02',
    'link set dev a mtu 1500',
    'link set dev a down',
    'link set dev ens1 address 02:00:00:00:00:03',
    'link set dev ens1 mtu 1500',
    'link set dev ens1 up',
    'address replace 192.0.2.8/24 dev ens1',
  ]);
});
