import { window, l10n, type TreeView } from 'vscode';
import type { HostSnapshot } from '../model/snapshot';
import type { Arrangement } from './arranging/arrangement';
import type { Arrangements } from './arranging/arrangements';
import { filterState } from './arranging/filterState';
import type { Counters } from './counters/counters';
import { withRates } from './counters/rowRates';
import type { Drift } from './declared/drift';
import type { CurrentHost } from './hosts/currentHost';
import type { KnownHost } from './hosts/hostList';
import type { Reconnecting } from './hosts/reconnecting';
import { hostRows, rootRow } from './hosts/rows';
import type { WatchingShown } from './hosts/watchingShown';
import { lostMessage, viewDescription } from './hosts/viewState';
import { failures, readinessDescription, readinessRows, summaryOf } from './readiness/rows';
import { Signal } from './signal';
import { adapterRows } from './tree/adapters';
import { containerRows } from './tree/containers';
import { dragAndDrop, type Dropped } from './tree/dragAndDrop';
import type { Row, Subject } from './tree/row';
import { RowTree } from './tree/rowTree';
import { subjectOf } from './tree/subjectOf';
import type { Rows } from './workbench';

/** The four views of the SR-IOV container. */
export class Views implements Rows {
  readonly selectionChanged = new Signal();
  private readonly adapters: RowTree;
  private readonly containers: RowTree;
  private readonly readiness: RowTree;
  private readonly hosts: RowTree;
  private readonly all: RowTree[];
  private known: KnownHost[] = [];
  private lastUsed: RowTree;
  private clock: NodeJS.Timeout | undefined;
  private readonly ends: { dispose(): void }[] = [];

  constructor(
    private readonly host: CurrentHost,
    private readonly arrangements: Arrangements,
    private readonly reconnecting: Reconnecting,
    private readonly watching: Pick<WatchingShown, 'setWatched'>,
    private readonly counters: Pick<Counters, 'changed' | 'setSeen' | 'textOf' | 'factsOf'>,
    private readonly listHosts: () => Promise<KnownHost[]>,
    /** Whether all hosts are shown that are connected, or the current one. */
    showsAll: () => boolean,
    firstShown: () => void,
    dropped: Dropped,
    private readonly drift: Pick<Drift, 'changed' | 'now'>,
  ) {
    // Those of the current host are counted.
    const rated = (id: string | undefined, rows: Row[]) =>
      id === host.id ? withRates(rows, counters.textOf) : rows;
    const ofSnapshot = (rows: (snapshot: HostSnapshot, arrangement: Arrangement) => Row[]) => (): Row[] => {
      const of = (one: Pick<CurrentHost, 'id' | 'snapshot' | 'connection' | 'machine'>) =>
        one.snapshot && one.connection.state !== 'unsupported'
          ? rated(one.id, rows(one.snapshot, arrangements.of(one.machine)))
          : [];
      return showsAll() && host.all.length > 1
        ? host.all.map((one) => rootRow(one, one.id === host.id, of(one)))
        : of(host);
    };
    const handled = (view: string) => ({
      canSelectMany: true,
      beside: counters.factsOf,
      dragAndDropController: dragAndDrop(view, ['sriov.adapters', 'sriov.containers'], dropped),
    });
    this.adapters = new RowTree('sriov.adapters', ofSnapshot(adapterRows), handled('sriov.adapters'));
    this.containers = new RowTree('sriov.containers', ofSnapshot(containerRows), handled('sriov.containers'));
    this.readiness = new RowTree('sriov.readiness', () =>
      readinessRows(host.id ?? '', host.readiness?.findings ?? [], host.readiness?.changes),
    );
    this.hosts = new RowTree('sriov.hosts', () => hostRows(this.known, host));
    this.all = [this.adapters, this.containers, this.readiness, this.hosts];
    this.lastUsed = this.adapters;
    this.listen(firstShown);
    this.draw();
  }

  subject(rowId: string): Subject | undefined {
    return (
      this.all.map((tree) => tree.subject(rowId)).find((subject) => subject !== undefined) ??
      subjectOf(this.host.all, rowId)
    );
  }

  selected(view?: string): Subject[] {
    const tree = this.treeNamed(view);
    return tree.selection.flatMap((row) => tree.subject(row) ?? []);
  }

  hostsOf(rowIds: readonly string[], view?: string): string[] {
    const tree = this.treeNamed(view);
    const ids = rowIds.length > 0 ? rowIds : tree.selection;
    const hosts = ids.map((id) => this.adapters.hostOf(id) ?? this.containers.hostOf(id));
    return [...new Set(hosts.filter((host) => host !== undefined))];
  }

