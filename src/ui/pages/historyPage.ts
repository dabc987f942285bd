import { l10n } from 'vscode';
import { isRefusal } from '../../model/plan';
import type { PastChange } from '../../model/journal';
import { whyNotUndone } from '../changes/canBeUndone';
import type { KeptChanges } from '../changes/keptChanges';
import { tellRefusal, tellTrouble } from '../changes/tell';
import { hostName } from '../hosts/viewState';
import { Signal } from '../signal';
import type { Workbench } from '../workbench';
import { historyMain } from './historyMain';
import type { Html } from './html';
import type { Page } from './page';

/** The changes of the host that was current when it was opened. */
export class HistoryPage implements Page {
  readonly view = 'sriov.history';
  readonly changed = new Signal();
  readonly name: string;
  private readonly host: string;
  /** Oldest first; each once, as it ended last. */
  private history: PastChange[] = [];
  private lastChange: string | undefined;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly workbench: Workbench,
    private readonly kept: Pick<KeptChanges, 'of'>,
    private readonly words: string,
  ) {
    const { host } = workbench;
    this.host = host.id ?? '';
    this.name = l10n.t('Changes of {0}', hostName(this.host, host.snapshot));
    this.unsubscribe = host.changed.on(() => void this.look());
  }

  /** Reads it; false when it can't be read, which was told then. */
  async load(): Promise<boolean> {
    const { dialogs } = this.workbench;
    const { control } = this.its() ?? {};
    if (!control) return false;
    try {
      const read = await dialogs.reading('sriov.adapters', () => control.history());
      if (isRefusal(read)) {
        if (read.code !== 'no-password') tellRefusal(this.workbench, read);
        return false;
      }
      const ids = read.map(({ id }) => id);
      this.history = read.filter(({ id }, index) => ids.lastIndexOf(id) === index);
      this.lastChange = control.snapshot?.lastChange?.id;
      this.changed.fire();
      return true;
    } catch (error) {
      tellTrouble(this.workbench, l10n.t('The history could not be read'), error);
      return false;
    }
  }

  main(): Html[] {
    const { control, snapshot } = this.its() ?? {};
    const reasons = whyNotUndone(this.history, snapshot, (id) =>
      control ? control.plan({ kind: 'undo', change: id }) : [],
    );
    const kept = new Map(this.kept.of(this.host).map((one) => [one.id, one]));
    const rows = this.history.map((past, index) => ({ past, why: reasons[index], kept: kept.get(past.id) }));
    return historyMain({
      ...{ name: this.name, words: this.words, rows: rows.reverse() },
      snapshot,
    });
  }

  async press(press: string, about?: string): Promise<void> {
    const { workbench } = this;
    if (press === 'refresh') return void (await this.load());
    if (press !== 'undo' || about === undefined) return;
    if (!workbench.host.use(this.host))
      return void workbench.dialogs.tell('error', l10n.t('{0} is not the connected host.', this.host));
    return workbench.execute('sriov.changes.undoLast', { change: about });
  }

  dispose(): void {
    this.unsubscribe();
  }

  /** The host whose changes these are, as long as it is connected. */
  private its() {
    return this.workbench.host.named(this.host);
  }

  /** A change that ended is news; nobody is asked for a password for it. */
  private async look(): Promise<void> {
    const { snapshot } = this.its() ?? {};
    if (!snapshot?.host.user.isRoot) return;
    const last = snapshot.lastChange?.id;
    if (last !== this.lastChange) {
      this.lastChange = last;
      await this.load();
    }
  }
}
