import { describe, expect, test } from 'vitest';
import { namedNamespaces, readNamespaces } from '../../../src/inventory/namespaces';

const empty = '[]\n[]\n';

describe('a namespace in which the look began', () => {
  const begun = { name: 'namespace 41 /proc/7/ns/net', body: 'nsenter: cannot open /proc/7/ns/net' };

  test('and that ended with its process is neither there nor missing', () => {
    expect(readNamespaces([begun, { name: 'namespace-ended 41', body: '' }])).toEqual({
      namespaces: [],
      unread: [],
    });
  });

  test('is read by another way in', () => {
    const again = { name: 'namespace 41 /proc/8/ns/net', body: empty };
    expect(readNamespaces([begun, again])).toEqual({
      namespaces: [{ inode: 41, path: '/proc/8/ns/net', devices: [], routes: [] }],
      unread: [],
    });
  });

  test('and that is still there is named as not read', () => {
    const failed = { name: 'namespace-failed 41', body: '' };
    expect(readNamespaces([begun, begun, failed])).toEqual({ namespaces: [], unread: [41] });
    expect(readNamespaces([begun])).toEqual({ namespaces: [], unread: [41] });
  });
});

test('a name is a namespace only on the device that namespaces are on', () => {
  expect(namedNamespaces('4 4 4026532213 /run/netns/with\nline\x0023 4 919 /run/netns/left\0')).toEqual([
    { inode: 4026532213, name: 'with\nline' },
  ]);
});

test('a way in may have a line break in its name', () => {
  const section = { name: 'namespace 41 /run/netns/with\x01line', body: empty };
  expect(readNamespaces([section]).namespaces).toMatchObject([{ path: '/run/netns/with\nline' }]);
});
