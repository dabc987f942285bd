import { execa } from 'execa';
import { framed, type Marks } from './bootstrap';
import { Conversation } from './conversation';
import { HostError, type RunOptions, type RunResult } from './host';
import { privilegeError } from './privilege';

export interface Surroundings {
  env?: Record<string, string | undefined>;
  /** The password for a sudo that the command starts, and the words by which to know it. */
  sudo?: { marks: Marks; password: string };
  /** True while somebody is being asked something: that takes the time it takes. */
  isAsking?: () => boolean;
}

/**
 * Starts `argv`, feeds it the framed program and collects what it says. Sees to deadline and abort. With `sudo` it rejects
 * with PrivilegeError when sudo was reached and didn't let us in.
 */
export async function runProgram(
  argv: readonly [string, ...string[]],
  program: string,
  { timeoutMs = 60_000, signal, onLine }: RunOptions,
  { env = {}, sudo, isAsking = () => false }: Surroundings = {},
): Promise<RunResult> {
  signal?.throwIfAborted();
  const [file, ...args] = argv;
  const conversation = sudo && new Conversation(sudo.marks, sudo.password, framed(program));
  const child = execa(file, args, {
    ...(conversation ? { stdin: 'pipe' } : { input: framed(program) }),
    env: { LC_ALL: 'C', ...env },
    stdout:
      onLine || conversation
        ? function* (line: unknown) {
            if (conversation?.takes(String(line))) return;
            onLine?.(String(line));
            yield line;
          }
        : 'pipe',
    reject: false,
    stripFinalNewline: false,
    // In a session of its own: an interrupt typed at the terminal is for us, and all of it can be ended together.
    detached: process.platform !== 'win32',
  });
  if (child.stdin && child.stderr) conversation?.follow({ stdin: child.stdin, stderr: child.stderr });
  const late = new HostError(
    'timeout',
    `The host did not answer within ${timeoutMs / 1000} s; it may be busy, or hung. Try again.`,
    '',
  );
  const result = await Promise.race([child, endedBy(signal, timeoutMs, late, isAsking)]).catch(
    (error: unknown) => {
      endAll(child);
      throw error;
    },
  );
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
  const stderr = conversation?.without(String(result.stderr)) ?? String(result.stderr);
  // 255 is ssh's own.
  if (conversation && !conversation.isReady && result.exitCode !== 255)
    throw conversation.problem ?? privilegeError(stderr);
  return { exitCode: result.exitCode, stdout: String(result.stdout), stderr };
}

/** Rejects when the signal or the deadline says so; never resolves. */
const endedBy = (
  signal: AbortSignal | undefined,
  timeoutMs: number,
  late: HostError,
  isAsking: () => boolean,
): Promise<never> =>
  new Promise((_, reject) => {
    const wait = () => void setTimeout(() => (isAsking() ? wait() : reject(late)), timeoutMs).unref();
    wait();
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
