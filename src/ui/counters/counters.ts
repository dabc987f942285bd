import { commands, type Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { PciAddress } from '../../model/functions';
import type { Settings } from '../settings';
import { Signal } from '../signal';
import type { Subject } from '../tree/row';
import type { Tooltip } from '../tree/facts';
import type { Workbench } from '../workbench';
import type { CountersPart } from './countersPart';
import { functionOf, type RateText } from './rowRates';

/** The counters of the current host, where they are shown. What reads and draws them is loaded when that is wanted. */
export class Counters implements WebviewViewProvider {
  /** Fires when what rows say of them may be otherwise. */
  readonly changed = new Signal();
  private part: CountersPart | undefined;
  private loading: Promise<CountersPart> | undefined;
  private isSeen = false;

  constructor(
    private readonly extension: Uri,
    private readonly settings: () => Pick<Settings, 'showRates'>,
    private readonly workbench: () => Workbench,
  ) {}

  /** Opens the panel with the counters of these functions. */
  async show(functions: readonly PciAddress[]): Promise<void> {
    (await this.load()).panel.pick(functions);
    await commands.executeCommand('sriov.counters.focus');
  }

  async resolveWebviewView(view: WebviewView): Promise<void> {
    (await this.load()).panel.open(view);
  }

  /** Whether rows are in sight. */
  setSeen(isSeen: boolean): void {
    this.isSeen = isSeen;
    this.settingsChanged();
  }

  settingsChanged(): void {
    if (this.showsRates) void this.load().then(({ counting }) => counting.showRows(this.showsRates));
    else this.part?.counting.showRows(false);
    this.part?.panel.update();
    this.changed.fire();
  }

  /** What a row says of a function; nothing where rates aren't to be shown. */
  readonly textOf = (pci: PciAddress): RateText | undefined =>
    this.showsRates ? this.part?.textOf(pci) : undefined;

  /** What a tooltip says; nothing where nothing was counted lately. */
  readonly factsOf = (subject: Subject): Tooltip => {
    const pci = functionOf(subject);
    return pci === undefined ? [] : (this.part?.factsOf(pci) ?? []);
  };

  dispose(): void {
    this.part?.dispose();
  }

  private get showsRates(): boolean {
    return this.isSeen && this.settings().showRates;
  }

  private load(): Promise<CountersPart> {
    this.loading ??= import('../later').then(({ CountersPart: Part }) => {
      this.part = new Part(this.extension, this.workbench());
      this.part.counting.changed.on(() => this.changed.fire());
      return this.part;
    });
    return this.loading;
  }
}
