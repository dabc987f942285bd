/** What is said between the page of the counters and the extension. */
import type { Measure, Rates } from '../../model/counters/counter';
import type { Window } from '../../model/counters/history';

/** The page was loaded and shows nothing yet; a button was pressed; something else was chosen. */
export type FromCounters =
  | { kind: 'loaded' }
  | { kind: 'press'; press: Press }
  | { kind: 'measure'; measure: Measure }
  | { kind: 'minutes'; minutes: number }
  | { kind: 'log'; isLog: boolean };

export const presses = ['pick', 'pause', 'csv'] as const;
export type Press = (typeof presses)[number];

/** The lengths of time that a picture may show, in minutes. */
export const windows = [1, 5, 15, 60] as const;

/** What the page is to show from now on; `history` replaces all samples, `sample` is one more. */
export type ToCounters =
  | { kind: 'show'; state: CountersState }
  | { kind: 'history'; rx: Window; tx: Window }
  | { kind: 'sample'; time: number; now: (Rates | null)[] };

/** All but the samples. Texts are as they are to be read. */
export interface CountersState {
  series: SeriesText[];
  measure: Measure;
  minutes: number;
  isLog: boolean;
  isPaused: boolean;
  /** What the button does now. */
  pause: string;
  /** Whether it is read, and if not, why. */
  status: string;
  hints: { title: string; text: string }[];
}

/** What of it is chosen in the page. */
export type Chosen = Pick<CountersState, 'measure' | 'minutes' | 'isLog' | 'isPaused'>;

/** One line of the pictures. */
export interface SeriesText {
  title: string;
  where: string;
}

/** So many can be told apart in one picture. */
export const mostSeries = 8;
