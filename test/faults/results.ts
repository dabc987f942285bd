import { readFile, writeFile } from 'node:fs/promises';

const file = 'test/faults/RESULTS.md';
const head = '# What the runs printed\n\n';

/** Keeps what a run printed under its heading, in place of what was there before. */
export async function keepResult(heading: string, text: string): Promise<void> {
  const kept = await readFile(file, 'utf8').catch(() => head);
  const [intro = head, ...parts] = kept.split(/^(?=## )/m);
  const others = parts.filter((part) => !part.startsWith(`## ${heading}\n`));
  await writeFile(file, [intro, ...others, `## ${heading}\n\n${text}\n\n`].join('').trimEnd() + '\n');
}
