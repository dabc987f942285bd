import { HostError, type Host } from '../host/host';
import { answering } from '../inventory/readSections';
import { lookAt, narrowLook, type Look, type Touched } from '../inventory/readSnapshot';
import type { Outcome } from '../model/outcome';
import { asksFirst, isRefusal, refuse, type Plan, type Refusal } from '../model/plan';
import type { AskPerson } from '../model/question';
import type { ChangeRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import { loadFor } from '../planning/declared/load';
import { planChange } from '../planning/plan';
import { becomeRoot } from './becomeRoot';
import { isStale, namingStep, restoresBefore, seenByAnybody, unlessForgotten } from './beforeChange';
import { conclude } from './conclude';
import { explain } from './explain';
import { follow, type Following } from './follow';
import { hostEvidence } from './hostEvidence';
import { isThere, type ChangeHooks, type Connection, type HostControl } from './hostControl';
import { queue } from './queue';
import { failed, reading } from './reading';
import { startCounting } from './startCounting';
import {
  applyPlan,
  capture,
  checkPath,
  collectEvidence,
  diagnose,
  evidenceFile,
  filterProblem,
  readConfiguration,
  readHistory,
  readJournal,
  readKeptRuns,
  readTriggers,
  recoverHost,
  scriptOf,
  terminalProgram,
} from './whenNeeded';

/** One host: its last snapshot, its connection, and the queue that all reads and changes go through. `ask` for passwords. */
export function createHostControl(host: Host, ask?: AskPerson): HostControl {
  let connection: Connection = { state: 'connecting' };
  let seen: Look | undefined;
  /** When the last read of the whole host began, by Date.now(). */
  let readFrom = -Infinity;
  const listeners = new Set<() => void>();
  let following: Following | undefined;
  const enqueue = queue();
  /** Withdraws the question that a person is being asked. */
  const closed = new AbortController();

  const become = (next: Connection, look?: Look) => {
    connection = next;
    seen = look ?? seen;
    following?.changed();
    for (const listener of listeners) listener();
  };

  const by = reading(host, become);
  const read = async (signal?: AbortSignal): Promise<HostSnapshot> => {
    const began = Date.now();
    const fresh = await by.whole(signal);
    readFrom = began;
    return fresh;
  };

  /** Everything the readiness rules look at: the snapshot, and one more round trip. */
  const look = async (signal?: AbortSignal) =>
    hostEvidence(await read(signal), await collectEvidence(host, signal));

  /**
   * Executes one plan, reads the host again, and reports how it went. Whether all is as promised is seen in the same round trip; for
   * anything else, the whole host is read.
   */
  const execute = async (plan: Plan, hooks: ChangeHooks, before = seen): Promise<Outcome> => {
    if (!asksFirst(plan)) hooks.onPlan?.(plan);
    try {
      const narrow = narrowLook(before ?? (await lookAt(host)), plan);
      const { marked, read: readAnswer } = answering(narrow.program);
      let after: Look | undefined;
      const report = await applyPlan(host, plan, {
        ...hooks,
        ...(host.id === 'local' ? {} : { stillThere: undefined }),
        then: {
          program: marked,
          take(stdout) {
            const { before, sections } = readAnswer(stdout);
            after = sections && narrow.onto(sections);
            return before;
          },
        },
      });
      if (after) {
        const outcome = conclude(plan, report, after.snapshot);
        if (outcome.status === 'done') {
          if (seen) become(connection, after);
          return outcome;
        }
      }
      return await explain(host, conclude(plan, report, await read()));
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      become(failed(error));
      return { status: 'disconnected', plan, reason: error.message };
    }
  };

  /** VFs that came back from dead containers are restored before anything else. */
  const restoreReturned = async (
    now: HostSnapshot,
    request: ChangeRequest,
    hooks: ChangeHooks,
  ): Promise<HostSnapshot> => {
    let latest = now;
    for (const plan of restoresBefore(now, request)) {
      const outcome = await execute(plan, hooks);
      if ('snapshot' in outcome) latest = outcome.snapshot;
    }
    return latest;
  };

  /** The host as root sees it, or why that can't be. */
  const asRoot = async (now: HostSnapshot, signal?: AbortSignal): Promise<HostSnapshot | Refusal> =>
    now.host.user.isRoot
      ? now
      : ((await becomeRoot(
          host,
          now.host.user.name ?? 'this user',
          ask,
          AbortSignal.any([closed.signal, ...(signal ? [signal] : [])]),
        )) ?? read(signal));

  /** The same in its turn in the queue, by the last snapshot; watching packets then holds up nothing. */
  const asRootNow = (signal?: AbortSignal) =>
    enqueue(async () => asRoot(seen?.snapshot ?? (await read(signal)), signal));
  const withRoot = async <T>(signal: AbortSignal | undefined, use: (now: HostSnapshot) => Promise<T>) => {
    const now = await asRootNow(signal);
    return isRefusal(now) ? now : use(now);
  };

  /** Reads what only root may read; the reader resolves to undefined without root. */
  const readAsRoot = async <T>(reader: (host: Host) => Promise<T[] | undefined>): Promise<T[] | Refusal> => {
    const readable = await reader(host);
    if (readable) return readable;
    const permitted = await asRoot(seen?.snapshot ?? (await read()));
    return isRefusal(permitted) ? permitted : ((await reader(host)) ?? []);
  };

  /**
   * A plan from the last snapshot, if nothing has been heard since; without a snapshot, from a read for the change alone.
   * A refusal, a question or something to restore first is worth another read: not everything can be heard, or is read.
   */
  const planAtOnce = async (
    request: ChangeRequest,
    signal?: AbortSignal,
  ): Promise<{ plan: Plan; before: Look } | undefined> => {
    const isCurrent = connection.state === 'admin' && seen?.snapshot.host.user.isRoot && following?.isCurrent;
    const before = seen ? isCurrent && seen : await by.forChange(request, signal);
    if (!before) return undefined;
    const plan = planChange(before.snapshot, request);
    return isRefusal(plan) || asksFirst(plan) || restoresBefore(before.snapshot, request).length > 0
      ? undefined
      : { plan, before };
  };

  const change = async (request: ChangeRequest, hooks: ChangeHooks): Promise<Outcome> => {
    await loadFor(request);
    const isNew = !seen;
    const atOnce = await planAtOnce(request, hooks.signal);
    const early = atOnce && (await execute(atOnce.plan, hooks, atOnce.before).catch(unlessForgotten));
    if (early && !isStale(early)) return early;
    // A change that did not begin has already read the host, and without root the whole host was read.
    const first = seen && (early || isNew) ? seen.snapshot : await read(hooks.signal);
    const hopeless = planChange(first, request);
    if (isRefusal(hopeless) && seenByAnybody.includes(hopeless.code))
      return { status: 'refused', refusal: hopeless };
    const permitted = await asRoot(first, hooks.signal);
    if (isRefusal(permitted))
      return {
        status: 'refused',
        refusal: isRefusal(hopeless) ? permitted : namingStep(permitted, hopeless),
      };
    const now = await restoreReturned(permitted, request, hooks);
    const plan = planChange(now, request);
    if (isRefusal(plan)) return { status: 'refused', refusal: plan };
    // It failed to begin in the same way, for example because another change keeps it waiting.
    if (early && JSON.stringify(plan) === JSON.stringify(atOnce?.plan)) return early;
    if (asksFirst(plan) && !(await hooks.confirm?.(plan)))
      return {
        status: 'refused',
        refusal: refuse('not-confirmed', `${plan.title} was not confirmed; nothing was changed.`),
      };
    const outcome = await execute(plan, hooks);
    if (!isStale(outcome) || !seen) return outcome;
    // Another change came first. The current state of the host explains it better than the failed precondition.
    const again = planChange(seen.snapshot, request);
    return isRefusal(again) ? { status: 'refused', refusal: again } : outcome;
  };

  const state = {
    connection: () => connection,
    snapshot: () => seen?.snapshot,
    readFrom: () => readFrom,
  };
  const onDidChange = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const counted = { host, ...state, onDidChange, enqueue, refresh: () => enqueue(() => read()) };

  return {
    id: host.id,
    get connection() {
      return connection;
    },
    get snapshot() {
      return seen?.snapshot;
    },
    onDidChange,
    refresh: (signal) => enqueue(() => read(signal)),
    follow(tell) {
      following?.end();
      const look = async (touched: Touched) => {
        if (seen && isThere(connection)) await by.touched(seen, touched);
      };
      const own = follow({ host, ...state, enqueue, look }, tell);
      following = own;
      return () => {
        own.end();
        if (following === own) following = undefined;
      };
    },
    count: startCounting(counted, closed.signal),
    plan(request) {
      if (!seen) return refuse('unknown-state', `${host.id} has not been read yet; refresh it first.`);
      const plan = planChange(seen.snapshot, request);
      return isRefusal(plan) ? plan : [...restoresBefore(seen.snapshot, request), plan];
    },
    change: (request, hooks = {}) => enqueue(() => change(request, hooks)),
    recover: (how, hooks = {}) =>
      enqueue(async () => {
        const now = await asRoot(await read(hooks.signal), hooks.signal);
        if (isRefusal(now)) return [{ status: 'refused', refusal: now }];
        const recovery = {
          host,
          look: () => read(),
          execute: (plan: Plan) => execute(plan, hooks),
          confirm: async (plan: Plan) => (await hooks.confirm?.(plan)) ?? false,
          change: (request: ChangeRequest) => change(request, hooks),
        };
        return recoverHost(recovery, now, how);
      }),
    diagnose: (purpose = 'netdev', signal) => enqueue(async () => diagnose(await look(signal), purpose)),
    collect: (signal) =>
      enqueue(async () => {
        const evidence = await look(signal);
        return evidenceFile(seen?.snapshot ?? (await read(signal)), evidence);
      }),
    async elevate(signal) {
      const now = await asRootNow(signal);
      return isRefusal(now) ? now : undefined;
    },
    get isElevated() {
      return host.sudo?.isUnlocked() ?? false;
    },
    drop: () =>
      enqueue(async () => {
        host.sudo?.lock();
        // A lost host is read when it is back; the missing password still has to be reported.
        if (isThere(connection)) await read();
        else become(connection);
      }),
    configuration: (signal) => enqueue(() => readConfiguration(host, signal)),
    triggers: (signal) => enqueue(() => readTriggers(host, signal)),
    journal: () => enqueue(() => readAsRoot(readJournal)),
    history: () => enqueue(() => readAsRoot(readHistory)),
    keptRuns: (intent) => enqueue(() => readAsRoot((on) => readKeptRuns(on, intent))),
    hangUp: () =>
      enqueue(async () => {
        following?.pause();
        await host.hangUp?.();
      }),
    async terminal(request) {
      if (host.terminal) return host.terminal(await terminalProgram(request));
      throw new HostError('unsupported', `${host.id} has no terminal: there is no machine behind it.`, '');
    },
    capture(request, hooks) {
      const signal = AbortSignal.any([closed.signal, ...(hooks.signal ? [hooks.signal] : [])]);
      return withRoot(signal, (now) => capture(host, now, request, { ...hooks, signal }));
    },
    filterProblem: (request, signal) => withRoot(signal, (now) => filterProblem(host, now, request, signal)),
    checkPath: (request, signal) => withRoot(signal, (now) => checkPath(host, now, request, signal)),
    script: scriptOf,
    async dispose() {
      listeners.clear();
      following?.end();
      closed.abort(new Error(`${host.id} was disconnected.`));
      await host.dispose();
    },
  };
}
