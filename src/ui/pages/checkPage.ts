import { l10n } from 'vscode';
import type { Finding } from '../../model/finding';
import { keyOf } from '../../model/findingChanges';
import { checkText } from '../documents/checkText';
import { hostName } from '../hosts/viewState';
import { Signal } from '../signal';
import type { Workbench } from '../workbench';
import { checkMain, type CheckView } from './checkMain';
import type { Html } from './html';
import type { Page } from './page';

/** One check of the host that was current when it was opened, as the last run has it. */
export class CheckPage implements Page {
  readonly view = 'sriov.check';
  readonly changed = new Signal();
  /** All checks of a host share a panel. */
  readonly name: string;
  readonly title: string;
  private readonly host: string;
  /** What the host is called, also when it isn't connected any more. */
  private readonly hostName: string;
  private at: Date;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly workbench: Workbench,
    private finding: Finding,
  ) {
    const { host } = workbench;
    this.host = host.id ?? '';
    this.at = host.readiness?.at ?? new Date();
    this.hostName = hostName(this.host, host.snapshot);
    this.name = l10n.t('Check of {0}', this.hostName);
    this.title = finding.title;
    this.unsubscribe = host.changed.on(() => this.changed.fire());
  }

  main(): Html[] {
    const state = this.look();
    const { hostName: host, finding, at } = this;
    return checkMain({ host, finding, at: at.toISOString(), state });
  }

  async press(press: string, about?: string): Promise<void> {
    const { workbench, finding } = this;
    const { host } = this;
    const check = { host, check: finding.id, about: finding.subject };
    const fix = finding.fixes[Number(about)];
    switch (press) {
      case 'again':
        // What is gone can't be named any more.
        return this.look() === 'gone'
          ? workbench.execute('sriov.readiness.run', { host })
          : workbench.execute('sriov.readiness.runAgain', check);
      case 'cancel':
        return workbench.execute('sriov.readiness.cancel', { host });
      case 'apply':
        return workbench.execute('sriov.readiness.applyFix', { ...check, fix: about });
      case 'copy':
        await workbench.copy(checkText(finding));
        return workbench.dialogs.say(l10n.t('Result copied.'));
      case 'commands':
        await workbench.copy(`${fix?.commands.join('\n') ?? ''}\n`);
        return workbench.dialogs.say(l10n.t('Commands copied.'));
    }
  }

  dispose(): void {
    this.unsubscribe();
  }

  /** Takes over what the last run found. */
  private look(): CheckView['state'] {
    const open = this.workbench.host.named(this.host);
    if (!open) return 'elsewhere';
    const { readiness, isChecking } = open;
    const key = keyOf(this.finding);
    const now = readiness?.findings.find((one) => keyOf(one) === key);
    if (now && readiness) {
      this.finding = now;
      this.at = readiness.at;
    }
    if (isChecking) return 'checking';
    if (readiness && !now) return 'gone';
    return readiness?.changes?.new.some((one) => keyOf(one) === key) ? 'new' : 'found';
  }
}
