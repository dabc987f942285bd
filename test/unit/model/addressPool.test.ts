import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freeIn, parsePool } from '../../../src/model/addresses/pool';
import { format, parse, sameAddress } from '../../../src/model/addresses/ip';

const next = (pool: string, ...taken: string[]) => {
  const parsed = parsePool(pool);
  return typeof parsed === 'string' ? parsed : freeIn(parsed, taken);
};

describe('the next free address', () => {
  test.each<[string, string[], string | undefined]>([
    ['192.0.2.0/24', [], '192.0.2.1/24'],
    ['192.0.2.0/24', ['192.0.2.1/24', '192.0.2.2'], '192.0.2.3/24'],
    // The network of a host's address is meant.
    ['192.0.2.9/24', [], '192.0.2.1/24'],
    ['192.0.2.10-192.0.2.12/24', ['192.0.2.10/24', '192.0.2.12/24'], '192.0.2.11/24'],
    ['192.0.2.10 - 192.0.2.11/24', ['192.0.2.10/24', '192.0.2.11/24'], undefined],
    ['192.0.2.0/30', ['192.0.2.1/30', '192.0.2.2/30'], undefined],
    ['192.0.2.4/31', ['192.0.2.4/31'], '192.0.2.5/31'],
    ['2001:db8::/64', ['2001:DB8:0::1/64'], '2001:db8::2/64'],
    ['10.0.0.0/8', ['10.0.0.1/8'], '10.0.0.2/8'],
  ])('of %s beside %j is %s', (pool, taken, expected) => {
    expect(next(pool, ...taken)).toBe(expected);
  });

  test.each([
    ['192.0.2.0', 'not a pool'],
    ['192.0.2.1-192.0.2.9', 'not a pool'],
    ['192.0.2.1-2001:db8::9/64', 'not a pool'],
    ['192.0.2.0/33', 'not a pool'],
    ['everything', 'not a pool'],
    ['192.0.2.9-192.0.2.1/24', 'ends before it begins'],
    ['192.0.2.9-192.0.3.1/24', 'beyond the network'],
  ])('%s is no pool', (pool, why) => {
    expect(parsePool(pool)).toContain(why);
  });
});

describe('an address as a text', () => {
  test.each([
    '::',
    '::1',
    '1::',
    '2001:db8::1',
    '1:0:0:2::3',
    '1:2:3:4:5:6:7:8',
    '0:1::',
    'fe80::1:0:0:1',
    '192.0.2.1',
  ])('%s', (text) => expect(format(parse(text)!)).toBe(text));

  test('is read as the same address again', () => {
    fc.assert(fc.property(fc.ipV6(), (text) => sameAddress(format(parse(text)!), text)));
    fc.assert(fc.property(fc.ipV4(), (text) => format(parse(text)!) === text));
  });
});
