import { seriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import type { Context } from '../context';
import { styled, type View } from '../shown/styled';
import type { Averages } from './averages';
import { countersDocument } from './countersDocument';
import { countersText, hintLines, rateTable } from './countersText';

interface Shown {
  sample: (tracker: Tracker, snapshot: HostSnapshot) => void;
  /** Called at the end: shows a person the result. */
  end: (averages: Averages, snapshot: HostSnapshot) => void;
}

/** In the same place on a terminal, elsewhere one after the other. */
export function shownCounters(
  { print, values }: Pick<Context, 'print' | 'values'>,
  functions: readonly PciAddress[],
  interval: number,
): Shown {
  const screen = print.screen?.();
  let draw = () => {};
  screen?.onResize(() => draw());
  const text = (tracker: Tracker, snapshot: HostSnapshot) => (view: View) => [
    ...countersText(tracker, snapshot, functions, view),
    ...hintLines(tracker, snapshot, view),
  ];
  return {
    sample(tracker, snapshot) {
      if (!screen)
        return print.oneOf(countersDocument(tracker, snapshot, functions), (view) => [
          [new Date(tracker.time ?? 0).toISOString()],
          ...text(tracker, snapshot)(view),
          [],
        ]);
      draw = () =>
        screen.show([
          [styled('good', 'Live:'), ` read every ${interval} s. Ctrl-C ends it.`],
          [],
          ...text(tracker, snapshot)(print.view),
        ]);
      draw();
    },
    end(averages, snapshot) {
      screen?.leave();
      if (values.json || averages.seconds === 0) return;
      const keys = allFunctions(snapshot).flatMap(({ pci }) =>
        (['own', 'pf'] as const).map((side) => seriesKey({ side, pci })),
      );
      const counted = keys.filter((key) => averages.keys.includes(key));
      const rows = counted.map((key) => ({ key, rates: averages.of(key) }));
      print.text([
        [styled('heading', `Average over ${averages.seconds.toFixed(1)} s`)],
        ...rateTable(snapshot, rows, print.view),
      ]);
    },
  };
}
