import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { EvidenceFormatError } from '../../../src/diagnostics/evidenceFormatError';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { evidence } from './data/evidence';

describe('JSON', () => {
  test('the inner object, with parts left out and numbers among the facts', () => {
    expect(parseEvidence('{"dmesg":["a","b\\r\\nc"],"sysfs":{"sriov_totalvfs":64},"cmdline":null}')).toEqual(
      evidence({ dmesg: ['a', 'b', 'c'], sysfs: { sriov_totalvfs: '64' } }),
    );
  });
  test('a whole case: its truth is not looked at', () => {
    const text = JSON.stringify({ id: 'x', evidence: { other: 'one\ntwo' }, truth: { cause: 'driver-bug' } });
    expect(parseEvidence(`\uFEFF${text}`)).toEqual(evidence({ other: ['one', 'two'] }));
  });
  test.each([
    ['{"evidence": 5}', /"evidence" must be an object/],
    ['{"hello": 1}', /contains no evidence/],
    ['{"dmesg": 5}', /"dmesg" must be a list of lines/],
    ['{"dmesg": [5]}', /"dmesg" must be a list of lines/],
    ['{"cmdline": []}', /"cmdline" must be a string or null/],
    ['{"sysfs": []}', /"sysfs" must be an object/],
    ['{"commands": {}}', /"commands" must be a list/],
    ['{"commands": ["ls"]}', /must have a "command"/],
    ['{"commands": [{"command": "ls", "error": 1}]}', /must be a string or null/],
    ['{"dmesg": ["cut sho', /looks like JSON, but it can't be parsed/],
  ])('%s is refused', (text, message) => {
    expect(() => parseEvidence(text)).toThrow(EvidenceFormatError);
    expect(() => parseEvidence(text)).toThrow(message);
  });
});

const paste = `
user@node:~$ cat /proc/cmdline
BOOT_IMAGE=/boot/vmlinuz-6.1.0-18-amd64 root=/dev/sda1 ro quiet
user@node:~$ sudo dmesg | tail
[  643.338345] igb 0000:01:00.0: can't enable 2 VFs (bus 02 out of range of [bus 01])
Nov 22 17:00:01 node kernel: igb 0000:01:00.0 eth2: igb: eth2 NIC Link is Up
root@node:~# echo 2 > /sys/class/net/eth2/device/sriov_numvfs
-bash: echo: write error: Cannot allocate memory
root@node:~# cat /sys/class/net/eth2/device/sriov_totalvfs
7
root@node:~# ls /sys/class/iommu
root@node:~# ip link show eth2
4: eth2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000
    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
# lspci -vvv -s 01:00.0
01:00.0 Ethernet controller: Intel Corporation I350 Gigabit Network Connection (rev 01)
\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)
\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 0
/sys/bus/pci/devices/0000:01:00.0/sriov_drivers_autoprobe: 1
`;

describe('pasted text', () => {
  test.each([
    ['as it is', paste],
    ['with CRLF', paste.replaceAll('\n', '\r\n')],
    ['without an end of line', paste.trim()],
  ])('a mixture, %s', (_, text) => {
    const read = parseEvidence(text);
    expect(read.cmdline).toBe('BOOT_IMAGE=/boot/vmlinuz-6.1.0-18-amd64 root=/dev/sda1 ro quiet');
    expect(read.dmesg).toHaveLength(2);
    expect(read.commands).toContainEqual({
      command: 'echo 2 > /sys/class/net/eth2/device/sriov_numvfs',
      error: '-bash: echo: write error: Cannot allocate memory',
    });
    expect(read.commands).toContainEqual({ command: 'ls /sys/class/iommu', error: '' });
    expect(read.sysfs).toEqual({
      '/sys/class/net/eth2/device/sriov_totalvfs': '7',
      '/sys/bus/pci/devices/0000:01:00.0/sriov_drivers_autoprobe': '1',
    });
    expect(read.lspci).toHaveLength(3);
    expect(read.other).toHaveLength(2);
    expect(diagnose(read).filter(({ severity }) => severity === 'error')).toMatchObject([
      { cause: 'bus-out-of-range', subject: '0000:01:00.0' },
    ]);
  });

  test('a quoted mail with the sections in another order', () => {
    const quoted = paste
      .trim()
      .split('\n')
      .map((line) => `> ${line}`);
    const read = parseEvidence(quoted.join('\n'));
    expect(
      diagnose(read).some(({ cause, severity }) => cause === 'bus-out-of-range' && severity === 'error'),
    ).toBe(true);
  });

  test('a line that only begins like JSON is text', () => {
    expect(parseEvidence('{ not json').other).toEqual(['{ not json']);
  });

  test('nothing at all is no evidence, and no finding', () => {
    expect(parseEvidence('')).toEqual(evidence());
    expect(diagnose(parseEvidence(''))).toEqual([]);
  });

  test('an error in another language is unknown, and says what to do', () => {
    const read = parseEvidence(
      '# echo 4 > /sys/class/net/eth2/device/sriov_numvfs\nbash: echo: 写错误: 无法分配内存',
    );
    expect(diagnose(read)).toMatchObject([{ severity: 'unknown', id: 'numvfs.unreadable-error' }]);
  });
});
