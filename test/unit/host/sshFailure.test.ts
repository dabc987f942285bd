import { expect, test } from 'vitest';
import { sshFailure } from '../../../src/host/sshFailure';

test.each([
  ['ssh: Could not resolve hostname nope: Name or service not known', 'resolve'],
  ['ssh: connect to host h port 22: Connection refused', 'connect'],
  ['ssh: connect to host h port 22: Connection timed out', 'connect'],
  ['ssh: connect to host h port 22: No route to host', 'connect'],
  ['u@h: Permission denied (publickey).', 'login'],
  ['Host key verification failed.', 'host-key'],
  ['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'host-key'],
  ['client_loop: send disconnect: Broken pipe', 'lost'],
  ['something new', 'connect'],
])('%s', (stderr, phase) => {
  const error = sshFailure('h', stderr);
  expect(error).toMatchObject({ phase, detail: stderr });
  expect(error.message).toContain(stderr.split('\n').at(-1));
});

test('a changed host key is never offered to be accepted', () => {
  expect(sshFailure('h', 'REMOTE HOST IDENTIFICATION HAS CHANGED!').message).toContain('ssh-keygen -R h');
});

test('what had begun to answer was reached: the connection broke', () => {
  expect(sshFailure('h', '', true).phase).toBe('lost');
});
