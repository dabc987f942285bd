import { constants } from 'node:os';
import type { Context } from '../context';
import { exit } from '../exitCodes';

/**
 * Continues until Ctrl-C, the intended end, or the reader is gone, or a signal; or until `begin` says so.
 *
 * @param begin returns the function that ends it
 */
export async function untilEnded(
  { print, signal }: Pick<Context, 'print' | 'signal'>,
  begin: (end: (status: number) => void, fail: (error: unknown) => void) => () => void,
): Promise<number> {
  let end = () => {};
  try {
    return await new Promise<number>((resolve, reject) => {
      const stop = begin(resolve, reject);
      const done = () => resolve(exit.done);
      const killed = (name: 'SIGTERM' | 'SIGHUP') => resolve(128 + constants.signals[name]);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
      print.onClosed(done);
      for (const name of ['SIGTERM', 'SIGHUP'] as const) process.once(name, killed);
      end = () => {
        stop();
        for (const name of ['SIGTERM', 'SIGHUP'] as const) process.off(name, killed);
      };
    });
  } finally {
    end();
  }
}
