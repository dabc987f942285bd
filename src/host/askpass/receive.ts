import type { Socket } from 'node:net';
import * as v from 'valibot';
import type { Asked } from './questions';

/** No ssh question comes near these limits. */
export const limits = { bytes: 64 * 1024, ms: 10_000 };

const question = v.object({ prompt: v.string(), hint: v.optional(v.string(), '') });

/**
 * Reads the one line that the askpass program sends. Rejects if it isn't a question, is too long or takes too long to arrive,
 * and when the connection ends first.
 */
export async function receive(socket: Socket, { bytes, ms } = limits): Promise<Asked> {
  const late = AbortSignal.timeout(ms);
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > bytes) reject(new Error('the question is too long'));
      else if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    socket.once('close', () => reject(new Error('the connection ended before the question did')));
    late.addEventListener('abort', () => reject(new Error('the question took too long')), { once: true });
  });
  socket.removeAllListeners('data').resume();
  return v.parse(question, JSON.parse(line));
}
