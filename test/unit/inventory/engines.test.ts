import { expect, test } from 'vitest';
import { engineStatus, withReason } from '../../../src/inventory/engines/client';
import { withRootless } from '../../../src/inventory/engines/rootless';

const said =
  'failed permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied';
const socket = '/run/docker.sock root docker 660\n';

test('a socket that refuses is not an engine that is down', () => {
  const status = withReason(engineStatus('docker', said), {
    socket,
    groups: 'me sudo\nme sudo\n',
    user: 'me',
  });
  expect(status).toEqual({
    engine: 'docker',
    status: 'denied',
    detail: 'me has no access to /run/docker.sock (root:docker, mode 660): permission denied',
  });
});

test('a group that was joined after the login began is said', () => {
  const status = withReason(engineStatus('docker', said), {
    socket,
    groups: 'me sudo\nme sudo docker\n',
    user: 'me',
  });
  expect(status).toMatchObject({ status: 'denied', joinedLate: 'docker' });
  expect(status).toMatchObject({ detail: expect.stringContaining('after this login') as string });
});

test('without the socket’s owner the client’s message stays', () => {
  const status = withReason(engineStatus('docker', said), { socket: '', groups: '', user: null });
  expect(status).toMatchObject({ status: 'denied', detail: expect.stringContaining('dial unix') as string });
});

test('an engine that is down stays that', () => {
  const down = engineStatus(
    'docker',
    'failed Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
  );
  expect(withReason(down, { socket, groups: 'me\nme docker\n', user: 'me' })).toBe(down);
});

const id = '315fa8fad9f9d285419cbab8befa499e051a8e6a6eebd3920654b2ba3cd2dbd6';
/** The argv of the lab's conmon, one argument a line, shortened. */
const conmon = (options: Record<string, string> = {}, more = '') => ({
  name: 'rootless nfv 1240 ',
  body: `/usr/bin/conmon\n--api-version\n1\n-c\n${options['-c'] ?? id}\n-n\n${options['-n'] ?? 'rl'}\n${more}--exit-command-arg\nx\n`,
});

test('a rootless container is known by its conmon', () => {
  expect(withRootless([], [conmon()])).toEqual([
    { id, name: 'rl', image: null, state: 'running', pid: 1240, networkMode: null, rootlessOf: 'nfv' },
  ]);
});

test('one that the login’s own Podman lists is there once, and marked', () => {
  const listed = { id, name: 'rl', image: 'busybox', state: 'running', pid: 1240, networkMode: 'none' };
  expect(withRootless([listed], [conmon()])).toEqual([{ ...listed, rootlessOf: 'nfv' }]);
  const root = { ...listed, id: 'ab'.repeat(32) };
  expect(withRootless([root], [conmon()]).map((one) => one.rootlessOf)).toEqual([undefined, 'nfv']);
});

test('a process that calls itself the conmon of a container of root’s doesn’t make it its user’s', () => {
  const listed = { id, name: 'rl', image: 'busybox', state: 'running', pid: 99, networkMode: 'none' };
  expect(withRootless([listed], [conmon()])).toEqual([listed]);
});

test.each([
  ['a command in a container', conmon({}, '-e\n')],
  ['an id that is none', conmon({ '-c': '../etc' })],
  ['a name that Podman would not take', conmon({ '-n': '$(touch /tmp/pwned)' })],
  ['one that has no child yet', { ...conmon(), name: 'rootless nfv ' }],
])('%s is no container', (_, section) => {
  expect(withRootless([], [section])).toEqual([]);
});
