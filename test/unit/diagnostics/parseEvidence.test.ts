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
    ['{"dmesg": 5}', /"dmesg" must be a list of lines/],
    ['{"dmesg": [5]}', /"dmesg" must be a list of lines/],
    ['{"cmdline": []}', /"cmdline" must be a string or null/],
    ['{"sysfs": []}', /"sysfs" must be an object/],
    ['{"commands": {}}', /"commands" must be a list/],
    ['{"commands": ["ls"]}', /must have a "command"/],
    ['{"commands": [{"command": "ls", "error": 1}]}', /must be a string or null/],
  ])('%s is refused', (text, message) => {
    expect(() => parseEvidence(text)).toThrow(EvidenceFormatError);
    expect(() => parseEvidence(text)).toThrow(message);
  });
});

describe('JSON that is no evidence is text', () => {
  test.each([
    ['{"evidence": 5}', ['evidence: 5']],
    ['{"hello": "you"}', ['hello: you']],
    ['{"evidence": {"who": "me"}}', ['who: me']],
    ['{"dmesg": ["cut sho', ['{"dmesg": ["cut sho']],
    ['[1, 2]', ['[1, 2]']],
  ])('%s', (text, other) => {
    expect(parseEvidence(text)).toEqual(evidence({ other }));
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
      asRoot: true,
    });
    expect(read.commands).toContainEqual({ command: 'ls /sys/class/iommu', error: '', asRoot: true });
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

  test("what root may not write isn't there, and what others may not is root's", () => {
    const refused = (prompt: string, answer = '/sys/class/net/eth2/device/sriov_numvfs: Permission denied') =>
      diagnose(
        parseEvidence(
          `${prompt} echo 4 > /sys/class/net/eth2/device/sriov_numvfs\nbash: ${answer}\n${prompt}`,
        ),
      ).map(({ cause }) => cause);
    expect(refused('root@node:~#')).toEqual(['nic-firmware-sriov-off']);
    expect(refused('[root@node ~]#')).toEqual(['nic-firmware-sriov-off']);
    expect(refused('jane@node:~$')).toEqual(['not-permitted']);
    expect(refused('jane@node:~$ sudo')).toEqual(['not-permitted']);
    expect(refused('root@node:~#', 'echo: write error: Permission denied')).toEqual(['not-permitted']);
  });

  test('a write that answers has failed, and a file with its number beside it is a fact', () => {
    const read = parseEvidence(
      '# echo 24 > /sys/class/net/ens1f0/device/sriov_numvfs\nthat fails\n/sys/class/net/ens1f0/device/sriov_totalvfs: 16\n# ls',
    );
    expect(read.commands[0]?.error).toMatch(/^that fails/);
    expect(read.sysfs).toEqual({ '/sys/class/net/ens1f0/device/sriov_totalvfs': '16' });
    expect(diagnose(read)[0]).toMatchObject({ cause: 'nic-firmware-vf-limit', severity: 'error' });
  });
  test('a write that says nothing, or its number through tee, has not', () => {
    const quiet = parseEvidence(
      '# echo 4 > /sys/class/net/ens1f0/device/sriov_numvfs\n# echo 4 | tee /sys/class/net/ens1f0/device/sriov_numvfs\n4\n# ls',
    );
    expect(quiet.commands.slice(0, 2).map(({ error }) => error)).toEqual([null, null]);
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
      '# echo 4 > /sys/class/net/eth2/device/sriov_numvfs\nbash: echo: kirjoitusvirhe: Muistin varaus ei onnistu',
    );
    expect(diagnose(read)).toMatchObject([{ severity: 'unknown', id: 'numvfs.unreadable-error' }]);
  });
});
