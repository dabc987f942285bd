import { l10n } from 'vscode';
import type { PathRequest } from '../../control/hostControl';
import type { PathResult } from '../../model/wire/path';
import { isIP } from '../../model/addresses/ip';
import { isRefusal } from '../../model/plan';
import { tellRefusal, tellTrouble } from '../changes/tell';
import { checkText } from '../documents/checkText';
import { hostName } from '../hosts/viewState';
import { applyChange } from '../commands/readiness/applyFix';
import { Signal } from '../signal';
import type { Workbench } from '../workbench';
import type { Html } from './html';
import type { Page } from './page';
import { pathMain, type PathView } from './pathMain';

/** The path of an interface of the host that was current when it was opened, as it was checked last. */
export class PathPage implements Page {
  readonly view = 'sriov.check';
  readonly changed = new Signal();
  /** All paths of a host share a panel. */
  readonly name: string;
  readonly title: string;
  private readonly host: string;
  private readonly hostName: string;
  private at = new Date();
  private isChecking = false;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly workbench: Workbench,
    private request: PathRequest,
    private result: PathResult,
  ) {
    const { host } = workbench;
    this.host = host.id ?? '';
    this.hostName = hostName(this.host, host.snapshot);
    this.name = l10n.t('Path on {0}', this.hostName);
    this.title = l10n.t('Path of {0}', result.label);
    this.unsubscribe = host.changed.on(() => this.changed.fire());
  }

  main(): Html[] {
    const { hostName: host, result, at } = this;
    return pathMain({ host, result, at: at.toISOString(), state: this.state() });
  }

  async press(press: string, about?: string): Promise<void> {
    const { workbench, host, result } = this;
    const { verdict, vf } = result;
    const fix = verdict?.fixes[Number(about)];
    switch (press) {
      case 'again':
        return this.check(this.request);
      case 'address':
        return this.askAddress();
      case 'configure':
        return workbench.execute('sriov.vf.configure', { host, vf: vf ?? undefined });
      case 'capture':
        return workbench.execute('sriov.vf.capture', { host, on: this.request.on });
      case 'apply':
        if (!verdict || !fix?.change || !workbench.host.use(host)) return;
        await applyChange(workbench, verdict, fix.change);
        return this.check(this.request);
      case 'commands':
        await workbench.copy(`${fix?.commands.join('\n') ?? ''}\n`);
        return workbench.dialogs.say(l10n.t('Commands copied.'));
      case 'copy':
        await workbench.copy([this.title, ...result.findings.map(checkText)].join('\n\n'));
        return workbench.dialogs.say(l10n.t('Result copied.'));
    }
  }

  dispose(): void {
    this.unsubscribe();
  }

  private state(): PathView['state'] {
    if (!this.workbench.host.named(this.host)) return 'elsewhere';
    return this.isChecking ? 'checking' : 'found';
  }

  private async askAddress(): Promise<void> {
    const answer = await this.workbench.dialogs.ask({
      title: this.title,
      prompt: l10n.t('Which address should answer?'),
      value: this.request.gateway ?? '',
      problem: (text) => (isIP(text) ? undefined : l10n.t('“{0}” is not an IP address.', text)),
    });
    if (typeof answer === 'string') await this.check({ ...this.request, gateway: answer });
  }

  private async check(request: PathRequest): Promise<void> {
    const control = this.workbench.host.named(this.host)?.control;
    if (!control || this.isChecking) return;
    this.isChecking = true;
    this.changed.fire();
    try {
      const result = await control.checkPath(request);
      if (isRefusal(result)) return tellRefusal(this.workbench, result);
      [this.request, this.result, this.at] = [request, result, new Date()];
    } catch (error) {
      tellTrouble(this.workbench, l10n.t('The path could not be checked'), error);
    } finally {
      this.isChecking = false;
      this.changed.fire();
    }
  }
}
