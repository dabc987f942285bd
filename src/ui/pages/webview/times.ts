const language = document.documentElement.lang || undefined;
const local = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

/** Writes each moment in the reader's own time, with how long ago it is, and how long what is running has been. */
export function keepTime(): void {
  for (const element of document.querySelectorAll('time')) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    say(element, `${local.format(at)} (${ago(at)})`);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-running]')) {
    const { running, since } = element.dataset;
    element.dataset['since'] = since ?? `${Date.now() - Number(running)}`;
    say(element, `${Math.floor((Date.now() - Number(element.dataset['since'])) / 1000)} s`);
  }
}

const say = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function ago(at: Date): string {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / length), unit);
}
