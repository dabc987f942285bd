import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Declared } from '../../model/declared/declared';
import type { HostSnapshot } from '../../model/snapshot';
import { adopted } from '../../planning/declared/adopted';
import type { ExportedFile, Unsaid } from '../../planning/declared/exports/exported';
import { exportFormats } from '../../planning/declared/exports/formats';
import { eachFile, onePage } from '../../planning/declared/exports/rendered';
import { exported } from '../../planning/declared/exports/targets';
import type { Context } from '../context';
import { exit } from '../exitCodes';
import { UsageError } from '../usage';
import { declaredIn } from './file';
import { seenAsRoot } from './plan';

/** Prints what a file declares, or the host as it is, in the words of something else. */
export async function exportDeclared(context: Context): Promise<number> {
  const { positionals, values, print } = context;
  const [given = '', file] = positionals;
  const format = exportFormats.find((one) => one === given);
  if (format === undefined)
    throw new UsageError(`"sriov export" takes ${exportFormats.join(', ')}, not "${given}".`);
  const source = await (file === undefined ? ofHost(context) : ofFile(context, file));
  if (typeof source === 'number') return source;
  const { declared, snapshot, unsaid } = source;
  const all = exported(format, declared, snapshot);
  const whole = { ...all, unsaid: [...all.unsaid, ...unsaid] };
  const from = { format, host: declared.host };
  if (values.out !== undefined) {
    const wrong = await write(values.out, eachFile(whole, from));
    if (wrong !== undefined) {
      print.failure('unwritten', wrong);
      return exit.mismatch;
    }
    for (const { name } of whole.files) print.progress(`Wrote ${join(values.out, name)}.`);
  }
  if (values.json) print.answer({ format, ...whole }, () => '');
  else if (values.out === undefined) print.program(onePage(whole, from));
  const { length } = whole.unsaid;
  if (length > 0 && !values.json)
    print.progress(`${length === 1 ? '1 thing is' : `${length} things are`} left out; see the top.`);
  return exit.done;
}

interface Source {
  declared: Declared;
  snapshot?: HostSnapshot;
  unsaid: Unsaid[];
}

async function ofHost(context: Context): Promise<Source | number> {
  const snapshot = await seenAsRoot(context);
  if (typeof snapshot === 'number') return snapshot;
  const { declared, remarks } = adopted(snapshot);
  return {
    ...{ declared, snapshot },
    unsaid: remarks.atEnd.map((why) => ({ path: null, what: '', value: null, why })),
  };
}

/** The host is read only where it is named: the file says nearly all. */
async function ofFile(context: Context, file: string): Promise<Source | number> {
  const { control, values, print, signal } = context;
  const declared = await declaredIn(file, print, values.json === true);
  if (!declared) return exit.mismatch;
  return values.host === undefined
    ? { declared, unsaid: [] }
    : { declared, snapshot: control.snapshot ?? (await control.refresh(signal)), unsaid: [] };
}

/** A text is why it wasn't possible. */
async function write(folder: string, files: ExportedFile[]): Promise<string | undefined> {
  for (const { name, text, mode } of files) {
    const path = join(folder, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { mode });
    } catch (error) {
      return `Could not write ${path}: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }
  return undefined;
}
