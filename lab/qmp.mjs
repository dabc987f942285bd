import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Presses the machine's reset button.
 *
 * @param {string} path of the machine's QMP socket
 */
export async function systemReset(path) {
  const socket = connect(path);
  await once(socket, 'connect');
  socket.setTimeout(10_000, () => socket.destroy(new Error("QEMU doesn't answer.")));
  const commands = ['qmp_capabilities', 'system_reset'];
  // One answer (`return`) per command; the greeting and events come in between.
  socket.write(`${JSON.stringify({ execute: commands.shift() })}\n`);
  for await (const line of createInterface({ input: socket })) {
    /** @type {{ error?: { desc: string } }} */
    const message = JSON.parse(line);
    if (message.error) throw new Error(`QEMU: ${message.error.desc}`);
    if (!('return' in message)) continue;
    const next = commands.shift();
    if (!next) break;
    socket.write(`${JSON.stringify({ execute: next })}\n`);
  }
  socket.destroy();
}
