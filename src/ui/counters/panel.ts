import { l10n, Uri, type Webview, type WebviewView } from 'vscode';
import { decimated } from '../../model/counters/decimate';
import { windowOf } from '../../model/counters/history';
import { seriesKey, type SeriesKey } from '../../model/counters/reading';
import type { PciAddress } from '../../model/functions';
import { back } from '../dialogs/dialogs';
import { pageDocument } from '../pages/document';
import type { Workbench } from '../workbench';
import { countersMain } from './countersMain';
import type { Counting } from './counting';
import { csvOf } from './csv';
import { fromCounters } from './fromCounters';
import { mostSeries, type Chosen, type Press, type ToCounters } from './messages';
import { pciOf, pickQuestion, usualPicks } from './picks';
import { stateOf } from './state';

/** Points of a line; a screen shows no more of them apart. */
const mostPoints = 600;

/** The panel with the pictures: what it shows is read while it is in sight, and nothing is when it isn't. */
export class CountersPanel {
  private view: WebviewView | undefined;
  /** Whether the page can show what it is told. */
  private isLoaded = false;
  private chosen: Chosen = { measure: 'bits', minutes: 5, isLog: false, isPaused: false };
  private readonly picked = new Map<string, readonly SeriesKey[]>();
  private shown = '';
  private readonly ends: { dispose(): void }[];

  constructor(
    private readonly extension: Uri,
    private readonly workbench: Workbench,
    private readonly counting: Counting,
  ) {
    this.ends = [
      { dispose: counting.changed.on(() => this.sample()) },
      { dispose: workbench.host.changed.on(() => this.update()) },
    ];
  }

  /** Shows the counters of these functions, and of no other. */
  pick(functions: readonly PciAddress[]): void {
    const keys = functions.slice(0, mostSeries).map((pci) => seriesKey({ side: 'own', pci }));
    this.picked.set(this.hostId, keys);
    this.chosen = { ...this.chosen, isPaused: false };
    this.update();
    this.sendAll();
  }

  open(view: WebviewView): void {
    this.view = view;
    const { webview } = view;
    webview.options = {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => Uri.joinPath(this.extension, folder)),
    };
    webview.onDidReceiveMessage((message: unknown) => void this.hear(message));
    view.onDidChangeVisibility(() => {
      // A page that is hidden is thrown away.
      this.isLoaded = false;
      this.update();
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.update();
    });
    webview.html = this.document(webview);
    this.update();
  }

  /** Reads what is to be seen, and tells the page what is otherwise. */
  update(): void {
    const isSeen = this.view?.visible === true;
    this.counting.showPicked(isSeen ? this.keys.map(pciOf) : undefined);
    if (isSeen) this.sendState();
  }

  dispose(): void {
    for (const end of this.ends) end.dispose();
  }

  private get hostId(): string {
    return this.workbench.host.id ?? '';
  }

  private get keys(): readonly SeriesKey[] {
    const { snapshot } = this.workbench.host;
    return this.picked.get(this.hostId) ?? (snapshot ? usualPicks(snapshot) : []);
  }

  private async hear(message: unknown): Promise<void> {
    const heard = fromCounters(message);
    if (!heard) return;
    if (heard.kind === 'press') return this.press(heard.press);
    const { kind, ...choice } = heard;
    if (kind === 'loaded') this.isLoaded = true;
    else this.chosen = { ...this.chosen, ...choice };
    this.sendAll();
  }

  private async press(press: Press): Promise<void> {
    if (press === 'pick') return this.ask();
    if (press === 'csv') return this.save();
    this.chosen = { ...this.chosen, isPaused: !this.chosen.isPaused };
    this.sendAll();
  }

  private async ask(): Promise<void> {
    const { dialogs, host } = this.workbench;
    if (!host.snapshot) return;
    const answer = await dialogs.pickMany(pickQuestion(host.snapshot, this.counting.tracker, this.keys));
    if (answer === undefined || answer === back) return;
    this.picked.set(this.hostId, answer);
    this.update();
    this.sendAll();
  }

  private async save(): Promise<void> {
    const { texts, host } = this.workbench;
    const { tracker } = this.counting;
    if (!tracker || !host.snapshot) return;
    const text = csvOf(tracker, host.snapshot, this.keys, this.from);
    await texts.save({
      title: l10n.t('Export CSV'),
      name: 'counters.csv',
      types: { CSV: ['csv'] },
      text: () => text,
    });
  }

  /** The beginning of what is shown. */
  private get from(): number {
    return (this.counting.tracker?.time ?? 0) - this.chosen.minutes * 60_000;
  }

  private sendAll(): void {
    this.shown = '';
    this.sendState();
    const { history } = this.counting.tracker ?? {};
    const [rx, tx] = (['rx', 'tx'] as const).map((direction) =>
      history
        ? decimated(
            windowOf(history, this.keys, { measure: this.chosen.measure, direction }, this.from),
            mostPoints,
          )
        : { times: [], values: this.keys.map(() => []) },
    );
    if (rx && tx) this.send({ kind: 'history', rx, tx });
  }

  /** What is as it was isn't told again. */
  private sendState(): void {
    const state = stateOf(this.workbench.host, this.counting, this.keys, this.chosen);
    const text = JSON.stringify(state);
    if (text === this.shown || !this.isLoaded) return;
    this.shown = text;
    this.send({ kind: 'show', state });
  }

  private sample(): void {
    if (this.chosen.isPaused) return;
    this.sendState();
    const { tracker, why } = this.counting;
    if (why !== undefined || tracker?.time === undefined) return;
    const now = this.keys.map((key) => tracker.now(key)?.rates ?? null);
    this.send({ kind: 'sample', time: tracker.time, now });
  }

  private send(message: ToCounters): void {
    if (this.isLoaded && this.view?.visible) void this.view.webview.postMessage(message);
  }

  private document(webview: Webview): string {
    return pageDocument(webview, this.extension, {
      ...{ title: l10n.t('SR-IOV Counters'), view: 'sriov.counters', main: countersMain() },
      ...{ styles: ['page.css', 'counters.css'], script: 'counters.js' },
    });
  }
}
