import { loadExeca } from './execa';

/**
 * Asks through a program as sudo's `-A` does: it gets the question as its only argument and prints the answer. Undefined if it
 * fails, or its window was closed.
 */
export async function askProgram(
  program: string,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { execa } = await loadExeca();
  const { stdout, exitCode } = await execa(program, [question], {
    reject: false,
    stderr: 'inherit',
    cancelSignal: signal,
  });
  return exitCode === 0 ? stdout.split('\n')[0] : undefined;
}
