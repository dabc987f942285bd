import { l10n } from 'vscode';
import { refusalText } from '../../control/withAdvice';
import type { Outcome } from '../../model/outcome';
import { isRefusal, type Plan } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import { inTheWorkbench } from '../changes/adviceText';
import { change } from '../changes/change';
import { ChangeRecord } from '../changes/changeRecord';
import { planText } from '../changes/planText';
import { applyText, undoText } from '../changes/stepText';
import { takeBack } from '../changes/several/lot';
import { lotTitle } from '../changes/several/lotTitle';
import { undoRequest, undoRequests } from '../changes/undoRequest';
import { Signal } from '../signal';
import type { PlanSubject, Workbench } from '../workbench';
import type { Html } from './html';
import type { Page } from './page';
import { planMain, type PlanState } from './planMain';

/** A plan that can be applied; while it is, and afterwards, how that goes. */
export class PlanPage implements Page {
  readonly view = 'sriov.plan';
  readonly changed = new Signal();
  readonly host: string;
  readonly name: string;
  private readonly requests: ChangeRequest[];
  private plans: Plan[];
  private seen: string | undefined;
  private scripts: string[] = [];
  private record: ChangeRecord | undefined;
  private state: PlanState;
  private stop: AbortController | undefined;
  private unsubscribe = () => {};
  private readonly leaveHost: () => void;
  private couldUndo = false;

  constructor(
    private readonly workbench: Workbench,
    { host, requests, plans, record }: PlanSubject,
  ) {
    this.host = host;
    this.requests = requests;
    this.plans = plans;
    this.seen = this.its()?.snapshot?.takenAt;
    this.name = l10n.t('Plan: {0}', lotTitle(plans));
    this.state = { kind: record ? 'made' : 'planned' };
    if (record) this.follow(record);
    this.leaveHost = workbench.host.changed.on(() => this.lookAtUndo());
  }

  /** Gets the programs that the page shows. */
  async load(): Promise<void> {
    const { control } = this.its() ?? {};
    if (!control) return;
    this.scripts = await Promise.all(this.plans.map((plan) => control.script(plan)));
    this.changed.fire();
  }

  main(): Html[] {
    const { host, seen, plans, scripts, record, state } = this;
    this.couldUndo = this.undo() !== undefined;
    return planMain({ host, seen, plans, scripts, record, state, canUndo: this.couldUndo });
  }

  async press(press: string): Promise<void> {
    const { workbench } = this;
    // What is pressed here is meant for the plan's host.
    workbench.host.use(this.host);
    switch (press) {
      case 'apply':
        return workbench.execute('sriov.changes.applyPlan', this.name);
      case 'again':
        return this.planAgain();
      case 'cancel':
        return this.stop?.abort();
      case 'undo':
        return this.takeBack();
      case 'history':
        return workbench.execute('sriov.changes.showHistory');
      case 'copy':
        await workbench.copy(this.script());
        return workbench.dialogs.say(l10n.t('Shell script copied.'));
      case 'save':
        return this.save();
    }
  }

  /** Makes the change, if it is still what is shown; else, and where it was made already, shows what it would be now. */
  async apply(): Promise<void> {
    const { kind } = this.state;
    if (kind === 'made' || kind === 'undone' || kind === 'refused') return this.planAgain();
    if (kind !== 'planned') return;
    this.become({ kind: 'looking' });
    const now = await this.planned();
    if (!now) return;
    if (asShown(now) === asShown(this.plans)) return this.make();
    await this.show(now, l10n.t('The host has changed. This is the plan for it as it is now.'));
  }

  dispose(): void {
    this.unsubscribe();
    this.leaveHost();
  }

  private async make(): Promise<void> {
    if (!this.workbench.host.use(this.host)) return void this.refuse(notConnected(this.host));
    const record = new ChangeRecord();
    this.follow(record);
    this.stop = new AbortController();
    this.become({ kind: 'applying' });
    await change(this.workbench, this.requests, {
      ...{ reviewed: true, record, cancel: this.stop.signal },
      // The question before it shows the steps, which is what this page does.
      answered: this.requests.every(({ kind }) => kind === 'undo'),
    });
    // There may have been a question that nobody said yes to.
    if (record.outcome && !isNotConfirmed(record.outcome)) return this.become({ kind: 'made' });
    await this.show(this.plans);
  }

