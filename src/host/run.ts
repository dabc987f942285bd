import { Conversation, type Reached, type Talk } from './conversation';
import { loadExeca } from './execa';
import { HostError, type RunOptions, type RunResult } from './host';

export interface Surroundings {
  env?: Record<string, string | undefined>;
  /** True while the user is being asked something; no deadline applies then. */
  isAsking?: () => boolean;
}

/** Where no program ran, the texts are what the login said. */
export interface Answer extends RunResult {
  reached: Reached;
}

/**
 * Starts `argv`, feeds it the program and collects what that says. Sees to deadline and abort. Rejects with PrivilegeError
 * when sudo was reached and didn't let us in.
 */
export async function runProgram(
  argv: readonly [string, ...string[]],
  talk: Talk,
  { timeoutMs = 60_000, signal, onLine, keepOutput = true }: RunOptions,
  { env = {}, isAsking = () => false }: Surroundings = {},
): Promise<Answer> {
  const { execa } = await loadExeca();
  signal?.throwIfAborted();
  const [file, ...args] = argv;
  const conversation = new Conversation(talk);
  const child = execa(file, args, {
    ...(conversation.opening === undefined ? { stdin: 'pipe' } : { input: conversation.opening }),
    env: { LC_ALL: 'C', ...env },
    stdout: function* (line: unknown) {
      if (conversation.takes(String(line))) return;
      onLine?.(String(line));
      if (keepOutput) yield line;
    },
    reject: false,
    stripFinalNewline: false,
    // In a session of its own: an interrupt typed at the terminal is for us, and all of it can be ended together.
    detached: process.platform !== 'win32',
  });
  if (child.stdin && child.stderr) conversation.follow({ stdin: child.stdin, stderr: child.stderr });
  const late = new HostError(
    'timeout',
    `The host did not answer within ${timeoutMs / 1000} s; it may be busy or hung. Try again.`,
    '',
  );
  const result = await Promise.race([child, endedBy(signal, timeoutMs, late, isAsking)]).catch(
    (error: unknown) => {
      endAll(child);
      throw error;
    },
  );
  const stderr = String(result.stderr);
  if (result.isTerminated) throw new HostError('lost', `"${file}" was killed (${result.signal}).`, stderr);
  if (result.exitCode === undefined)
    throw new HostError(
      'start',
      startFailure(file, result.code, result.shortMessage),
      result.shortMessage ?? '',
      result.code === 'ENOENT' ? file : undefined,
    );
  const reached = conversation.reached(stderr);
  // 255 is ssh's own.
  const refusal = result.exitCode === 255 ? undefined : conversation.refusal(stderr);
  if (refusal) throw refusal;
  const stdout = reached === 'login' ? conversation.noise : String(result.stdout);
  return { exitCode: result.exitCode, stdout, stderr: conversation.remarks(stderr), reached };
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
    if (Number.isFinite(timeoutMs)) wait();
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
  return `"${file}" could not be run: ${message ?? 'it was killed by a signal'}.`;
}
