import { expect, test } from 'vitest';
import { destination, destinationProblem, parseDestination } from '../../../src/model/destination';

test.each([
  ['r740', 'r740'],
  ['local', 'local'],
  ['my_box.lab', 'my_box.lab'],
  ['admin@r740', 'admin@r740'],
  ['admin@r740:2222', 'ssh://admin@r740:2222'],
  ['203.0.113.7:22', 'ssh://203.0.113.7:22'],
  ['ssh://a@b:1', 'ssh://a@b:1'],
  ['ssh://a@b:65535/', 'ssh://a@b:65535'],
  ['ssh://a@b', 'a@b'],
  ['me@corp@b', 'me@corp@b'],
  ['me@corp@b:22', 'ssh://me%40corp@b:22'],
  ['CORP\\me@b', 'CORP\\me@b'],
  ['2001:db8::1', '2001:db8::1'],
  ['a@2001:db8::1', 'a@2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[192.0.2.1]:22', 'ssh://192.0.2.1:22'],
  ['[2001:db8::1]:22', 'ssh://[2001:db8::1]:22'],
  ['a@[fe80::1%eth0]:22', 'ssh://a@[fe80::1%eth0]:22'],
])('%s is asked of ssh as %s, which is asked as itself', (given, asked) => {
  expect(destinationProblem(given)).toBeUndefined();
  expect(destination(given)).toBe(asked);
  expect(destination(asked)).toBe(asked);
  expect(parseDestination(asked)).toEqual(parseDestination(given));
});

test.each([
  ['', 'Type a host'],
  ['a b', 'spaces'],
  ['a\x07b', 'spaces'],
  ['user@', 'The host after "user@" is missing.'],
  ['@host', 'The user before "@" is missing.'],
  ['ssh://', 'The host is missing.'],
  ['ssh://user@', 'The host after "user@" is missing.'],
  ['host:', 'The port after "host:" is missing.'],
  ['host:99999', '"99999" is not a port'],
  ['host:0', '"0" is not a port'],
  ['ssh://user@host:65536', '"65536" is not a port'],
  ['[2001:db8::1]:x', '"x" is not a port'],
  ['-oProxyCommand=x', 'cannot start with "-"'],
  ['a@-oProxyCommand=x', 'cannot start with "-"'],
  ['-l@host', "A user can't start with -"],
  ['http://host', 'Use ssh://, not http://'],
  ['ssh://host/etc', "can't have a path"],
  ['2001:db8::xyz', 'not an IPv6 address'],
  ['10.0.0.300', 'not an IPv4 address'],
  ['h;reboot', "A host can't contain ;"],
  ["x'y@host", "A user can't contain '"],
])('%j can’t be a host: %s', (given, why) => {
  expect(destinationProblem(given)).toContain(why);
  expect(destination(given)).toBe(given);
});

test('a password that was typed is not repeated', () => {
  expect(destinationProblem('me:secret@host')).toBe('Omit the password; ssh asks for it.');
});
