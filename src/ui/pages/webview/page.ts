import type { FromPage, ToPage } from '../messages';
import { become } from './become';
import { keepTime } from './times';

/** What VS Code gives a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

/** What a page still knows when it comes back into sight. */
interface Kept {
  unfolded: string[];
  filter: string;
  top: number;
}

const vscode = acquireVsCodeApi();
const main = document.querySelector('main') as HTMLElement;
const filterBox = () => document.querySelector<HTMLInputElement>('#filter');

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  become(main, data.main);
  filter();
  keepTime();
});

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-press]') : null;
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  const { press = '', about } = button.dataset;
  vscode.postMessage({ kind: 'press', press, about });
});
document.addEventListener('input', () => {
  filter();
  keep();
});
document.addEventListener('toggle', keep, { capture: true });
document.addEventListener('scroll', keep);

const kept = vscode.getState();
// What was typed here last counts for more than what the page was opened with.
const box = filterBox();
if (box && kept) box.value = kept.filter;
for (const id of kept?.unfolded ?? []) document.getElementById(id)?.setAttribute('open', '');
filter();
keepTime();
setInterval(keepTime, 1000);
window.scrollTo(0, kept?.top ?? 0);
vscode.postMessage({ kind: 'loaded' });

function keep(): void {
  vscode.setState({
    unfolded: [...document.querySelectorAll('details[open]')].map(({ id }) => id),
    filter: filterBox()?.value ?? '',
    top: window.scrollY,
  });
}

/** Shows only what is about all words that were typed. */
function filter(): void {
  const box = filterBox();
  if (!box) return;
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...document.querySelectorAll<HTMLElement>('[data-words]')];
  for (const one of all) one.hidden = !words.every((word) => one.dataset['words']?.includes(word));
  const nothing = document.getElementById('nothing');
  if (nothing) nothing.hidden = all.some((one) => !one.hidden);
}
