import { Conversation, type Reached, type Talk } from './conversation';
import { loadExeca } from './execa';
import { HostError, type RunOptions, type RunResult } from './host';

export interface Surroundings {
  env?: Record<string, string | undefined>;
  /** True while the user is being asked something; then no deadline applies. */
  isAsking?: () => boolean;
}

/** If no program ran, the texts are the login's output. */
export interface Answer extends RunResult {
  reached: Reached;
}

/**
 * Starts `argv`, feeds it the program and collects its output. Enforces deadline and abort. Rejects with PrivilegeError
 * if sudo was reached and refused.
 */
export async function runProgram(
  argv: readonly [string, ...string[]],
  talk: Talk,
  { timeoutMs = 60_000, signal, onLine, keepOutput = true, stream }: RunOptions,
  { env = {}, isAsking = () => false }: Surroundings = {},
): Promise<Answer> {
  const { execa } = await loadExeca();
  const passOn = stream && (await import('./stream')).passOn;
  signal?.throwIfAborted();
  const [file, ...args] = argv;
  const conversation = new Conversation({ ...talk, isStreamed: stream !== undefined });
  const child = execa(file, args, {
    ...(stream || conversation.opening === undefined ? { stdin: 'pipe' } : { input: conversation.opening }),
    env: { LC_ALL: 'C', ...env },
    ...(stream
      ? { stdout: 'pipe', buffer: { stdout: false } }
      : {
          stdout: function* (line: unknown) {
            if (conversation.takes(String(line))) return;
            onLine?.(String(line));
            if (keepOutput) yield line;
          },
        }),
    reject: false,
    stripFinalNewline: false,
    // In a session of its own: Ctrl-C on the terminal is for us, and all of it can be killed together.
    detached: process.platform !== 'win32',
  });
  if (child.stdin && child.stderr) conversation.follow({ stdin: child.stdin, stderr: child.stderr });
  let isEnded = false;
  const end = () => {
    isEnded = true;
    endAll(child);
  };
  const passed =
    passOn && stream && child.stdin && child.stdout
      ? passOn({ stdin: child.stdin, stdout: child.stdout }, conversation, stream, end)
      : undefined;
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
  await passed;
  const stderr = String(result.stderr);
  if (result.isTerminated && !isEnded)
    throw new HostError('lost', `"${file}" was killed (${result.signal}).`, stderr);
  if (result.exitCode === undefined && !isEnded)
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
  const stdout = reached === 'login' ? conversation.noise : stream ? '' : String(result.stdout);
  return { exitCode: result.exitCode ?? -1, stdout, stderr: conversation.remarks(stderr), reached };
}

/** Rejects on the signal or the deadline; never resolves. */
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

/** The program's children too: one of them may hold the pipe that we would keep waiting for. */
function endAll(child: { pid?: number; kill: () => boolean }) {
  try {
    if (child.pid && process.platform !== 'win32') process.kill(-child.pid, 'SIGTERM');
    else child.kill();
  } catch {
    // It has ended by itself.
  }
}

function startFailure(file: string, code: string | undefined, message: string | undefined): string {
  if (code === 'ENOENT')
    return `The program "${file}" was not found on this machine; install it or set its path.`;
  return `"${file}" could not be run: ${message ?? 'it was killed by a signal'}.`;
}
