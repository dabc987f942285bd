import type { HostSnapshot } from '../../model/snapshot';
import type { Context } from '../context';
import { exit } from '../exitCodes';
import { inventoryDocument } from '../inventoryDocument';
import { inventoryText } from '../shown/inventoryText';
import { styled, type Line } from '../shown/styled';
import { keepUp, type Updates } from './keepUp';
import { untilEnded } from './untilEnded';

/**
 * Shows a host until Ctrl-C, the intended end: on a terminal always in the same place, elsewhere again whenever
 * it changes.
 */
export async function watch(context: Context): Promise<number> {
  const { control, print, signal } = context;
  try {
    await control.refresh(signal);
  } catch (error) {
    if (signal.aborted) return exit.done;
    throw error;
  }
  const show = print.screen ? onScreen(context) : oneByOne(context);
  try {
    return await untilEnded(context, (_, fail) => {
      const stopListening = control.onDidChange(() => control.snapshot && show.snapshot(control.snapshot));
      if (control.snapshot) show.snapshot(control.snapshot);
      const stopKeeping = keepUp(control, show.updates, fail);
      return () => {
        stopListening();
        stopKeeping();
      };
    });
  } finally {
    show.end();
  }
}

interface Shown {
  snapshot: (now: HostSnapshot) => void;
  updates: (now: Updates) => void;
  end: () => void;
}

function onScreen({ print }: Context): Shown {
  const screen = print.screen?.();
  let snapshot: HostSnapshot | undefined;
  let updates: Updates = { by: 'beginning' };
  const draw = () => {
    if (snapshot) screen?.show([status(updates), [], ...inventoryText(snapshot, print.view)]);
  };
  screen?.onResize(draw);
  return {
    snapshot(now) {
      snapshot = now;
      draw();
    },
    updates(now) {
      updates = now;
      draw();
    },
    end: () => screen?.leave(),
  };
}

function oneByOne({ print }: Context): Shown {
  let last = '';
  return {
    snapshot(now) {
      const document = inventoryDocument(now);
      const same = JSON.stringify({ ...document, takenAt: undefined });
      if (same === last) return;
      print.oneOf(document, (view) => [
        ...(last === '' ? [] : [[]]),
        [now.takenAt],
        ...inventoryText(now, view),
      ]);
      last = same;
    },
    updates: (now) => {
      if (now.by !== 'beginning') print.progress([status(now)]);
    },
    end: () => {},
  };
}

/** One line; a person should see at a glance whether what is below it is current. */
function status(updates: Updates): Line {
  switch (updates.by) {
    case 'beginning':
      return [styled('quiet', 'Starting to listen …')];
    case 'events':
      return [styled('good', 'Live:'), ' every change is shown as it happens. Ctrl-C ends it.'];
    case 'reads':
      return [
        styled('doubtful', `Read every ${updates.every} s,`),
        ` since not every change can be heard: ${updates.why.replace(/\.$/, '')}.`,
      ];
    case 'trying':
      return [styled('bad', `Trying again in ${updates.after} s:`), ` ${updates.why}`];
  }
}
