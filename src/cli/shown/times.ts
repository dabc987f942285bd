const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Days after which a date says more. */
const longest = 30;

/**
 * How long ago a time was: `3 minutes ago`. One that is long ago, or in the future because two clocks differ, as local date and
 * time; text that is no time stays as it is.
 */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  const seconds = Math.round((now - then) / 1000);
  if (Number.isNaN(then)) return iso;
  if (seconds < -60 || seconds > longest * 86_400) return localTime(new Date(then));
  const unit = units.find(([, length]) => seconds >= length);
  if (!unit) return 'just now';
  const [name, length] = unit;
  const count = Math.floor(seconds / length);
  return `${count} ${name}${count === 1 ? '' : 's'} ago`;
}

/** `2026-11-27 18:03`, without a time zone: local time. */
function localTime(moment: Date): string {
  const two = (number: number) => `${number}`.padStart(2, '0');
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${date} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
