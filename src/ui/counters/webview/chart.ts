import uPlot from 'uplot';
import { rateText } from '../../../model/counters/amount';
import { decimated } from '../../../model/counters/decimate';
import type { Window } from '../../../model/counters/history';
import type { CountersState } from '../messages';
import { letterOf, lineStyle, swatch, type Colors } from './lineStyles';
import { clock, readout } from './readout';

/** As high as there is room for beside the table. */
const heightNow = (): number => Math.round(Math.max(110, Math.min(320, innerHeight * 0.55)));
/** Room right of the lines for their letters and for half of the last time, and above them. */
const padding: uPlot.Padding = [10, 36, 0, 0];

/** One picture: a line for each function, known by its colour, its dashes, and a letter at its end. */
export class Chart {
  private plot: uPlot | undefined;
  private built = '';
  private colors: Colors | undefined;

  constructor(private readonly parent: HTMLElement) {}

  /** Colours are read again, as after a change of the theme. */
  restyle(): void {
    this.built = '';
    this.colors = undefined;
  }

  draw(state: CountersState, window: Window, last: number): void {
    const width = this.parent.clientWidth;
    if (width === 0) return;
    const key = JSON.stringify([state.series.length, state.measure, state.isLog, state.minutes]);
    if (!this.plot || key !== this.built) this.build(state, width);
    this.built = key;
    const height = heightNow();
    if (this.plot && (this.plot.width !== width || this.plot.height !== height))
      this.plot.setSize({ width, height });
    // A pixel shows no more than one high and one low.
    const { times, values } = decimated(window, 2 * width);
    const lines = state.series.map((_, index) =>
      (values[index] ?? []).map((value) => (state.isLog && value === 0 ? null : value)),
    );
    const to = last / 1000;
    this.plot?.batch(() => {
      this.plot?.setData([times.map((time) => time / 1000), ...lines], false);
      this.plot?.setScale('x', { min: to - state.minutes * 60, max: to });
      const highest = Math.max(0, ...lines.flatMap((line) => line.map((value) => value ?? 0)));
      this.plot?.setScale('y', state.isLog ? logRange(lines) : { min: 0, max: highest * 1.1 || 1 });
    });
  }

  /** Puts a line's own look beside its letter in the table. */
  mark(cell: HTMLElement, index: number): void {
    swatch(cell, lineStyle(this.theme(), index));
  }

  private theme(): Colors {
    return (this.colors ??= getComputedStyle(document.body));
  }

  private build({ series, measure, isLog }: CountersState, width: number): void {
    this.plot?.destroy();
    const colors = this.theme();
    const quiet = colors.getPropertyValue('--vscode-descriptionForeground');
    const grid =
      colors.getPropertyValue('--vscode-contrastBorder') || colors.getPropertyValue('--vscode-panel-border');
    const font = ['11px', colors.getPropertyValue('--vscode-font-family')].join(' ');
    const axis = {
      stroke: quiet,
      font,
      grid: { stroke: grid, width: 0.5 },
      ticks: { stroke: grid, width: 0.5 },
    };
    this.plot = new uPlot(
      {
        ...{ width, height: heightNow(), padding, legend: { show: false } },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: { x: { time: true, auto: false }, y: { auto: false, distr: isLog ? 3 : 1 } },
        axes: [
          { ...axis, size: 26, space: 90, values: (_, splits) => splits.map(clock) },
          {
            ...axis,
            size: 78,
            values: (_, splits) => splits.map((one) => (one === null ? '' : rateText(one, measure))),
          },
        ],
        series: [
          {},
          ...series.map((_, index) => {
            const { color, dash } = lineStyle(colors, index);
            return { stroke: color, dash, width: 1.5, points: { show: false } };
          }),
        ],
        hooks: {
          draw: [(plot) => letters(plot, font, colors)],
          setCursor: [(plot) => readout(plot, { measure })],
        },
      },
      [[], ...series.map(() => [])],
      this.parent,
    );
  }
}

/** Whole powers of ten around what there is. */
function logRange(lines: (number | null)[][]): { min: number; max: number } {
  const known = lines.flat().filter((value) => value !== null && value > 0) as number[];
  if (known.length === 0) return { min: 1, max: 10 };
  const power = (value: number, round: (one: number) => number) => 10 ** round(Math.log10(value));
  const min = power(
    known.reduce((low, one) => Math.min(low, one)),
    Math.floor,
  );
  const max = power(
    known.reduce((high, one) => Math.max(high, one)),
    Math.ceil,
  );
  return { min, max: max > min ? max : min * 10 };
}

/** The letter of each line where it ends, or below another one that is there. */
function letters(plot: uPlot, font: string, colors: Colors): void {
  const { ctx } = plot;
  ctx.save();
  ctx.font = font.replace(/^\d+/, (size) => `${Number(size) * devicePixelRatio}`);
  ctx.textAlign = 'left';
  const taken: number[] = [];
  plot.series.slice(1).forEach((_, index) => {
    const values = plot.data[index + 1] ?? [];
    let at = values.length - 1;
    while (at >= 0 && (values[at] ?? null) === null) at -= 1;
    const [x, y] = [plot.data[0][at], values[at]];
    if (x === undefined || y === undefined || y === null) return;
    let top = plot.valToPos(y, 'y', true) + 4 * devicePixelRatio;
    while (taken.some((other) => Math.abs(other - top) < 11 * devicePixelRatio)) top += devicePixelRatio;
    taken.push(top);
    ctx.fillStyle = lineStyle(colors, index).color;
    ctx.fillText(letterOf(index), plot.valToPos(x, 'x', true) + 3 * devicePixelRatio, top);
  });
  ctx.restore();
}
