import type {
  ChangeHooks,
  Connection,
  Hearing,
  HostControl,
  TerminalRequest,
} from '../../../src/control/hostControl';
import type { HostConfiguration } from '../../../src/model/configuration';
import type { Finding } from '../../../src/model/finding';
import type { PastChange } from '../../../src/model/journal';
import type { Outcome } from '../../../src/model/outcome';
import { asksFirst, isRefusal, type Plan, type Refusal } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planChange, planRestores } from '../../../src/planning/plan';
import { grubHost } from '../planning/configurations';

/** A host that lives in memory: it plans as the real one does, and a change ends as the test says. */
export class FakeControl implements HostControl {
  connection: Connection = { state: 'connecting' };
  snapshot: HostSnapshot | undefined;
  readonly changes: ChangeRequest[] = [];
  findings: Finding[] = [];
  files: HostConfiguration = grubHost();
  /** How the next change ends, given its plan. */
  outcome: (plan: Plan) => Outcome | Promise<Outcome> = (plan) => ({
    status: 'done',
    plan,
    snapshot: this.host,
  });
  private made = 0;
  /** What else is heard of the next changes. */
  heard: ((hooks: ChangeHooks) => void) | undefined;
  /** Set to make the next reads fail. */
  failure: (Error & { detail?: string }) | undefined;
  reads = 0;
  disposed = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly id: string,
    public host: HostSnapshot,
  ) {}

  onDidChange(listener: () => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  refresh(signal?: AbortSignal): Promise<HostSnapshot> {
    this.reads += 1;
    if (signal?.aborted) return Promise.reject(new DOMException('aborted', 'AbortError'));
    if (this.failure) {
      this.become({
        state: 'lost',
        reason: this.failure.message,
        since: '',
        detail: this.failure.detail ?? '',
      });
      return Promise.reject(this.failure);
    }
    this.snapshot = this.host;
    this.become({ state: this.host.host.user.isRoot ? 'admin' : 'limited' });
    return Promise.resolve(this.host);
  }

  /** Who follows it, with what it can tell. */
  followers: ((hearing: Hearing) => void)[] = [];
  follow(hearing: (now: Hearing) => void) {
    this.followers.push(hearing);
    hearing({ live: false, why: 'not yet', isStarting: true });
    return () => void (this.followers = this.followers.filter((other) => other !== hearing));
  }

  become(connection: Connection): void {
    this.connection = connection;
    for (const listener of this.listeners) listener();
  }

  plan(request: ChangeRequest) {
    const plan = planChange(this.host, request);
    return isRefusal(plan) ? plan : [...(plan.kind === 'restore' ? [] : planRestores(this.host)), plan];
  }

  async change(request: ChangeRequest, hooks: Parameters<HostControl['change']>[1] = {}): Promise<Outcome> {
    const plan = planChange(this.host, request);
    if (isRefusal(plan)) return { status: 'refused', refusal: plan };
    if (asksFirst(plan) && !(await hooks.confirm?.(plan)))
      return { status: 'refused', refusal: { refused: true, code: 'not-confirmed', reason: 'no' } };
    this.changes.push(request);
    if (!asksFirst(plan)) hooks.onPlan?.(plan);
    this.made += 1;
    hooks.onHeard?.({ kind: 'plan', id: `c${this.made}`, plan });
    plan.steps.forEach(({ title }, index) => {
      hooks.onProgress?.({ kind: 'step', index, count: plan.steps.length, title });
      hooks.onHeard?.({ kind: 'step', index, state: 'running' });
      hooks.onHeard?.({ kind: 'step', index, state: 'done' });
    });
    this.heard?.(hooks);
    return this.outcome(plan);
  }

  readonly recovered: string[] = [];
  recover = (how: string) => {
    this.recovered.push(how);
    return Promise.resolve<Outcome[]>([]);
  };
  /** What stands in the way of becoming root. */
  obstacle: Refusal | undefined;

  elevate = async () => {
    if (this.obstacle) return this.obstacle;
    this.isElevated = true;
    this.setRoot(true);
    await this.refresh();
    return undefined;
  };
  isElevated = false;
  drops = 0;
  hangUp = () => Promise.resolve();
  drop = async () => {
    this.drops += 1;
    this.isElevated = false;
    this.setRoot(false);
    if (this.connection.state === 'lost') this.become(this.connection);
    else await this.refresh();
  };
  diagnose = () => Promise.resolve(this.findings);
  collect = () => Promise.resolve({ text: '{"evidence":{}}\n', masked: { hosts: 1 }, kept: [] as string[] });
  configuration = () => Promise.resolve(this.files);
  past: PastChange[] = [];
  journal = () => Promise.resolve([]);
  history: HostControl['history'] = () => Promise.resolve(this.past);
  readonly terminals: TerminalRequest[] = [];
  terminal = (request: TerminalRequest) => {
    this.terminals.push(request);
    return Promise.resolve(['sh', '-c', request.kind]);
  };
  script = (plan: Plan) => Promise.resolve(`#!/bin/sh\n: ${plan.kind}\n`);
  private setRoot(isRoot: boolean) {
    const { host } = this.host;
    this.host = { ...this.host, host: { ...host, user: { ...host.user, isRoot } } };
  }
  dispose() {
    this.disposed = true;
    return Promise.resolve();
  }
}
