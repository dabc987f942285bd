import { describe, expect, test } from 'vitest';
import { addressesBy } from '../../../../src/ui/changes/several/addresses';
import { namesOf } from '../../../../src/ui/changes/several/draft';
import { namesBy } from '../../../../src/ui/changes/several/names';
import { bareHost, container, link, vf } from '../../hosts/host';

const eth = (name: string, addresses: string[] = []) => ({
  ...{ name, mac: null, addresses, up: true, mtu: 1500, altnames: [`alt-${name}`], vf: null },
});

describe('names', () => {
  test.each<[string, string[], number, string[]]>([
    ['eth{n}', [], 3, ['eth0', 'eth1', 'eth2']],
    ['eth{n}', ['eth0', 'eth2'], 3, ['eth1', 'eth3', 'eth4']],
    ['net{n}-a', [], 2, ['net0-a', 'net1-a']],
    ['eth1', [], 3, ['eth1', 'eth2', 'eth3']],
    ['eth09', ['eth10'], 3, ['eth09', 'eth11', 'eth12']],
    ['uplink', [], 1, ['uplink']],
  ])('%s beside %j for %i', (pattern, taken, count, names) => {
    expect(namesBy(pattern, taken, count)).toEqual(names);
  });

  test.each<[string, string[], number, RegExp]>([
    ['uplink', [], 2, /must differ: put {n} where/],
    ['eth1', ['eth1'], 1, /already taken/],
    ['a-name-so-longer{n}', [], 2, /17 bytes/],
    // The hundredth would be.
    ['a-name-so-ln{n}', [], 1001, /bytes/],
    ['e h{n}', [], 2, /no spaces/],
    ['{n', [], 2, /must differ/],
  ])('%s beside %j for %i: why not', (pattern, taken, count, why) => {
    expect(namesBy(pattern, taken, count)).toMatch(why);
  });

  test('count in each network namespace by itself, and in one that is shared only once', () => {
    const [fw, web, pod] = [
      container('fw', { netnsInode: 1, interfaces: [eth('eth0')] }),
      container('web', { netnsInode: 2, interfaces: [] }),
      container('pod', { netnsInode: 2, interfaces: [] }),
    ];
    const pairs = [fw, web, pod].map((one, at) => ({ vf: vf(at), container: one }));
    expect(namesOf('eth{n}', pairs)).toEqual(['eth1', 'eth0', 'eth1']);
    expect(namesOf('alt-eth0', pairs.slice(0, 1))).toContain('already taken');
    expect(namesOf('', pairs)).toEqual(['', '', '']);
  });
});

describe('addresses', () => {
  const host = bareHost({
    links: [link('br0', { addresses: ['192.0.2.1/24'] })],
    containers: [container('fw', { interfaces: [eth('eth0', ['192.0.2.3/24', '2001:db8::1/64'])] })],
  });

  test.each<[string, number, string[][]]>([
    ['', 2, [[], []]],
    ['dhcp', 2, [['dhcp'], ['dhcp']]],
    ['192.0.2.0/24', 3, [['192.0.2.2/24'], ['192.0.2.4/24'], ['192.0.2.5/24']]],
    ['192.0.2.10 - 192.0.2.20/24', 2, [['192.0.2.10/24'], ['192.0.2.11/24']]],
    [
      '192.0.2.8-192.0.2.9/24, 2001:db8::/64',
      2,
      [
        ['192.0.2.8/24', '2001:db8::2/64'],
        ['192.0.2.9/24', '2001:db8::3/64'],
      ],
    ],
    ['DHCP 2001:db8::/64', 1, [['dhcp', '2001:db8::2/64']]],
    // Pools may overlap.
    [
      '192.0.2.10-192.0.2.11/24 192.0.2.10-192.0.2.13/24',
      2,
      [
        ['192.0.2.10/24', '192.0.2.12/24'],
        ['192.0.2.11/24', '192.0.2.13/24'],
      ],
    ],
  ])('%s for %i', (text, count, addresses) => {
    expect(addressesBy(text, host, count)).toEqual(addresses);
  });

  test.each<[string, number, RegExp]>([
    ['192.0.2.1-192.0.2.3/24', 2, /^Free addresses of 192.0.2.1-192.0.2.3\/24: 1. Needed: 2.$/],
    ['dhcp 192.0.2.0/24', 2, /omit either/],
    ['everything', 1, /not a pool/],
    ['192.0.2.9-192.0.2.1/24', 1, /ends before it begins/],
  ])('%s for %i: why not', (text, count, why) => {
    expect(addressesBy(text, host, count)).toMatch(why);
  });

  test('none is the gateway’s', () => {
    expect(addressesBy('192.0.2.10-192.0.2.11/24', host, 2, ['192.0.2.10'])).toMatch(/: 1. Needed: 2/);
  });
});
