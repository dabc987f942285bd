import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probe } from '../../../src/inventory/probe';
import { sections } from '../../../src/inventory/sections';
import { pciFacts } from '../../../src/inventory/sysfs';
import { hugePagesOf, nodeCpusOf } from '../../../src/inventory/userspace/memory';
import { groupFilesOf, matesOf, usersOf, uverbsOf } from '../../../src/inventory/userspace/vfio';
import { container } from '../hosts/host';

const folder = mkdtempSync(join(tmpdir(), 'userspace-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `${text}\n`);
};

const fw = container('fw');

test('huge pages, processors, groups and who has them open', () => {
  for (const [at, total, free] of [
    ['mm/hugepages/hugepages-2048kB', '8', '6'],
    ['node/node0/hugepages/hugepages-2048kB', '8', '6'],
    ['node/node1/hugepages/hugepages-1048576kB', '0', '0'],
  ] as const) {
    put(`${at}/nr_hugepages`, total);
    put(`${at}/free_hugepages`, free);
  }
  put('node/node0/cpulist', '0-3,8');
  put('vfio/12', '');
  put('vfio/vfio', '');
  put('proc/7/comm', 'dpdk-testpmd');
  put('proc/7/cgroup', `0::/system.slice/docker-${fw.id}.scope`);
  put('proc/9/comm', 'qemu');
  put('proc/9/cgroup', '0::/user.slice');
  for (const [pid, fd, to] of [
    ['7', '3', '/dev/vfio/12'],
    ['7', '4', '/dev/null'],
    ['9', '3', '/dev/vfio/13'],
  ] as const) {
    mkdirSync(join(folder, 'proc', pid, 'fd'), { recursive: true });
    symlinkSync(to, join(folder, 'proc', pid, 'fd', fd));
  }
  const input = probe
    .replaceAll('__NONCE__', 'n')
    .replace('__LOOK__', 'uid=0\nuserspace')
    .replaceAll('/sys/kernel/mm/', `${folder}/mm/`)
    .replaceAll('/sys/devices/system/node/', `${folder}/node/`)
    .replace('set -- /dev/vfio/[0-9]*', `set -- ${folder}/vfio/[0-9]*`)
    .replaceAll('stat -c %N /proc/', `stat -c %N ${folder}/proc/`)
    .replace('s|^/proc/', `s|^${folder}/proc/`)
    .replaceAll('"/proc/$pid/', `"${folder}/proc/$pid/`);
  const stdout = execFileSync('sh', ['-s'], { input, encoding: 'utf8' });
  const body = new Map(sections(stdout, 'n').map((one) => [one.name, one.body]));
  expect(hugePagesOf(body.get('huge-pages')!)).toEqual([
    { node: null, kb: 2048, total: 8, free: 6 },
    { node: 0, kb: 2048, total: 8, free: 6 },
    { node: 1, kb: 1048576, total: 0, free: 0 },
  ]);
  expect(nodeCpusOf(body.get('node-cpus')!)).toEqual([{ node: 0, cpus: '0-3,8' }]);
  expect(groupFilesOf(body.get('group-files')!.replaceAll(`${folder}/`, '/dev/'))).toMatchObject([
    { group: 12 },
  ]);
  expect(usersOf(body.get('vfio-users')!, [fw])).toEqual(
    new Map([
      [12, [{ pid: 7, command: 'dpdk-testpmd', container: { id: fw.id, name: 'fw' } }]],
      [13, [{ pid: 9, command: 'qemu', container: null }]],
    ]),
  );
});

test('an owner without a name is a number', () => {
  expect(groupFilesOf('/dev/vfio/9 UNKNOWN:kvm 1234:36 660\n')).toEqual([
    { group: 9, owner: '1234:36', mode: '660' },
  ]);
});

test('who shares a group, and what a program works beside', () => {
  const at = '/sys/bus/pci/devices/0000:01:00.0/virtfn0/iommu_group/devices';
  const links = [
    `${at}/0000:01:10.0 -> ../../x/0000:01:10.0`,
    `${at}/0000:00:01.0 -> ../../x/0000:00:01.0`,
    `${at}/0000:00:01.0/driver -> ../../bus/pci/drivers/pcieport`,
  ];
  const facts = pciFacts('', links.join('\n')).get('0000:01:00.0')!;
  expect(matesOf('virtfn0', '0000:01:10.0', facts)).toEqual([{ pci: '0000:00:01.0', driver: 'pcieport' }]);
  expect(matesOf('virtfn1', '0000:01:10.2', facts)).toEqual([]);
  const said = '/sys/bus/pci/devices/0000:01:00.0/virtfn3/infiniband_verbs/uverbs4\n/x/virtfn*/y\n';
  expect([...uverbsOf(said)]).toEqual([['0000:01:00.0 3', 'uverbs4']]);
});
