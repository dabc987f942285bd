import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../../src/diagnostics/parseEvidence';
import type { HostEvidence } from '../../../../src/model/evidence';

const json = (value: unknown, spaces?: number) => JSON.stringify(value, null, spaces);
const alarms = (given: HostEvidence) =>
  diagnose(given)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ cause }) => cause);
const read = (value: unknown) => parseEvidence(json(value));

describe('logs', () => {
  const noRoom = 'i40e 0000:3b:00.0: not enough MMIO resources for SR-IOV';
  test('dmesg -J', () => {
    expect(read({ dmesg: [{ pri: 'err', time: 812.402118, msg: noRoom }] }).dmesg).toEqual([
      `[812.402118] ${noRoom}`,
    ]);
  });
  test('journalctl -o json', () => {
    const lines = [
      { _TRANSPORT: 'kernel', __REALTIME_TIMESTAMP: '1762250000000000', MESSAGE: noRoom },
      { SYSLOG_IDENTIFIER: 'NetworkManager', __REALTIME_TIMESTAMP: '1762250000000000', MESSAGE: [104, 105] },
    ];
    expect(parseEvidence(lines.map((line) => json(line)).join('\n')).dmesg).toEqual([
      `Nov  4 09:53:20 host kernel: ${noRoom}`,
      'Nov  4 09:53:20 host NetworkManager: hi',
    ]);
  });
  test.each([
    [{ level: 'error', msg: 'failed to set up', error: 'device busy' }, 'failed to set up: device busy'],
    [{ log: 'could not open /dev/vfio/3\n', stream: 'stderr' }, 'could not open /dev/vfio/3'],
    [{ cniVersion: '0.4.0', code: 999, msg: 'no VF', details: 'none is free' }, 'no VF: none is free'],
  ])('a line of a program: %j', (line, text) => {
    expect(read(line).other).toEqual([text]);
  });
});

const link = {
  ...{ ifindex: 6, ifname: 'ens1f0', flags: ['BROADCAST', 'UP', 'LOWER_UP'], mtu: 1500, operstate: 'UP' },
  ...{ link_type: 'ether', address: '02:00:00:00:10:01', altnames: ['enp59s0f0'] },
  vfinfo_list: [
    {
      vf: 0,
      mac: '02:00:00:00:10:a0',
      vlan_list: [{ vlan: 7 }],
      spoofchk: true,
      link_state: 'auto',
      trust: false,
    },
  ],
};
describe('network tools', () => {
  test.each([
    ['alone', json([link])],
    ['behind its command', `root@node:~# ip -j link\n${json([link])}`],
    ['over several lines', `root@node:~# ip -j -p link\n${json([link], 1)}\nroot@node:~# `],
  ])('ip -j, %s', (_, text) => {
    expect(parseEvidence(text).other.map((line) => line.trim())).toEqual([
      '6: ens1f0: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP',
      'link/ether 02:00:00:00:10:01',
      'vf 0     link/ether 02:00:00:00:10:a0, vlan 7, spoof checking on, link-state auto, trust off',
      'altname enp59s0f0',
    ]);
    expect(alarms(parseEvidence(text))).toEqual([]);
  });
  test('devlink -j', () => {
    expect(read({ dev: { 'pci/0000:3b:00.0': { mode: 'switchdev', 'inline-mode': 'none' } } }).dmesg).toEqual(
      ['pci/0000:3b:00.0: mode switchdev inline-mode none'],
    );
  });
});

describe('Kubernetes', () => {
  const state = (status: object) => ({
    apiVersion: 'sriovnetwork.openshift.io/v1',
    kind: 'SriovNetworkNodeState',
    status,
  });
  const interfaces = [{ pciAddress: '0000:3b:00.0', totalvfs: 8, numVfs: 4, driver: 'ice' }];
  test('a node that is as it should be', () => {
    const given = read(
      state({
        interfaces,
        syncStatus: 'Succeeded',
        lastSyncError: 'NumVfs (16) is larger than TotalVfs (8)',
      }),
    );
    expect(given.sysfs).toEqual({
      '/sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs': '8',
      '/sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs': '4',
    });
    expect(alarms(given)).toEqual([]);
  });
  test('one that is not, in a list', () => {
    const failed = state({
      interfaces,
      syncStatus: 'Failed',
      lastSyncError: 'NumVfs (16) is larger than TotalVfs (8)',
    });
    const found = alarms(read({ apiVersion: 'v1', kind: 'List', items: [failed] }));
    expect(found).toEqual(['nic-firmware-vf-limit']);
  });
  test('what happened to a pod, and not what it asked for', () => {
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod', spec: { command: ['modprobe: FATAL: Module iavf not found'] } },
      status: { conditions: [{ message: 'no node fits' }] },
    };
    expect(read(pod).other).toEqual(['message: no node fits']);
  });
});
