import { isRefusal } from '../../model/plan';
import { runLineEngines } from '../../planning/userspace/engines';
import { runLine } from '../../planning/userspace/runLine';
import { refused } from '../change';
import type { Context } from '../context';
import { exit } from '../exitCodes';
import { UsageError } from '../usage';

/** The line or file goes to stdout, and what else there is to know beside it. */
export async function printRunLine(context: Context): Promise<number> {
  const { control, positionals: vfs, values, print, signal } = context;
  const { image, engine: given = 'docker' } = values;
  const engine = runLineEngines.find((one) => one === given);
  if (engine === undefined)
    throw new UsageError(`--engine must be one of ${runLineEngines.join(', ')}, not "${given}".`);
  if (image === undefined) throw new UsageError('"sriov dpdk run-line" requires --image IMAGE.');
  const snapshot = await control.refresh(signal);
  const line = runLine(snapshot, { vfs, image, engine, inMemory: values['in-memory'] === true });
  if (isRefusal(line)) return refused(context, line);
  print.answer(line, () => line.text);
  for (const text of [`DPDK takes: ${line.arguments}`, ...line.notes]) print.progress(text);
  return exit.done;
}
