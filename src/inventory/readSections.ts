import { randomBytes } from 'node:crypto';
import { HostError, type Host } from '../host/host';
import type { last } from './printed';
import { sections, type Section } from './sections';

const end: keyof typeof last = 'end';

/**
 * Runs a program that answers in sections, the last of them `end`: one round trip. Rejects with HostError when the host
 * can't be reached or the answer was cut short.
 */
export async function readSections(host: Host, program: string, signal?: AbortSignal): Promise<Section[]> {
  const { marked, read } = answering(program);
  const { stdout, stderr } = await host.run(marked, { signal });
  const { sections: all } = read(stdout);
  if (!all)
    throw new HostError(
      'lost',
      `The output of ${host.id} is incomplete: ${stderr.trim().split('\n').at(-1) || 'the connection was lost'}.`,
      stderr,
    );
  return all;
}

/**
 * A program that answers in sections, and how its output is read: what other programs printed before it, and its sections, which are
 * undefined when the answer was cut short.
 */
export function answering(program: string): {
  marked: string;
  read: (stdout: string) => { before: string; sections: Section[] | undefined };
} {
  const nonce = randomBytes(12).toString('hex');
  return {
    marked: program.replaceAll('__NONCE__', nonce),
    read(stdout) {
      const all = sections(stdout, nonce);
      const [before = ''] = stdout.split(`@@${nonce}@@ `, 1);
      return { before, sections: all.at(-1)?.name === end ? all : undefined };
    },
  };
}