  reveal(changed: Parameters<Rows['reveal']>[0]): void {
    const { id } = this.host;
    if (changed.kind === 'container')
      return this.containers.reveal(id, (one) => one.kind === 'container' && one.id === changed.id, {
        select: true,
      });
    const { kind, pci } = changed;
    this.adapters.reveal(id, (one) => one.kind === kind && one.pci === pci, { select: true });
    this.containers.reveal(
      id,
      (one) => (one.kind === 'attachment' && one.vf === pci) || (one.kind === 'macvlan' && one.on === pci),
      { select: false },
    );
  }

  private treeNamed(view: string | undefined): RowTree {
    return this.all.find(({ id }) => id === view) ?? this.lastUsed;
  }

  /** What is shown, and which hosts there are, may be others. */
  settingsChanged(): void {
    this.draw();
    void this.updateHosts();
  }

  /** Reads the list of hosts again. */
  async updateHosts(): Promise<void> {
    this.known = await this.listHosts();
    this.hosts.update();
  }

  dispose(): void {
    clearInterval(this.clock);
    for (const end of this.ends) end.dispose();
    for (const tree of this.all) tree.dispose();
  }

  private listen(firstShown: () => void): void {
    let shown = false;
    const look = () => {
      const visible = this.all.some(({ view }) => view.visible);
      this.watching.setWatched(visible && window.state.focused);
      const rows = [this.adapters, this.containers].some(({ view }) => view.visible);
      this.counters.setSeen(rows && window.state.focused);
      if (!visible || shown) return;
      shown = true;
      firstShown();
    };
    for (const tree of this.all) {
      // What unfolds, unfolds for us too; only a selection says what is meant, and whose.
      const use = () => {
        this.lastUsed = tree;
        const [host, ...others] = this.hostsOf([], tree.id);
        if (host !== undefined && others.length === 0) this.host.use(host);
        this.selectionChanged.fire();
      };
      this.ends.push(tree.view.onDidChangeVisibility(look), tree.view.onDidChangeSelection(use));
    }
    this.ends.push(
      window.onDidChangeWindowState(look),
      this.hosts.view.onDidChangeVisibility(({ visible }) => visible && void this.updateHosts()),
      { dispose: this.host.changed.on(() => this.draw()) },
      { dispose: this.reconnecting.changed.on(() => this.draw()) },
      { dispose: this.arrangements.changed.on(() => this.rearrange()) },
      { dispose: this.counters.changed.on(() => this.rate()) },
      { dispose: this.drift.changed.on(() => this.sayAll()) },
    );
    void this.updateHosts();
    look();
  }

  private draw(): void {
    for (const tree of this.all) tree.update();
    const { readiness, isChecking } = this.host;
    this.adapters.view.description = viewDescription(this.host);
    this.readiness.view.description = isChecking
      ? l10n.t('checking…')
      : readiness && readinessDescription(readiness);
    say(this.readiness.view, readiness && summaryOf(readiness.findings));
    this.readiness.view.badge = badge(failures(readiness?.findings ?? []));
    this.countDown();
  }

  /** The rows that a filter leaves are to be seen, not what they are below. */
  private rearrange(): void {
    const { tokens } = this.filter();
    for (const tree of [this.adapters, this.containers]) {
      tree.update();
      if (tokens !== '') tree.unfoldTop();
    }
    this.sayAll();
  }

  /** Rates are others. */
  private rate(): void {
    for (const tree of [this.adapters, this.containers]) tree.updateTexts();
  }

  /** While the host is lost, the seconds until the next try run down. */
  private countDown(): void {
    clearInterval(this.clock);
    this.clock = this.reconnecting.nextTry === undefined ? undefined : setInterval(() => this.sayAll(), 1000);
    this.sayAll();
  }

  private filter() {
    return filterState(this.host.snapshot, this.arrangements.now.filter);
  }

  /** Above the rows: that the host is lost, and that not all of them are there. */
  private sayAll(): void {
    const lost = lostMessage(this.host, this.reconnecting.nextTry, Date.now());
    const { adapters, containers } = this.filter();
    const { now } = this.drift;
    say(this.adapters.view, lost, now?.text, adapters);
    // A badge of 0 isn't shown.
    if (this.adapters.view.badge?.tooltip !== now?.text)
      this.adapters.view.badge = now && { value: now.count, tooltip: now.text };
    say(this.containers.view, lost, containers);
  }
}

function say(view: TreeView<string>, ...parts: (string | undefined)[]): void {
  const message = parts.filter(Boolean).join(' ') || undefined;
  if (view.message !== message) view.message = message;
}

const badge = (failed: number) =>
  failed === 0
    ? undefined
    : {
        value: failed,
        tooltip: failed === 1 ? l10n.t('1 check failed') : l10n.t('{0} checks failed', failed),
      };
