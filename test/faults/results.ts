import { readFile, writeFile } from 'node:fs/promises';

const file = 'test/faults/RESULTS.md';
const head = '# Results of the runs\n\n';

/** Keeps what a run printed under its heading, in place of what was there before. */
export async function keepResult(heading: string, text: string): Promise<void> {
  const kept = await readFile(file, 'utf8').catch(() => head);
  const [intro = head, ...parts] = kept.split(/^(?=## )/m);
  const isOf = (part: string) => part.startsWith(`## ${heading}\n`);
  const own = `## ${heading}\n\n${text}\n`;
  const all = parts.some(isOf) ? parts.map((part) => (isOf(part) ? own : part)) : [...parts, own];
  await writeFile(file, `${[intro, ...all].map((part) => part.trimEnd()).join('\n\n')}\n`);
}
