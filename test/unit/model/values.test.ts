import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inNetwork, isIP, parse } from '../../../src/model/addresses/ip';
import {
  cidrProblem,
  gatewayProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  vfCountProblem,
  vlanProblem,
} from '../../../src/model/values';

describe('interface names', () => {
  test.each(['eth1', 'net-1', 'a.b_c', 'ü'.repeat(7), 'enp1s0v0'])('%s is fine', (name) => {
    expect(interfaceNameProblem(name)).toBeUndefined();
  });
  test.each([
    '',
    '.',
    '..',
    'a/b',
    'a:b',
    'a b',
    'a\tb',
    'sixteencharacter',
    'ü'.repeat(8),
    '-x',
    'eth%d',
    'lo',
    'all',
  ])('%j is not', (name) => {
    expect(interfaceNameProblem(name)).toBeDefined();
  });
  test('taken ones are refused', () => {
    expect(interfaceNameProblem('eth0', ['eth0'])).toContain('already taken');
  });
});

test.each(['10.0.0.1/24', '0.0.0.0/0', '::1/128', 'fd00::1/64', '::ffff:192.0.2.1/96'])(
  '%s is a CIDR',
  (cidr) => {
    expect(cidrProblem(cidr)).toBeUndefined();
  },
);
test.each([
  '10.0.0.1',
  '10.0.0.1/33',
  '10.0.0.300/24',
  '10.0.0/24',
  '01.2.3.4/8',
  'fd00::1/129',
  'fd00:::1/64',
  '1::2::3/64',
  'x/24',
  '10.0.0.1/24/7',
  '10.0.0.1/',
])('%s is no CIDR', (cidr) => {
  expect(cidrProblem(cidr)).toBeDefined();
});
test.each(['02:00:00:00:00:01', 'FE:DC:BA:98:76:54'])('%s is a unicast MAC', (mac) => {
  expect(macProblem(mac)).toBeUndefined();
});
test.each([
  '01:00:00:00:00:01',
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '02:00:00:00:00',
  '02-00-00:00-00-01',
  '',
])('%j is not', (mac) => {
  expect(macProblem(mac)).toBeDefined();
});
test('numbers have their bounds', () => {
  expect(['1', '4094'].map(vlanProblem)).toEqual([undefined, undefined]);
  expect(['0', '4095', '-1', 'x', ''].map(vlanProblem)).not.toContain(undefined);
  expect(['68', '1500'].map((mtu) => mtuProblem(mtu, 1500))).toEqual([undefined, undefined]);
  expect(['67', '1501', 'big'].map((mtu) => mtuProblem(mtu, 1500))).not.toContain(undefined);
  expect(['0', '7'].map((count) => vfCountProblem(count, 7))).toEqual([undefined, undefined]);
  expect(vfCountProblem('8', 7)).toContain('at most 7');
});
test('a gateway is on the link, and not oneself', () => {
  expect(gatewayProblem('10.0.0.1', ['10.0.0.2/24'])).toBeUndefined();
  expect(gatewayProblem('fd00::1', ['10.0.0.2/24', 'fd00::2/64'])).toBeUndefined();
  expect(gatewayProblem('10.0.1.1', ['10.0.0.2/24'])).toContain('10.0.0.2/24');
  expect(gatewayProblem('10.0.0.2', ['10.0.0.2/24'])).toContain('own');
  expect(gatewayProblem('10.0.0.1', [])).toContain('no address');
});

test('addresses of both families are read as numbers', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => parse(text)?.bits === 32));
  fc.assert(fc.property(fc.ipV6(), (text) => parse(text)?.bits === 128));
  fc.assert(fc.property(fc.string(), (text) => typeof isIP(text) === 'boolean'));
  fc.assert(fc.property(fc.ipV6(), fc.nat(128), (text, bits) => inNetwork(text, `${text}/${bits}`)));
});
