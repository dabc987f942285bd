import { expect, test } from 'vitest';
import { configureRequest } from '../../../src/cli/configure';
import { parse } from '../../../src/cli/parse';

const request = (...args: string[]) => {
  const { positionals, values } = parse(['configure', 'enp1s0:0', ...args]);
  return configureRequest(positionals, values);
};

test('every option', () => {
  const args =
    '--mac 02:00:00:00:00:01 --vlan 42:3:802.1AD --trust on --spoofchk off --min-rate 1 --max-rate 2';
  expect(
    request(...args.split(' '), '--link-state', 'disable', '--mtu', '1400', '--driver', 'vfio-pci'),
  ).toMatchObject({
    ...{
      kind: 'configure',
      vf: 'enp1s0:0',
      mac: '02:00:00:00:00:01',
      vlan: { id: 42, qos: 3, proto: '802.1ad' },
    },
    ...{
      trust: true,
      spoofchk: false,
      minTxRate: 1,
      maxTxRate: 2,
      linkState: 'disable',
      mtu: 1400,
      driver: 'vfio-pci',
    },
  });
  expect(request('--autoprobe', 'off')).toMatchObject({ kind: 'set-autoprobe', pf: 'enp1s0:0', on: false });
  expect(request('--vlan', '0')).toMatchObject({ vlan: { id: 0, qos: 0, proto: '802.1Q' } });
});

test.each([
  [],
  ['--vlan', '4095'],
  ['--vlan', '1:8'],
  ['--vlan', '1:1:x'],
  ['--vlan', '0:1'],
  ['--trust', 'yes'],
  ['--max-rate', '-1'],
  ['--link-state', 'up'],
  ['--driver', '../x'],
  ['--autoprobe', 'on', '--mtu', '1400'],
])('%s %s is a usage error', (...args) => {
  expect(() => request(...args.filter(Boolean))).toThrow();
});
