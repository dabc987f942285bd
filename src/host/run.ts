import { execa } from 'execa';
import { framed } from './bootstrap';
import { HostError, type RunOptions, type RunResult } from './host';

/** Starts `argv`, feeds it the framed program and collects what it says. Sees to deadline and abort. */
export async function runProgram(
  argv: readonly [string, ...string[]],
  program: string,
  { timeoutMs = 60_000, signal, onLine }: RunOptions,
  env: Record<string, string | undefined> = {},
): Promise<RunResult> {
  signal?.throwIfAborted();
  const [file, ...args] = argv;
  const child = execa(file, args, {
    input: framed(program),
    env: { LC_ALL: 'C', ...env },
    stdout: onLine
      ? function* (line: unknown) {
          onLine(String(line));
          yield line;
        }
      : 'pipe',
    reject: false,
    stripFinalNewline: false,
    // In a session of its own: an interrupt typed at the terminal is for us, and all of it can be ended together.
    detached: process.platform !== 'win32',
  });
  const late = new HostError('timeout', `The host did not answer within ${timeoutMs / 1000} s.`, '');
  const result = await Promise.race([child, endedBy(signal, timeoutMs, late)]).catch((error: unknown) => {
    endAll(child);
    throw error;
  });
  if (result.isTerminated)
    throw new HostError(
      'lost',
      `"${file}" was ended from outside (${result.signal}).`,
      String(result.stderr),
    );
  if (result.exitCode === undefined)
    throw new HostError(
      'start',
      startFailure(file, result.code, result.shortMessage),
      result.shortMessage ?? '',
    );
  return { exitCode: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
}

/** Rejects when the signal or the deadline says so; never resolves. */
const endedBy = (signal: AbortSignal | undefined, timeoutMs: number, late: HostError): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(late), timeoutMs).unref();
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** The program's children too: one of them may hold the pipe that we would go on waiting for. */
function endAll(child: { pid?: number; kill: () => boolean }) {
  try {
    if (child.pid && process.platform !== 'win32') process.kill(-child.pid, 'SIGTERM');
    else child.kill();
  } catch {
    // It ended by itself meanwhile.
  }
}

function startFailure(file: string, code: string | undefined, message: string | undefined): string {
  if (code === 'ENOENT')
    return `The program "${file}" was not found on this machine; install it or set its path.`;
  return `"${file}" could not be run: ${message ?? 'it was ended by a signal'}.`;
}
