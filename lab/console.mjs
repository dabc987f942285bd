import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const leave = '\x1d'; // Ctrl-]

/**
 * Shows what the guest's console said so far, then connects the terminal to it. Without a terminal: the log only.
 *
 * @param {string} log
 * @param {string} path of the console's socket
 */
export async function attachConsole(log, path) {
  process.stdout.write(readFileSync(log));
  if (!process.stdin.isTTY) return;
  const socket = connect(path);
  await once(socket, 'connect');
  console.log('\r\n[connected; Ctrl-] leaves]\r');
  process.stdin.setRawMode(true);
  process.stdin.on('data', (keys) => (keys.includes(leave) ? socket.end() : socket.write(keys)));
  socket.pipe(process.stdout);
  await once(socket, 'close');
  process.stdin.setRawMode(false);
  process.stdin.pause();
}
