import type {
  Captured,
  CaptureRequest,
  ChangeHooks,
  Connection,
  Counted,
  Counting,
  Hearing,
  HostControl,
  PathRequest,
  TerminalRequest,
} from '../../../src/control/hostControl';
import type { HostConfiguration } from '../../../src/model/configuration';
import type { Finding } from '../../../src/model/finding';
import type { KeptRun } from '../../../src/model/lasting/kept';
import type { PastChange } from '../../../src/model/journal';
import type { Outcome } from '../../../src/model/outcome';
import type { PathResult } from '../../../src/model/wire/path';
import { asksFirst, isRefusal, refuse, type Plan, type Refusal } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planChange, planRestores } from '../../../src/planning/plan';
import { able } from '../planning/able';
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

  /** What is counted, and to whom the counters are told. */
  counted: { what: Counting; tell: (counted: Counted) => void }[] = [];
  count(what: Counting, tell: (counted: Counted) => void) {
    const one = { what, tell };
    this.counted.push(one);
    return () => void (this.counted = this.counted.filter((other) => other !== one));
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
  triggers = () => Promise.resolve(able);
  past: PastChange[] = [];
  journal = () => Promise.resolve([]);
  history: HostControl['history'] = () => Promise.resolve(this.past);
  /** What the journal has of the runs of an attachment that lasts. */
  runs: KeptRun[] | Refusal = [];
  keptRuns: HostControl['keptRuns'] = () => Promise.resolve(this.runs);
  readonly terminals: TerminalRequest[] = [];
  terminal = (request: TerminalRequest) => {
    this.terminals.push(request);
    return Promise.resolve(['sh', '-c', request.kind]);
  };
  /** What was asked to be captured, and what comes then; text is a file that isn't one. */
  readonly captures: CaptureRequest[] = [];
  captured: Captured | Refusal = { label: 'fw:eth1', packets: 0, bytes: 0, dropped: 0 };
  packets: Uint8Array[] = [];
  capture: HostControl['capture'] = async (request, { to, stop, onBegin, onProgress }) => {
    this.captures.push(request);
    if (isRefusal(this.captured)) return this.captured;
    onBegin?.({ label: this.captured.label, notes: [] });
    for (const piece of this.packets) {
      if (stop.aborted) break;
      await new Promise<void>((done) => to.write(piece, () => done()));
      onProgress?.({ packets: 1, bytes: piece.length });
    }
    return this.captured;
  };
  /** What the host's tcpdump says of a filter. */
  filterProblems: Record<string, string> = {};
  filterProblem: HostControl['filterProblem'] = ({ filter = '' }) => {
    const reason = this.filterProblems[filter];
    return Promise.resolve(reason === undefined ? undefined : refuse('invalid', reason));
  };
  path: PathResult | Refusal = { label: 'fw:eth1', vf: '0000:01:10.0', findings: [], verdict: null };
  readonly paths: PathRequest[] = [];
  checkPath: HostControl['checkPath'] = (request) => {
    this.paths.push(request);
    return Promise.resolve(this.path);
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
