import { expect, test } from 'vitest';
import { engineStatus, withReason } from '../../../src/inventory/engines';

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
    detail: 'me may not use /run/docker.sock (root:docker, mode 660): permission denied',
  });
});

test('a group that was joined after the login began is said', () => {
  const status = withReason(engineStatus('docker', said), {
    socket,
    groups: 'me sudo\nme sudo docker\n',
    user: 'me',
  });
  expect(status).toMatchObject({ status: 'denied', joinedLate: 'docker' });
  expect(status).toMatchObject({ detail: expect.stringContaining('after this login began') as string });
});

test('without the socket’s owner the client’s words stay', () => {
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
