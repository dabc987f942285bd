import { afterEach, describe, expect, test, vi } from 'vitest';
import { hintsFor, hintsForLook, hintsForRefusal } from '../../../src/cli/hints/hints';
import { hintText } from '../../../src/cli/hints/hintText';
import { runCli } from '../../../src/cli/run';
import { written } from '../../../src/cli/shown/colors';
import { installing } from '../../../src/model/packages';
import { refuse, type Lack } from '../../../src/model/plan';
import type { EngineStatus, HostSnapshot } from '../../../src/model/snapshot';
import { host } from '../hosts/host';
import { inventoryText } from '../printed';

afterEach(() => void vi.unstubAllEnvs());
afterEach(() => void vi.restoreAllMocks());

const on = (os: string, more: Partial<HostSnapshot> = {}): HostSnapshot => {
  const made = host(more);
  const user = { name: 'nfv', uid: 1000, isRoot: false };
  return { ...made, host: { ...made.host, user, os: { ...made.host.os, id: os } } };
};
const said = (hints: Parameters<typeof hintText>[0][]) =>
  hints.map((hint) => written([hintText(hint, 'lab')], false));

describe('what a change lacked', () => {
  const lacking = (os: string, lacks: Lack) =>
    said(hintsForRefusal({ ...refuse('not-permitted', 'No.'), lacks }, on(os)));

  test.each<[string, Lack, string]>([
    ['debian', 'sudo', 'missing: "sudo". As root on lab: apt-get install sudo'],
    ['rocky', 'sudo', 'missing: "sudo". As root on lab: dnf install sudo'],
    ['plan9', 'sudo', 'missing: "sudo". Install the package sudo.'],
    [
      'ubuntu',
      'sudoers',
      'missing: permission for nfv to use sudo. As root on lab: usermod -aG sudo nfv; then log in again',
    ],
    [
      'fedora',
      'sudoers',
      'missing: permission for nfv to use sudo. As root on lab: usermod -aG wheel nfv; then log in again',
    ],
    ['sles', 'sudoers', 'missing: permission for nfv to use sudo. Allow it in the sudoers file (visudo).'],
    ['debian', 'dhcp-client', 'missing: a DHCP client. As root on lab: apt-get install busybox'],
  ])('on %s, %s', (os, lack, text) => expect(lacking(os, lack)).toEqual([`hint: ${text}`]));

  test('a name is one word of the command', () => {
    const made = on('debian');
    const odd = { ...made, host: { ...made.host, user: { ...made.host.user, name: 'a;reboot' } } };
    const [hint] = hintsForRefusal({ ...refuse('not-permitted', 'No.'), lacks: 'sudoers' }, odd);
    expect(hint?.command).toBe("usermod -aG sudo 'a;reboot'");
  });

  test('a program that a step did not find', () => {
    const snapshot = on('alpine');
    const failure = { step: 'Move it', exitCode: 127, message: 'sh: 3: nsenter: not found\nx: not found' };
    const outcome = { status: 'undone', plan: {} as never, snapshot, failure } as const;
    expect(said(hintsFor(outcome, snapshot))).toEqual([
      'hint: missing: "nsenter", from the package util-linux-misc. As root on lab: apk add util-linux-misc',
    ]);
    expect(hintsFor({ ...outcome, failure: { ...failure, message: 'Device not found' } }, snapshot)).toEqual(
      [],
    );
  });
});

describe('an engine that does not let the user in', () => {
  const denied: EngineStatus = { engine: 'docker', status: 'denied', detail: 'permission denied' };
  const because = 'then log in again (members of that group can become root)';
  const line = `hint: missing: permission for nfv to use docker. As root on lab: usermod -aG docker nfv; ${because}`;

  test('is hinted at where a host is shown, and where a container was not found', () => {
    const snapshot = on('debian', { engines: [denied] });
    expect(said(hintsForLook(snapshot))).toEqual([line]);
    expect(inventoryText(snapshot).split('\n').at(-1)).toBe(line);
    expect(said(hintsForRefusal(refuse('engine-unreachable', 'No.'), snapshot))).toEqual([line]);
    expect(hintsForRefusal(refuse('in-use', 'No.'), snapshot)).toEqual([]);
  });
  test('not with a command that was run already', () =>
    expect(
      said(
        hintsForRefusal(
          refuse('engine-unreachable', 'No.'),
          on('debian', { engines: [{ ...denied, joinedLate: 'docker' }] }),
        ),
      ),
    ).toEqual([
      'hint: missing: permission for nfv to use docker. Log in again: the group was joined after this login.',
    ]));
  test('and where all is there, nothing is missing', () => expect(hintsForLook(on('debian'))).toEqual([]));
});

test('a host without iproute2 is told how it gets it', () => {
  const problem = { what: 'network devices', why: '"ip -j" failed', needs: 'iproute2 5.14 or newer' };
  expect(said(hintsForLook(on('fedora', { problems: [problem] })))).toEqual([
    'hint: missing: "ip", from the package iproute. As root on lab: dnf install iproute',
  ]);
});

test('what installs a program is known where its package is', () => {
  expect(installing('ssh', 'arch')).toBe('pacman -S openssh');
  expect(installing('ssh', null)).toBeUndefined();
  expect(installing('constructor', 'debian')).toBeUndefined();
});

test('without ssh on this machine sriov says what gives it, on stderr alone', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await runCli(['--host', 'lab', '--json', 'inventory'])).toBe(6);
  const text = err.mock.calls.join('');
  expect(text).toMatch(/hint: missing: "ssh", from the package openssh-\w+\. /);
  expect(out.mock.calls.join('')).not.toContain('hint');
});
