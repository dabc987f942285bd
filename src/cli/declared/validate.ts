import { exit } from '../exitCodes';
import type { Printer } from '../printer';
import { declaredIn } from './file';

/** Whether a file can be planned at all, on any host. */
export async function validate([file = '']: string[], print: Printer, json: boolean): Promise<number> {
  const declared = await declaredIn(file, print, json);
  if (!declared) return exit.mismatch;
  print.answer({ status: 'valid', file }, () => `${file} is valid.`);
  return exit.done;
}
