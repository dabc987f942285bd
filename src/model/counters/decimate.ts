import type { Window } from './history';

/**
 * Fewer samples of the same time that keep every peak and every low: both of each stretch, in the order in which they
 * came. A stretch that is all unknown stays unknown.
 */
export function decimated({ times, values }: Window, most: number): Window {
  if (times.length <= most) return { times, values };
  const stretches = Math.max(1, Math.floor(most / 2));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const length = (last - first) / stretches || 1;
  const bounds = Array.from({ length: stretches + 1 }, (_, index) =>
    index === stretches ? times.length : times.findIndex((time) => time >= first + index * length),
  );
  const parts = bounds.slice(0, -1).flatMap((from, index) => {
    const to = bounds[index + 1] ?? times.length;
    return to > from ? [{ from, to }] : [];
  });
  return {
    times: parts.flatMap(({ from, to }) =>
      to - from === 1 ? [times[from] ?? 0] : [times[from] ?? 0, times[to - 1] ?? 0],
    ),
    values: values.map((line) => parts.flatMap(({ from, to }) => extremes(line.slice(from, to)))),
  };
}

function extremes(part: (number | null)[]): (number | null)[] {
  if (part.length === 1) return part;
  let [low, high] = [-1, -1];
  part.forEach((value, index) => {
    if (value === null) return;
    if (low < 0 || value < (part[low] ?? 0)) low = index;
    if (high < 0 || value > (part[high] ?? 0)) high = index;
  });
  return [part[Math.min(low, high)] ?? null, part[Math.max(low, high)] ?? null];
}
