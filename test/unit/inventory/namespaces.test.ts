import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { namedNamespaces, readNamespaces } from '../../../src/inventory/namespaces';
import { probe } from '../../../src/inventory/probe';

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

describe('a namespace that a look for a change need not enter', () => {
  const header = `Inter-|   Receive                |  Transmit
 face |bytes    packets errs drop|bytes    packets errs
`;
  /** Whether the shell takes a process's namespace with these devices for bare. */
  const isBare = (devices: string[], path = 'ns/net'): boolean => {
    const root = mkdtempSync(join(tmpdir(), 'bare-'));
    mkdirSync(join(root, 'proc/7/net'), { recursive: true });
    const lines = devices.map((name) => `${name}:       0       0    0    0        0       0    0\n`);
    writeFileSync(join(root, 'proc/7/net/dev'), header + lines.join(''));
    const [shell = ''] = /^is_bare\(\) \{[^]*?^\}/m.exec(probe) ?? [];
    const input = `${shell.replaceAll('/proc/', `${root}/proc/`)}\nis_bare ${root}/proc/7/${path} && echo bare; :\n`;
    const said = execFileSync('sh', ['-s'], { input, encoding: 'utf8' });
    rmSync(root, { recursive: true });
    return said === 'bare\n';
  };

  test('has no device but the loopback, by what the kernel says of its process', () => {
    expect(isBare(['    lo'])).toBe(true);
    expect(isBare(['    lo', '  eth0'])).toBe(false);
    expect(isBare(['  loop', '    lo'])).toBe(false);
    expect(isBare([])).toBe(false);
    expect(isBare(['    lo'], 'fd/3')).toBe(false);
  });
});
