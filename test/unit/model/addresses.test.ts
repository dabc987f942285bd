import { describe, expect, test } from 'vitest';
import {
  addressesProblem,
  addressProblem,
  gatewayProblem,
  macProblem,
  normalMac,
} from '../../../src/model/values';

describe('an address that an interface can have', () => {
  test.each([
    '10.0.0.1/24',
    '10.0.0.254/24',
    '10.0.0.0/31',
    '10.0.0.1/31',
    '10.0.0.0/32',
    '10.0.0.255/32',
    '169.254.7.7/16',
    '2001:db8::10/64',
    '2001:db8::/127',
    '2001:db8::1/127',
    '2001:db8::/128',
    'fe80::1/64',
  ])('%s', (cidr) => {
    expect(addressProblem(cidr)).toBeUndefined();
  });

  test.each([
    ['10.0.0.0/24', 'is a network'],
    ['10.0.0.128/25', 'is a network'],
    ['2001:db8::/64', 'is a network'],
    ['10.0.0.255/24', 'broadcast address of its network'],
    ['10.0.0.3/30', 'broadcast address of its network'],
    ['255.255.255.255/32', 'the broadcast address'],
    ['127.0.0.1/8', 'loopback'],
    ['::1/128', 'loopback'],
    ['0.0.0.0/0', '0.0.0.0/8'],
    ['0.0.0.7/32', '0.0.0.0/8'],
    ['::/128', 'unspecified'],
    ['224.0.0.1/24', 'multicast'],
    ['239.255.255.250/32', 'multicast'],
    ['ff02::1/64', 'multicast'],
    ['10.0.0.1', 'lacks a prefix length'],
  ])('not %s', (cidr, why) => {
    expect(addressProblem(cidr)).toContain(why);
  });

  test('none stands there twice, in whatever spelling', () => {
    expect(addressesProblem(['10.0.0.1/24', '10.0.0.2/24', '2001:db8::1/64'])).toBeUndefined();
    expect(addressesProblem(['2001:db8::1/64', '2001:DB8:0::1/64'])).toBe('2001:DB8:0::1/64 is given twice.');
  });
});

describe('a gateway', () => {
  test.each([
    ['10.0.0.0', 'network address'],
    ['10.0.0.255', 'broadcast address'],
    ['224.0.0.1', 'multicast'],
    ['127.0.0.1', 'loopback'],
    ['0.0.0.0', '0.0.0.0/8'],
    ['::', 'unspecified'],
    ['ff02::2', 'multicast'],
    ['2001:DB8::2', 'own address'],
  ])('is not %s', (gateway, why) => {
    expect(gatewayProblem(gateway, ['10.0.0.2/24', '2001:db8::2/64'])).toContain(why);
  });

  test.each([
    ['10.0.0.0', '10.0.0.1/31'],
    ['10.0.0.255', '10.0.0.2/32'],
    // Every router of the network answers to it.
    ['2001:db8::', '2001:db8::2/64'],
    ['fe80::1', '2001:db8::2/64'],
  ])('may be %s for %s', (gateway, address) => {
    expect(gatewayProblem(gateway, [address])).toBeUndefined();
  });
});

describe('the spellings of a MAC', () => {
  test.each(['02:00:00:AB:cd:ef', '02-00-00-ab-CD-ef', '0200.00ab.cdef', '020000ABCDEF'])('%s', (given) => {
    expect(macProblem(given)).toBeUndefined();
    expect(normalMac(given)).toBe('02:00:00:ab:cd:ef');
  });

  test.each(['02:00-00:ab:cd:ef', '0200.00ab', '02-00-00-ab-cd', '02000:0abcdef', '2:0:0:ab:cd:ef'])(
    'not %s',
    (given) => {
      expect(macProblem(given)).toContain('not a MAC address');
      expect(normalMac(given)).toBe(given);
    },
  );

  test('what is wrong with one is seen in each', () => {
    expect(macProblem('0100.5e00.0001')).toContain('multicast');
    expect(macProblem('00-00-00-00-00-00')).toContain('all-zero');
  });
});