  private async planAgain(): Promise<void> {
    const now = await this.planned();
    if (now) await this.show(now);
  }

  private async show(plans: Plan[], notice?: string): Promise<void> {
    this.plans = plans;
    this.seen = this.its()?.snapshot?.takenAt;
    this.record = undefined;
    this.become({ kind: 'planned', notice });
    await this.load();
  }

  /** The same changes planned for the host as it is now; undefined where they can't be, which the page says then. */
  private async planned(): Promise<Plan[] | undefined> {
    const its = this.its();
    if (!its) return this.refuse(notConnected(this.host));
    try {
      await its.refresh();
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : String(error));
    }
    const plans: Plan[] = [];
    for (const request of this.requests) {
      const some = its.control.plan(request);
      if (isRefusal(some)) return this.refuse(refusalText(some, inTheWorkbench.say).reason);
      plans.push(...some);
    }
    return plans;
  }

  /** The host that the plan is for, as long as it is connected. */
  private its() {
    return this.workbench.host.named(this.host);
  }

  private refuse(why: string): undefined {
    this.become({ kind: 'refused', why });
  }

  /** What takes the change back, or all that were made as one, as long as that is possible. */
  private undo(): ChangeRequest[] | undefined {
    const { control, snapshot } = this.its() ?? {};
    const [request] = this.requests;
    if (!control || !request || !this.record || this.state.kind === 'undone') return undefined;
    const isLot = this.requests.length > 1;
    const backs = isLot
      ? undoRequests(snapshot, this.record.made)
      : undoRequest(snapshot, request, this.record);
    // Of several, each builds on the one before.
    const first = isLot ? backs.slice(0, 1) : backs;
    return first.length > 0 && first.every((back) => !isRefusal(control.plan(back))) ? backs : undefined;
  }

  private async takeBack(): Promise<void> {
    const { control } = this.workbench.host;
    const backs = this.undo();
    if (!control || !backs) return;
    if (this.requests.length > 1) return takeBack(this.workbench, control, lotTitle(this.plans), backs);
    const record = new ChangeRecord();
    await change(this.workbench, backs, { answered: true, record });
    if (record.outcome?.status === 'done') this.become({ kind: 'undone' });
  }

  /** What others change may be what can no longer be taken back from here. */
  private lookAtUndo(): void {
    if (this.couldUndo !== (this.undo() !== undefined)) this.changed.fire();
  }

  private follow(record: ChangeRecord): void {
    this.unsubscribe();
    this.record = record;
    this.unsubscribe = record.changed.on(() => this.changed.fire());
  }

  private become(state: PlanState): void {
    this.state = state;
    this.changed.fire();
  }

  private script(): string {
    return planText(this.plans.map((plan, index) => ({ plan, script: this.scripts[index] ?? '' })));
  }

  private async save(): Promise<void> {
    await this.workbench.texts.save({
      title: l10n.t('Save Plan as Shell Script'),
      name: 'sriov-plan.sh',
      types: { [l10n.t('Shell script')]: ['sh'] },
      text: () => this.script(),
    });
  }
}

const notConnected = (host: string): string =>
  l10n.t('This plan is for {0}, which is not the connected host.', host);

const isNotConfirmed = (outcome: Outcome): boolean =>
  outcome.status === 'refused' && outcome.refusal.code === 'not-confirmed';

/** What the person has read of plans. When a plan was made is in its records, and nothing to them. */
const asShown = (plans: Plan[]): string =>
  JSON.stringify(
    plans.map((plan) => [
      ...[plan.title, plan.losses, plan.doubts, plan.notes],
      plan.steps.map((step) => [step.title, applyText(plan, step), undoText(plan, step)]),
    ]),
  );
