import type { HostControl } from '../../control/hostControl';
import { secondsBefore } from '../../control/waits';
import { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';
import { isRefusal, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { resolvePf, resolveVf } from '../../planning/resolve';
import type { Context } from '../context';
import { exit, exitOfRefusal } from '../exitCodes';
import { UsageError } from '../usage';
import { untilEnded } from '../watch/untilEnded';
import { Averages } from './averages';
import { shownCounters } from './shown';

/** Bytes for what isn't shown: the command line looks at the last sample only. */
const history = 1 << 20;

/** Shows the counters of functions repeatedly: of those that are named, or of all. */
export async function counters(context: Context): Promise<number> {
  const { control, positionals, print, signal, values } = context;
  const interval = number('interval', values.interval, 60) ?? 1;
  const seconds = number('seconds', values.seconds, 86_400);
  let snapshot: HostSnapshot;
  try {
    snapshot = await control.refresh(signal);
  } catch (error) {
    if (signal.aborted) return exit.done;
    throw error;
  }
  const functions: PciAddress[] = [];
  for (const given of positionals) {
    const found = named(snapshot, given);
    if (isRefusal(found)) {
      print.failure('refused', found.reason);
      return exitOfRefusal(found.code);
    }
    functions.push(found.pci);
  }
  const tracker = new Tracker(interval * 1000, history);
  const averages = new Averages();
  const show = shownCounters(context, functions, interval);
  let began: number | undefined;
  try {
    return await untilEnded(context, (end, fail) => {
      const what = { interval, ...(functions.length > 0 ? { functions } : {}) };
      const stopCounting = control.count(what, (counted) => {
        if ('why' in counted) {
          if (began === undefined) fail(new Error(`The counters could not be read: ${counted.why}`));
          else print.progress(`The counters can't be read now: ${counted.why}`);
          return;
        }
        tracker.take(counted.frame);
        averages.take(counted.frame);
        show.sample(tracker, control.snapshot ?? snapshot);
        began ??= tracker.time;
        if (seconds !== undefined && (tracker.time ?? 0) - (began ?? 0) >= (seconds - interval / 2) * 1000)
          end(exit.done);
      });
      const stopTrying = comeBack(control);
      return () => {
        stopCounting();
        stopTrying();
      };
    });
  } finally {
    show.end(averages, control.snapshot ?? snapshot);
  }
}

function named(snapshot: HostSnapshot, given: string): { pci: PciAddress } | Refusal {
  const pf = resolvePf(snapshot, given);
  if (!isRefusal(pf)) return pf;
  const vf = resolveVf(snapshot, given);
  return isRefusal(vf) ? vf : vf.vf;
}

function number(option: string, given: string | undefined, most: number): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!/^\d+(\.\d+)?$/.test(given) || value < 1 || value > most)
    throw new UsageError(`--${option} must be a number of seconds from 1 to ${most}, not "${given}".`);
  return value;
}

/** Tries to reach a lost host, less and less often. Returns the function that stops it. */
function comeBack(control: HostControl): () => void {
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    if (control.connection.state !== 'lost') tries = 0;
    else
      timer ??= setTimeout(
        () => {
          timer = undefined;
          tries += 1;
          control.refresh().catch(() => {});
        },
        1000 * secondsBefore(tries),
      );
  };
  const stop = control.onDidChange(update);
  return () => {
    stop();
    clearTimeout(timer);
  };
}
