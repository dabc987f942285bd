import type { Measure } from './counter';

const prefixes = ['', 'k', 'M', 'G', 'T'];

/** `1.25 Mb/s`, `980 /s`: with at least three digits, and none that say nothing. */
export function rateText(rate: number | null, measure: Measure): string {
  if (rate === null) return '–';
  const unit = measure === 'bits' ? 'b/s' : '/s';
  if (rate < 1) return `${rate === 0 ? '0' : rate.toFixed(2)} ${unit}`;
  const step = Math.min(prefixes.length - 1, Math.floor(Math.log10(rate * 1.0005) / 3));
  const value = rate / 1000 ** step;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${step === 0 && Number.isInteger(rate) ? rate : value.toFixed(digits)} ${prefixes[step]}${unit}`;
}

const blocks = '▁▂▃▄▅▆▇█';

/** A sparkline, from zero to the highest value. An unknown value is a gap. */
export function sparkline(values: readonly (number | null)[]): string {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return values
    .map((value) =>
      value === null
        ? ' '
        : blocks[highest === 0 ? 0 : Math.min(blocks.length - 1, Math.ceil((value / highest) * 7))],
    )
    .join('');
}
