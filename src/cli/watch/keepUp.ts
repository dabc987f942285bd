import { isThere, type Hearing, type HostControl } from '../../control/hostControl';
import { isFinal, secondsBefore, secondsBetweenReads } from '../../control/waits';

/** How the display keeps up with the host. */
export type Updates =
  /** Not known yet. */
  | { by: 'beginning' }
  | { by: 'events' }
  /** Not everything is heard, so the host is polled; seconds. */
  | { by: 'reads'; every: number; why: string }
  /** It is lost. */
  | { by: 'trying'; after: number; why: string };

/** Seconds between two reads if changes aren't heard. */
const interval = 10;

/**
 * Follows a host that has been read, polls what isn't heard, and reconnects when it is lost. `give`: it won't come back.
 * Returns the function that ends it.
 */
export function keepUp(
  control: HostControl,
  tell: (updates: Updates) => void,
  give: (error: unknown) => void,
): () => void {
  let hearing: Hearing = { live: false, why: '', isStarting: true };
  let reads: { every: number; timer: NodeJS.Timeout } | undefined;
  let next: { after: number; timer: NodeJS.Timeout } | undefined;
  let tries = 0;
  let told = '';

  const say = (updates: Updates) => {
    const text = JSON.stringify(updates);
    if (text !== told) tell(updates);
    told = text;
  };
  const readEvery = (seconds: number) => {
    if (reads?.every === seconds) return;
    clearInterval(reads?.timer);
    const read = () => void control.refresh().catch(() => {});
    reads = { every: seconds, timer: setInterval(read, 1000 * seconds) };
  };
  const stopReading = () => {
    clearInterval(reads?.timer);
    reads = undefined;
  };
  const tryAgain = () => {
    next = undefined;
    control.refresh().catch((error: unknown) => {
      if (error instanceof Error && 'phase' in error && isFinal(String(error.phase))) give(error);
      else update();
    });
  };
  const update = () => {
    const { connection } = control;
    if (isThere(connection)) {
      clearTimeout(next?.timer);
      next = undefined;
      tries = 0;
      readEvery(secondsBetweenReads(hearing.live, interval));
      if (hearing.live) say({ by: 'events' });
      else if (hearing.isStarting) say({ by: 'beginning' });
      else say({ by: 'reads', every: interval, why: hearing.why });
    } else if (connection.state === 'lost') {
      stopReading();
      if (!next) {
        const after = secondsBefore(tries);
        tries += 1;
        next = { after, timer: setTimeout(tryAgain, 1000 * after) };
      }
      say({ by: 'trying', after: next.after, why: connection.reason });
    }
  };

  const stopListening = control.onDidChange(update);
  const stopFollowing = control.follow((now) => {
    hearing = now;
    update();
  });
  return () => {
    stopListening();
    stopFollowing();
    stopReading();
    clearTimeout(next?.timer);
  };
}
