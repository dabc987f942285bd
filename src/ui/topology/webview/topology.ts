import { keepTime } from '../../pages/webview/times';
import type { FromTopology, Kept, State, ToTopology } from '../messages';
import style from './picture.css';
import { Stage } from './stage';

/** What VS Code gives a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromTopology): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [sheet];

const filterBox = find<HTMLInputElement>('filter');
let stage: Stage | undefined;
let isAsking = false;
let toKeep: ReturnType<typeof setTimeout> | undefined;

const told: { [K in ToTopology['kind']]: (message: Extract<ToTopology, { kind: K }>) => void } = {
  show({ host, picture, state, texts }) {
    const known = vscode.getState();
    stage ??= new Stage(texts, (message) => vscode.postMessage(message), keep);
    const kept = known?.host === host ? known : undefined;
    if (!stage.isBegun && kept && filterBox.value === '') filterBox.value = kept.filter;
    stage.begin(host, picture, kept);
    if (filterBox.value.trim() !== '') ask();
    showState(state);
    keep();
  },
  change({ difference, said }) {
    stage?.change(difference);
    find('said').textContent = said;
    if (filterBox.value.trim() !== '') ask();
  },
  state: ({ state }) => showState(state),
  selected: ({ nodes }) => stage?.select(nodes),
  found({ text, nodes }) {
    if (text === filterBox.value) stage?.filter(nodes);
  },
};

window.addEventListener('message', ({ data }: MessageEvent<ToTopology>) => {
  (told[data.kind] as (message: ToTopology) => void)(data);
});
filterBox.addEventListener('input', () => {
  ask();
  keep();
});
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('button[data-do]') : null;
  if (!button) return;
  void stage?.press(button.dataset['do'] ?? '');
  keepNow();
});
setInterval(keepTime, 1000);
vscode.postMessage({ kind: 'loaded' });

/** Once a frame, however fast somebody types. */
function ask(): void {
  if (isAsking) return;
  isAsking = true;
  requestAnimationFrame(() => {
    isAsking = false;
    vscode.postMessage({ kind: 'filter', text: filterBox.value });
  });
}

function showState({ text, tone, at }: State): void {
  const element = find('state');
  element.hidden = text === '';
  element.className = tone;
  const moment = document.createElement('time');
  moment.dateTime = at ?? '';
  element.replaceChildren(text, ...(at === null ? [] : [' ', moment]));
  keepTime();
}

/** Not while it is moved. */
function keep(): void {
  clearTimeout(toKeep);
  toKeep = setTimeout(keepNow, 200);
}

function keepNow(): void {
  clearTimeout(toKeep);
  if (stage) vscode.setState({ ...stage.kept, filter: filterBox.value });
}
