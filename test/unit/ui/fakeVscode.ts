import type { QuickPickItem } from 'vscode';
import { l10n } from './fakeL10n';

/** The little of VS Code that a test needs: the box that was opened last is in `shown`. */
export const fakeVscode = (shown: { box: unknown }) => ({
  l10n,
  QuickInputButtons: { Back: {} },
  QuickPickItemKind: { Separator: -1 },
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  window: { createQuickPick: () => (shown.box = new FakeQuickPick()) },
});

export class FakeQuickPick {
  items: readonly QuickPickItem[] = [];
  activeItems: readonly QuickPickItem[] = [];
  selectedItems: readonly QuickPickItem[] = [];
  isOpen = false;
  title = '';
  private readonly heard = new Map<string, (value?: unknown) => void>();
  private readonly listen = (event: string) => (listener: () => void) => void this.heard.set(event, listener);
  readonly onDidAccept = this.listen('accept');
  readonly onDidHide = this.listen('hide');
  readonly onDidChangeValue = this.listen('value');
  readonly onDidTriggerButton = this.listen('button');
  readonly onDidChangeSelection = this.listen('selection');

  show(): void {
    this.isOpen = true;
  }
  hide(): void {
    this.isOpen = false;
    this.heard.get('hide')?.();
  }
  dispose(): void {}

  /** A click on the row of a label. */
  accept(label: string): void {
    this.selectedItems = this.items.filter((one) => one.label === label);
    this.heard.get('accept')?.();
  }
  /** Ticks these rows, and no others. */
  tick(...labels: string[]): void {
    this.selectedItems = this.items.filter((one) => labels.includes(one.label));
    this.heard.get('selection')?.();
  }
  press(): void {
    this.heard.get('accept')?.();
  }
  goBack(): void {
    this.heard.get('button')?.();
  }
  details = () => this.items.map(({ detail }) => detail);
}
