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
  const result = await execa(file, args, {
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
    timeout: timeoutMs,
    cancelSignal: signal,
    // An interrupt typed at the terminal is for us; the executor on the host hears of it from us.
    detached: process.platform !== 'win32',
  });
  signal?.throwIfAborted();
  if (result.timedOut)
    throw new HostError(
      'timeout',
      `The host did not answer within ${timeoutMs / 1000} s.`,
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

function startFailure(file: string, code: string | undefined, message: string | undefined): string {
  if (code === 'ENOENT')
    return `The program "${file}" was not found on this machine; install it or set its path.`;
  return `"${file}" could not be run: ${message ?? 'it was ended by a signal'}.`;
}
