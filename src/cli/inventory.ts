import type { Context } from './context';
import { exit } from './exitCodes';
import { inventoryDocument } from './inventoryDocument';
import { inventoryText } from './shown/inventoryText';

/** Reads the host once, or for as long as somebody watches. */
export async function inventory(context: Context): Promise<number> {
  const { control, print, signal, values } = context;
  if (values.watch) return (await import('./watch/watch')).watch(context);
  const snapshot = await control.refresh(signal);
  print.answer(inventoryDocument(snapshot), (view) => inventoryText(snapshot, view));
  return exit.done;
}
