import { describe, expect, test } from 'vitest';
import { whyItFailed } from '../../../src/diagnostics/failedStep';
import { live, pf, withPf } from './data/evidence';

const write = (count: number) => `echo ${count} > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs`;
const answer = (message: string) => `tee: '/sys/bus/pci/devices/0000:01:00.0/sriov_numvfs': ${message}`;
const why = (message: string, log: string[] = [], host = live(), count = 4) =>
  whyItFailed(host, { command: write(count), error: [answer(message), ...log].join('\n'), log }).map(
    ({ severity, cause }) => `${severity} ${cause}`,
  );

describe('one error number, several causes: the kernel’s lines of that moment decide', () => {
  test.each([
    ['[ 9.1] igb 0000:01:00.0: not enough MMIO resources for SR-IOV', 'error mmio-too-small'],
    [
      "[ 9.1] igb 0000:01:00.0: can't enable 4 VFs (bus 02 out of range of [bus 01])",
      'error bus-out-of-range',
    ],
  ])('%s', (line, cause) => {
    const found = why('Cannot allocate memory', [line]);
    expect(found[0]).toBe(cause);
    expect(found.filter((one) => one.startsWith('error'))).toHaveLength(1);
  });
  test('without a line, what it may be, in one finding', () => {
    const [found, ...others] = whyItFailed(live(), {
      command: write(4),
      error: answer('Cannot allocate memory'),
      log: [],
    });
    expect(found).toMatchObject({ severity: 'error', cause: 'mmio-too-small' });
    expect(found?.explanation).toMatch(/address space.*Otherwise.*bus numbers.*BIOS setup/);
    expect(found?.fixes[0]?.commands).toEqual(['dmesg | tail -n 20']);
    expect(others).toEqual([]);
  });
  test.each([
    ['Numerical result out of range', [], 'nic-firmware-vf-limit'],
    ['Device or resource busy', [], 'numvfs-change-needs-zero'],
    ['Read-only file system', [], 'container-lacks-device'],
    ['Permission denied', [], 'not-permitted'],
    ['No space left on device', [], 'msix-exhausted'],
    [
      'No such file or directory',
      ['[ 9.1] pci-stub 0000:01:00.0: driver does not support SR-IOV configuration via sysfs'],
      'pf-bound-to-vfio',
    ],
  ])('%s', (message, log, cause) => {
    expect(why(message, log)[0]).toBe(`error ${cause}`);
  });
});

test('a read-only sysfs, also when VFs were to be removed', () => {
  expect(why('Read-only file system', [], live(), 0)).toEqual(['error container-lacks-device']);
});

test('what else is wrong with the host is left out', () => {
  const host = live({
    engines: [{ engine: 'docker', status: 'absent', detail: '' }],
    pfs: [pf, { ...pf, pci: '0000:02:00.0', driver: null }],
  });
  expect(why('No space left on device', [], host)).toEqual(['error msix-exhausted']);
});

test('lines of the moment count though the adapter has VFs again after the undo', () => {
  const line = '[ 9.1] igb 0000:01:00.0: not enough MMIO resources for SR-IOV';
  expect(why('Cannot allocate memory', [line], withPf({ numVfs: 2 }))[0]).toBe('error mmio-too-small');
});

test('a setting that the driver refuses', () => {
  const found = whyItFailed(live(), {
    command: 'ip link set dev enp1s0 vf 0 min_tx_rate 100',
    error: 'RTNETLINK answers: Invalid argument',
    log: [],
  });
  expect(found[0]).toMatchObject({ severity: 'error', cause: 'rate-limit-unsupported' });
});
