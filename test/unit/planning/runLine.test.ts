import { describe, expect, test } from 'vitest';
import type { VirtualFunction } from '../../../src/model/functions';
import { isRefusal } from '../../../src/model/plan';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { runLineEngines } from '../../../src/planning/userspace/engines';
import { runLine, type RunLine, type RunLineRequest } from '../../../src/planning/userspace/runLine';
import { host, onHost, pf, vf } from '../hosts/host';

const bound = (index: number, more: Partial<VirtualFunction> = {}): VirtualFunction =>
  vf(index, { driver: 'vfio-pci', name: null, numaNode: 1, holder: { ...onHost, kind: 'vfio' }, ...more });
const nodeCpus = [
  { node: 0, cpus: '0-3' },
  { node: 1, cpus: '4-7' },
];
const two = host({ pfs: [pf([bound(0), bound(1)])], nodeCpus });

const line = (now: HostSnapshot, more: Partial<RunLineRequest> = {}): RunLine => {
  const said = runLine(now, { vfs: ['enp1s0:0'], image: 'dpdk', engine: 'docker', inMemory: false, ...more });
  if (isRefusal(said)) throw new Error(`${said.code}: ${said.reason}`);
  return said;
};

describe('a run line', () => {
  test('has the devices, a capability, a limit, the memory and the processors', () => {
    const { text, arguments: words } = line(two, { vfs: ['enp1s0:0', '0000:01:10.2'] });
    expect(text.split(' \\\n  ')).toEqual([
      'docker run --rm -it --network none',
      '--device /dev/vfio/vfio',
      '--device /dev/vfio/"$(basename "$(readlink /sys/bus/pci/devices/0000:01:10.0/iommu_group)")"',
      '--device /dev/vfio/"$(basename "$(readlink /sys/bus/pci/devices/0000:01:10.2/iommu_group)")"',
      '--cap-add IPC_LOCK --cap-add SYS_NICE --ulimit memlock=-1:-1',
      '-v /dev/hugepages:/dev/hugepages',
      '--cpuset-cpus 4-7 --cpuset-mems 1',
      '-e PCIDEVICE_SRIOV_WORKBENCH_VF=0000:01:10.0,0000:01:10.2',
      'dpdk',
    ]);
    expect(words).toBe('-a 0000:01:10.0 -a 0000:01:10.2 --file-prefix vf-0000-01-10-0');
  });

  test('never asks for all privileges, and mounts nothing for --in-memory', () => {
    for (const engine of runLineEngines) {
      const { text, arguments: words } = line(two, { engine, inMemory: true });
      expect(text).not.toMatch(/privileged|hugepages/);
      expect(words).toBe('-a 0000:01:10.0 --in-memory');
    }
  });

  test('does not choose processors where all are on one node', () => {
    expect(line({ ...two, nodeCpus: nodeCpus.slice(0, 1) }).text).not.toContain('cpuset');
    const apart = host({ pfs: [pf([bound(0), bound(1, { numaNode: 0 })])], nodeCpus });
    const said = line(apart, { vfs: ['enp1s0:0', 'enp1s0:1'] });
    expect(said.text).not.toContain('cpuset');
    expect(said.notes.join()).toContain('no single NUMA node');
  });

  test('beside a bifurcated driver has uverbs, and a network for the VF', () => {
    const mellanox = pf([vf(0, { driver: 'mlx5_core', uverbs: 'uverbs3' })], { driver: 'mlx5_core' });
    const { text } = line(host({ pfs: [mellanox] }));
    expect(text).toContain('--device /dev/infiniband/uverbs3');
    expect(text).toContain('--cap-add NET_RAW');
    expect(text).not.toMatch(/vfio|--network/);
  });

  test('tells who has a VF open', () => {
    const users = [{ pid: 7, command: 'dpdk-testpmd', container: { id: 'a', name: 'fw' } }];
    expect(line(host({ pfs: [pf([bound(0, { users })])] })).notes).toEqual([
      '0000:01:10.0 is in use by dpdk-testpmd (7 in fw); a group has one user at a time.',
    ]);
  });
});

test('files: compose, quadlet, and a CDI device of the lowest version', () => {
  expect(line(two, { engine: 'compose' }).text).toBe(`services:
  dpdk:
    image: "dpdk"
    network_mode: none
    devices:
      - /dev/vfio/vfio
      - /dev/vfio/10
    cap_add:
      - IPC_LOCK
      - SYS_NICE
    ulimits:
      memlock: -1
    volumes:
      - /dev/hugepages:/dev/hugepages
    cpuset: "4-7"
    environment:
      PCIDEVICE_SRIOV_WORKBENCH_VF: "0000:01:10.0"`);
  expect(line(two, { engine: 'quadlet' }).text.split('\n')).toContain('AddDevice=/dev/vfio/10');
  const { text, notes } = line(two, { engine: 'cdi' });
  expect(JSON.parse(text)).toMatchObject({
    ...{ cdiVersion: '0.3.0', kind: 'sriov-workbench.local/dpdk' },
    devices: [
      {
        name: '0000-01-10.0',
        containerEdits: { deviceNodes: [{ path: '/dev/vfio/vfio' }, { path: '/dev/vfio/10' }] },
      },
    ],
  });
  expect(notes.at(-1)).toContain('--device sriov-workbench.local/dpdk=0000-01-10.0 --cap-add IPC_LOCK');
});

test.each<[string, HostSnapshot, Partial<RunLineRequest>, RegExp]>([
  ['a VF that was not prepared', host(), {}, /^no-netdev: .*on igbvf, not on vfio-pci; prepare it first/],
  ['what is no image', two, { image: '--privileged' }, /^invalid/],
  [
    'one beside whose driver there is no uverbs device',
    host({ pfs: [pf([vf(0, { driver: 'mlx5_core' })], { driver: 'mlx5_core' })] }),
    {},
    /ib_uverbs/,
  ],
])('refused: %s', (_, now, more, wanted) => {
  expect(() => line(now, more)).toThrow(wanted);
});
