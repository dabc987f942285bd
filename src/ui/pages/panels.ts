import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { PathRequest } from '../../control/hostControl';
import type { Finding } from '../../model/finding';
import type { PathResult } from '../../model/wire/path';
import type { KeptChanges } from '../changes/keptChanges';
import { oneLine } from '../hostText';
import type { PlanSubject, Workbench } from '../workbench';
import { CheckPage } from './checkPage';
import { HistoryPage } from './historyPage';
import { pageDocument } from './document';
import type { FromPage, ToPage } from './messages';
import type { Page } from './page';
import { PathPage } from './pathPage';
import { PlanPage } from './planPage';

/** The pages that are open, each in a panel. A reload of the window closes them: what they show is of a connection that is gone then. */
export class Panels {
  private readonly open = new Map<string, { page: Page; panel: WebviewPanel }>();

  constructor(private readonly extension: Uri) {}

  /** Shows a page in a panel of its own, or in that of the page of the same name before it. */
  show(page: Page): void {
    const before = this.open.get(page.name);
    const panel = before?.panel ?? this.create(page);
    before?.page.dispose();
    this.open.set(page.name, { page, panel });
    page.changed.on(() => {
      if (this.open.get(page.name)?.page === page) draw(panel, page);
    });
    panel.title = oneLine(page.title ?? page.name);
    panel.webview.html = pageDocument(panel.webview, this.extension, {
      ...{ title: page.title ?? page.name, view: page.view, main: page.main() },
      ...{ styles: ['page.css'], script: 'page.js' },
    });
    panel.reveal();
  }

  async showPlan(workbench: Workbench, subject: PlanSubject): Promise<void> {
    const page = new PlanPage(workbench, subject);
    this.show(page);
    await page.load();
  }

  async showHistory(workbench: Workbench, kept: KeptChanges, words: string): Promise<void> {
    const page = new HistoryPage(workbench, kept, words);
    if (await page.load()) this.show(page);
    else page.dispose();
  }

  showCheck(workbench: Workbench, finding: Finding): void {
    this.show(new CheckPage(workbench, finding));
  }

  showPath(workbench: Workbench, request: PathRequest, result: PathResult): void {
    this.show(new PathPage(workbench, request, result));
  }

  async apply(name: string | undefined): Promise<boolean> {
    const all = [...this.open.values()];
    const meant = all.find(({ page, panel }) => (name === undefined ? panel.active : page.name === name));
    if (!(meant?.page instanceof PlanPage)) return false;
    await meant.page.apply();
    return true;
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
  }

  private create(page: Page): WebviewPanel {
    const media = [Uri.joinPath(this.extension, 'dist'), Uri.joinPath(this.extension, 'media')];
    const panel = window.createWebviewPanel(page.view, oneLine(page.name), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: media,
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      const shown = this.open.get(page.name)?.page;
      if (message.kind === 'press') void shown?.press(message.press, message.about);
      // It shows what was written when it was last in sight.
      else if (shown) draw(panel, shown);
    });
    panel.onDidDispose(() => {
      this.open.get(page.name)?.page.dispose();
      this.open.delete(page.name);
    });
    return panel;
  }
}

function draw({ webview }: WebviewPanel, page: Page): void {
  const main = page.main().map(({ text }) => text);
  void webview.postMessage({ kind: 'show', main: main.join('') } satisfies ToPage);
}
