import { writeDeclared } from '../../declared/writeDeclared';
import { adopted } from '../../planning/declared/adopted';
import type { Context } from '../context';
import { exit } from '../exitCodes';
import { seenAsRoot } from './plan';

/** Prints the file that declares the host as it is. */
export async function adopt(context: Context): Promise<number> {
  const { print, values } = context;
  const snapshot = await seenAsRoot(context);
  if (typeof snapshot === 'number') return snapshot;
  const { declared, remarks } = adopted(snapshot);
  if (values.json) print.answer({ declared, remarks }, () => '');
  else print.program(writeDeclared(declared, remarks).trimEnd());
  return exit.done;
}
