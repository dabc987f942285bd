import type uPlot from 'uplot';
import { rateText } from '../../../model/counters/amount';
import type { CountersState } from '../messages';
import { letterOf } from './lineStyles';

/** A moment as the reader's language writes it. */
const time = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: 'medium' });
export const clock = (seconds: number): string => time.format(seconds * 1000);

/** What each line says at the moment below the mouse. The table says the same of now, to everybody. */
export function readout(plot: uPlot, { measure }: Pick<CountersState, 'measure'>): void {
  const { idx, left = -1 } = plot.cursor;
  const moment = typeof idx === 'number' && left >= 0 ? plot.data[0][idx] : undefined;
  const known = plot.over.querySelector<HTMLElement>('.readout');
  if (moment === undefined || typeof idx !== 'number') return known?.remove();
  const box = known ?? document.createElement('div');
  const lines = plot.series.slice(1).map((_, index) => {
    const value = plot.data[index + 1]?.[idx];
    return `${letterOf(index)} ${typeof value === 'number' ? rateText(value, measure) : '–'}`;
  });
  box.className = 'readout';
  box.setAttribute('aria-hidden', 'true');
  box.textContent = [clock(moment), ...lines].join('\n');
  if (!known) plot.over.append(box);
  // On the side where there is more room.
  const isRight = left < plot.over.clientWidth / 2;
  box.style.left = isRight ? `${left + 8}px` : '';
  box.style.right = isRight ? '' : `${plot.over.clientWidth - left + 8}px`;
}
