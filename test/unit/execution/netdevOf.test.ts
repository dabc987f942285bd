import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
for (const name of ['ens1', 'ens1d1']) mkdirSync(join(folder, twoPorts, 'net', name), { recursive: true });

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

test('`ip` names the virtio device as the parent', () => {
  expect(run(`parent_of ${plain}; parent_of ${virtio}`)).toBe(`${plain}\nvirtio5\n`);
});
