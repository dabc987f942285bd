import { l10n } from 'vscode';
import type { HostSnapshot } from '../../model/snapshot';
import { tellTrouble } from '../changes/tell';
import { dropRows } from '../commands/late';
import { hostName, lostMessage } from '../hosts/viewState';
import { Signal } from '../signal';
import type { Subject } from '../tree/row';
import type { Workbench } from '../workbench';
import { difference } from './difference';
import { foundNodes } from './found';
import type { FromTopology, Picture, State, ToTopology } from './messages';
import { pictureOf } from './picture';
import { saidOf } from './said';
import { texts } from './topologyMain';

const nothing: Picture = { nodes: [], links: [], hairpins: [] };

/** The picture of one host, whichever is current: what a page of it is told, and what it means when it says something. */
export class TopologyPage {
  readonly says = new Signal();
  private snapshot: HostSnapshot | undefined;
  private picture = nothing;
  /** What the page shows; undefined as long as there is none. */
  private shown: Picture | undefined;
  private state: State | undefined;
  private selected = '';
  private readonly toSay: ToTopology[] = [];
  private readonly ends: (() => void)[];

  constructor(
    private readonly workbench: Workbench,
    readonly host: string,
  ) {
    const { host: hosts, reconnecting, rows } = workbench;
    this.ends = [
      hosts.changed.on(() => this.look()),
      reconnecting.changed.on(() => this.look()),
      rows.selectionChanged.on(() => this.follow()),
    ];
    this.look();
  }

  get title(): string {
    return l10n.t('Topology of {0}', hostName(this.host, this.snapshot));
  }

  /** What is to be said to the page, in this order. */
  take(): ToTopology[] {
    return this.toSay.splice(0);
  }

  async hear(message: FromTopology): Promise<void> {
    try {
      await this.act(message);
    } catch (error) {
      tellTrouble(this.workbench, this.title, error);
    }
  }

  /** Selects in the picture what a command was called on. */
  select(nodes: string[]): void {
    this.say({ kind: 'selected', nodes });
  }

  dispose(): void {
    for (const end of this.ends) end();
  }

  private async act(message: FromTopology): Promise<void> {
    switch (message.kind) {
      case 'loaded':
        return this.show();
      case 'select':
        return this.reveal(message.node);
      case 'drop':
        return this.drop(message.node, message.onto);
      case 'filter':
        return this.find(message.text);
      case 'save':
        return this.save(message.type, message.content);
    }
  }

  private show(): void {
    this.shown = this.picture;
    this.toSay.length = 0;
    const { host, picture } = this;
    this.say({ kind: 'show', host, picture, state: this.state ?? now, texts: texts() });
    this.selected = '';
    this.follow();
  }

  private look(): void {
    const { snapshot } = this.workbench.host.named(this.host) ?? {};
    if (snapshot && snapshot !== this.snapshot) {
      this.snapshot = snapshot;
      this.picture = pictureOf(snapshot);
      const other = this.shown && difference(this.shown, this.picture);
      if (other && this.shown) {
        const said = saidOf(this.shown, other);
        this.shown = this.picture;
        this.say({ kind: 'change', difference: other, said });
      }
    }
    const state = this.stateNow();
    if (state.text === this.state?.text && state.at === this.state.at) return;
    this.state = state;
    if (this.shown) this.say({ kind: 'state', state });
  }

  private stateNow(): State {
    const { host, reconnecting } = this.workbench;
    const open = host.named(this.host);
    const at = this.snapshot?.takenAt ?? null;
    const name = hostName(this.host, this.snapshot);
    if (!open) return { text: l10n.t('{0} is not the connected host.', name), tone: 'warning', at };
    const lost = lostMessage(open, host.id === this.host ? reconnecting.nextTry : undefined, Date.now());
    if (lost !== undefined) return { text: lost, tone: 'warning', at };
    return open.snapshot ? now : { text: l10n.t('Still connecting to {0}.', name), tone: '', at };
  }

  /** What is selected in a tree is selected here. */
  private follow(): void {
    const { rows, host } = this.workbench;
    const [owner = host.id] = rows.hostsOf([]);
    if (!this.shown || owner !== this.host) return;
    const nodes = rows.selected().flatMap((subject) => this.nodeOf(subject) ?? []);
    const sign = nodes.join('\n');
    if (nodes.length === 0 || sign === this.selected) return;
    this.selected = sign;
    this.say({ kind: 'selected', nodes });
  }

  private nodeOf(subject: Subject): string | undefined {
    const container = subject.kind === 'container' ? subject.id : undefined;
    const pci =
      subject.kind === 'pf' || subject.kind === 'vf'
        ? subject.pci
        : subject.kind === 'attachment'
          ? subject.vf
          : subject.kind === 'macvlan'
            ? subject.on
            : undefined;
    return this.picture.nodes.find(
      ({ menu }) =>
        (pci !== undefined && (menu?.pf === pci || menu?.vf === pci)) ||
        (container !== undefined && menu?.container === container),
    )?.id;
  }

  /** Selects it in the trees, which keep the keyboard where it is. */
  private reveal(node: string): void {
    const { pf, vf, container } = this.picture.nodes.find(({ id }) => id === node)?.menu ?? {};
    const { host, rows } = this.workbench;
    this.selected = node;
    if (!host.use(this.host)) return;
    if (pf !== undefined) rows.reveal({ kind: 'pf', pci: pf });
    else if (vf !== undefined) rows.reveal({ kind: 'vf', pci: vf });
    else if (container !== undefined) rows.reveal({ kind: 'container', id: container });
  }

  /** The same as in the trees: nodes have the ids of rows. */
  private async drop(node: string, onto: string): Promise<void> {
    const target = this.picture.nodes.find(({ id }) => id === onto);
    if (!target || !this.workbench.host.use(this.host)) return;
    const isUser = target.layer === 3;
    const rows = [isUser ? node : this.attachmentAt(node)];
    await dropRows(this.workbench, rows, { view: isUser ? 'sriov.containers' : 'sriov.adapters', row: onto });
  }

  /** A VF that is dropped on an adapter is what its container has of it. */
  private attachmentAt(node: string): string {
    const link = this.picture.links.find(({ from, kind }) => from === node && kind === 'vf');
    const pci = this.picture.nodes.find(({ id }) => id === node)?.menu?.vf;
    return link && pci !== undefined ? `${link.to}/${pci}` : node;
  }

  private find(text: string): void {
    const nodes = this.snapshot ? foundNodes(this.snapshot, this.picture, text) : null;
    this.say({ kind: 'found', text, nodes });
  }

  private async save(type: 'svg' | 'png', content: string): Promise<void> {
    const title = type === 'svg' ? l10n.t('Save as SVG') : l10n.t('Save as PNG');
    const name = `topology-${hostName(this.host, this.snapshot).replace(/[^\w.-]+/g, '-')}.${type}`;
    const bytes = new Uint8Array(Buffer.from(content, type === 'svg' ? 'utf8' : 'base64'));
    const path = await this.workbench.texts.saveFile({ title, name, types: { [type]: [type] }, bytes });
    if (path !== undefined) this.workbench.dialogs.say(l10n.t('Saved as {0}.', path));
  }

  private say(message: ToTopology): void {
    this.toSay.push(message);
    this.says.fire();
  }
}

const now: State = { text: '', tone: '', at: null };
