import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { pageDocument } from '../pages/document';
import type { Workbench } from '../workbench';
import { fromTopology, hostKept } from './fromTopology';
import { topologyMain } from './topologyMain';
import { TopologyPage } from './topologyPage';

const topologyView = 'sriov.topology';

/** Says which hosts are looked at, so that they are followed: undefined where a page is out of sight. */
export type Watch = (page: object, host: string | undefined) => void;

/** The pictures that are open: one for each host. */
export class TopologyPanels {
  private readonly open = new Map<string, { page: TopologyPage; panel: WebviewPanel }>();

  constructor(
    private readonly extension: Uri,
    private readonly watch: Watch,
  ) {}

  /** Shows the picture of the current host, with something selected in it. */
  show(workbench: Workbench, nodes: string[]): void {
    const { id } = workbench.host;
    if (id === undefined) return;
    const known = this.open.get(id);
    const { page, panel } = known ?? this.fill(workbench, id, this.create());
    page.select(nodes);
    if (known) panel.reveal();
    workbench.guide.did('seen');
  }

  /** Shows one again that was open before a reload of the window. */
  restore(workbench: Workbench, kept: unknown, panel: WebviewPanel): void {
    const host = hostKept(kept);
    if (host === undefined || this.open.has(host)) return void panel.dispose();
    panel.webview.options = this.options();
    this.fill(workbench, host, panel);
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
  }

  private options() {
    return {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => Uri.joinPath(this.extension, folder)),
    };
  }

  private create(): WebviewPanel {
    return window.createWebviewPanel(topologyView, '', ViewColumn.Active, this.options());
  }

  private fill(workbench: Workbench, host: string, panel: WebviewPanel) {
    const page = new TopologyPage(workbench, host);
    const look = () => this.watch(page, panel.visible && window.state.focused ? host : undefined);
    const send = () => {
      if (panel.title !== page.title) panel.title = page.title;
      for (const message of page.take()) void panel.webview.postMessage(message);
    };
    const ends = [
      panel.webview.onDidReceiveMessage((given: unknown) => {
        const message = fromTopology(given);
        if (message) void page.hear(message);
      }),
      panel.onDidChangeViewState(look),
      window.onDidChangeWindowState(look),
    ];
    page.says.on(send);
    panel.onDidDispose(() => {
      for (const end of ends) end.dispose();
      page.dispose();
      this.watch(page, undefined);
      this.open.delete(host);
    });
    panel.title = page.title;
    panel.webview.html = pageDocument(panel.webview, this.extension, {
      ...{ title: page.title, view: topologyView, main: topologyMain(page.title) },
      ...{ styles: ['page.css', 'topology.css'], script: 'topology.js', images: 'data:' },
    });
    const filled = { page, panel };
    this.open.set(host, filled);
    look();
    return filled;
  }
}
