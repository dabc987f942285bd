import { rateText } from '../../../model/counters/amount';
import { directions, type Rates } from '../../../model/counters/counter';
import type { CountersState, FromCounters, ToCounters } from '../messages';
import { Chart } from './chart';
import { letterOf } from './lineStyles';
import { fill, filledRow } from './rows';
import { Samples } from './samples';

/** What VS Code gives a webview. */
declare function acquireVsCodeApi(): { postMessage(message: FromCounters): void };

const vscode = acquireVsCodeApi();
const byId = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const measure = byId<HTMLSelectElement>('measure');
const minutes = byId<HTMLSelectElement>('minutes');
const log = byId<HTMLInputElement>('log');

const charts = directions.map((direction) => ({ direction, chart: new Chart(byId(direction)) }));
const samples = new Samples();
let state: CountersState | undefined;
let now: (Rates | null)[] = [];

window.addEventListener('message', ({ data }: MessageEvent<ToCounters>) => {
  if (data.kind === 'show') show(data.state);
  else if (data.kind === 'history') {
    samples.replace(data);
    now = [];
  } else if (state) {
    now = data.now;
    samples.add(data.time, now, state.measure, state.minutes * 60_000);
  }
  draw();
});

document.addEventListener('click', ({ target }) => {
  const press =
    target instanceof Element ? target.closest<HTMLElement>('[data-press]')?.dataset['press'] : '';
  if (press === 'pick' || press === 'pause' || press === 'csv') vscode.postMessage({ kind: 'press', press });
});
measure.addEventListener('change', () =>
  vscode.postMessage({ kind: 'measure', measure: measure.value as CountersState['measure'] }),
);
minutes.addEventListener('change', () =>
  vscode.postMessage({ kind: 'minutes', minutes: Number(minutes.value) }),
);
log.addEventListener('change', () => vscode.postMessage({ kind: 'log', isLog: log.checked }));

// A theme changes the classes and styles of these; a panel is pulled wider.
const again = () => {
  for (const { chart } of charts) chart.restyle();
  draw();
};
for (const element of [document.documentElement, document.body])
  new MutationObserver(again).observe(element, { attributeFilter: ['class', 'style'] });
new ResizeObserver(draw).observe(document.documentElement);

vscode.postMessage({ kind: 'loaded' });

function show(next: CountersState): void {
  state = next;
  measure.value = next.measure;
  minutes.value = `${next.minutes}`;
  log.checked = next.isLog;
  byId('pause').textContent = next.pause;
  byId('pause').setAttribute('aria-pressed', `${next.isPaused}`);
  if (byId('state').textContent !== next.status) byId('state').textContent = next.status;
  byId('trouble').hidden = next.hints.length === 0;
  fill(byId('hints'), 'li', next.hints, (item, hint) => {
    filledRow(item, [
      ['strong', hint.title],
      ['p', hint.text],
    ]);
  });
}

function draw(): void {
  if (!state) return;
  const shown = state;
  for (const { direction, chart } of charts) chart.draw(shown, samples.of(direction), samples.last);
  const peaks = directions.map((direction) => samples.peaks(direction));
  fill(document.querySelector('tbody') as HTMLElement, 'tr', shown.series, (row, { title, where }, index) => {
    const rates = now[index] ?? null;
    const of = (direction: 'rx' | 'tx') => rateText(rates?.[shown.measure][direction] ?? null, shown.measure);
    const both = (which: 'drops' | 'errors') =>
      rateText(rates ? (rates[which].rx ?? 0) + (rates[which].tx ?? 0) : null, which);
    filledRow(row, [
      ['td', letterOf(index)],
      ['th', title],
      ['td', where],
      ...directions.map((direction): [string, string] => ['td', of(direction)]),
      ...peaks.map((all): [string, string] => ['td', rateText(all[index] ?? null, shown.measure)]),
      ['td', both('drops')],
      ['td', both('errors')],
    ]);
    charts[0]?.chart.mark(row.firstElementChild as HTMLElement, index);
  });
}
