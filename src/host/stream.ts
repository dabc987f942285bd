import type { Readable, Writable } from 'node:stream';
import type { Conversation } from './conversation';
import type { Stream } from './host';

/** Milliseconds between two signs that somebody is reading; a program gives up after four without one (execution/wire/capture.sh). */
const signEvery = 2000;
/** Milliseconds that a program has to end. */
const grace = 6000;

/**
 * Passes on what a program says, byte for byte, while it is told that somebody takes it. Once nobody does, it is told that; `end` ends
 * what doesn't end then. Resolves when it has said all.
 */
export async function passOn(
  child: { stdin: Writable; stdout: Readable },
  conversation: Conversation,
  { to, stop }: Stream,
  end: () => void,
): Promise<void> {
  const sign = setInterval(() => {
    if (conversation.isReady) child.stdin.write('\n');
  }, signEvery);
  let late: NodeJS.Timeout | undefined;
  let isTaken = true;
  const say = () => {
    clearInterval(sign);
    child.stdin.end();
    late ??= setTimeout(end, grace);
  };
  const nobody = () => {
    isTaken = false;
    say();
  };
  to.once('close', nobody);
  to.once('error', nobody);
  stop.addEventListener('abort', say, { once: true });
  if (stop.aborted) say();
  try {
    for await (const chunk of afterMark(child.stdout, conversation))
      if (isTaken && !to.write(chunk)) await free(to);
  } catch {
    // How it ended, its exit status says.
  } finally {
    clearInterval(sign);
    clearTimeout(late);
    stop.removeEventListener('abort', say);
    to.off('close', nobody);
    to.off('error', nobody);
  }
}

/** What comes after the line by which our shell says that it runs. */
async function* afterMark(from: Readable, conversation: Conversation): AsyncGenerator<Buffer> {
  let begun = Buffer.alloc(0);
  for await (const chunk of from as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as Buffer);
    if (conversation.isReady) {
      yield bytes;
      continue;
    }
    begun = Buffer.concat([begun, bytes]);
    for (let end = begun.indexOf(0x0a); end >= 0 && !conversation.isReady; end = begun.indexOf(0x0a)) {
      conversation.takes(begun.toString('utf8', 0, end));
      begun = begun.subarray(end + 1);
    }
    if (conversation.isReady && begun.length > 0) yield begun;
  }
}

/** It takes more, or nothing any more. */
const free = (to: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) to.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) to.on(event, done);
  });
