import { writeFile } from 'node:fs/promises';
import { maskedText } from '../control/maskedText';
import type { Context } from './context';
import { exit } from './exitCodes';
import { UsageError } from './usage';

/** Writes what the readiness rules look at, masked, to a file, or to stdout. */
export async function collect({ control, values, positionals, print, signal }: Context): Promise<number> {
  const stray = (['evidence', 'since', 'purpose'] as const).find((name) => values[name] !== undefined);
  if (stray) throw new UsageError(`--collect runs no checks, so it can't be combined with --${stray}.`);
  const [file = '-'] = positionals;
  const { text, masked, kept } = await control.collect(signal);
  if (file === '-') print.text(text.trimEnd());
  else await write(file, text);
  print.progress(
    `${file === '-' ? 'Evidence' : `Written to ${file}`}; ${maskedText(masked)}. Read it through before you send it to anyone.`,
  );
  if (kept.length > 0) print.progress(`Not masked, because the checks need them: ${kept.join(', ')}.`);
  if (file !== '-') print.answer({ file, masked, kept }, () => file);
  return exit.done;
}

/** Readable by the user only: sharing it is a deliberate step. */
async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(
      `Could not write the evidence: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
