import { expect, test } from 'vitest';
import { privilegeError } from '../../../src/host/privilege';
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
  ['unix_listener: cannot bind to path /no/such/h.x: No such file or directory', 'start'],
  ['unix_listener: path "/a/long/one" too long for Unix domain socket', 'start'],
  ['No user exists for uid 54321', 'start'],
  ['Unauthorized use: permission denied.\nssh: connect to host h port 22: Connection refused', 'connect'],
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

test('why nobody could be asked stands in the refusal of a login, and nowhere else', () => {
  const message = (stderr: string) => sshFailure('h', stderr, false, 'No program can be started.').message;
  expect(message('u@h: Permission denied (password).')).toContain('No program can be started.');
  expect(message('Host key verification failed.')).toContain('No program can be started.');
  expect(message('ssh: connect to host h port 22: Connection refused')).not.toContain('No program');
});

test.each([
  ['sudo: you do not exist in the passwd database', 'no-account'],
  ['sudo: unknown uid 54321: who are you?', 'no-account'],
  ['sudo: a password is required', 'other'],
])('%s', (said, problem) => {
  expect(privilegeError(said)).toMatchObject({ problem, message: said });
});
