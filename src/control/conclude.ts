import { stateFolder } from '../model/stateFolder';
import { quoteAll } from '../model/quote';
import type { Advice } from '../model/advice';
import type { Outcome, StuckStep } from '../model/outcome';
import { refuse, type Plan } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import type { Report } from '../execution/report';
import { differences } from '../planning/verify';

/** Derives how a change ended from the executor's report and the host as it is now. */
export function conclude(plan: Plan, report: Report, snapshot: HostSnapshot): Outcome {
  const failure = report.failure ?? { step: plan.title, exitCode: null, message: report.detail };
  switch (report.outcome) {
    case 'done': {
      const found = differences(plan.promises, snapshot);
      return found.length > 0
        ? { status: 'mismatch', plan, snapshot, differences: found, ...whyNoDriver(plan, snapshot) }
        : { status: 'done', plan, snapshot };
    }
    case 'undone':
      return { status: 'undone', plan, snapshot, failure };
    case 'stuck':
      return { status: 'stuck', plan, snapshot, failure, stuck: report.stuck.map(withCommand(plan)) };
    case 'refused':
      return { status: 'refused', refusal: refuse('stale', whyRefused(plan, report)) };
    case 'denied':
      return {
        status: 'refused',
        refusal: refuse(
          'not-permitted',
          `${plan.title} requires root on ${plan.host}, and the program did not run as root; nothing was changed.`,
        ),
      };
    case 'unwritable':
      return {
        status: 'refused',
        refusal: refuse(
          'unwritable',
          `The journal on ${plan.host} could not be written (${stateFolder}); is the disk full?`,
        ),
      };
    case 'unsafe':
      return {
        status: 'refused',
        refusal: refuse('unwritable', `${plan.title} was not started on ${plan.host}: ${report.detail}`),
      };
    default:
      return {
        ...{ status: 'stuck', plan, snapshot },
        failure: { ...failure, message: 'The program on the host was killed before it finished.' },
        stuck: [
          { step: plan.title, message: 'What it had started is recorded on the host and can be undone.' },
        ].map(withCommand(plan)),
      };
  }
}

/** VFs should have got network devices, but some have no driver. */
function whyNoDriver({ promises }: Plan, { pfs }: HostSnapshot): { next?: Advice } {
  const unbound = promises.some(
    (promise) =>
      promise.kind === 'vf-count' &&
      pfs.some(
        ({ pci, vfs, driversAutoprobe }) =>
          pci === promise.pf && driversAutoprobe !== false && vfs.some(({ driver }) => driver === null),
      ),
  );
  return unbound ? { next: { do: 'diagnose', about: 'driver' } } : {};
}
/** A step's undo uses functions of its program only; the program stays on the host, and recovering runs it again. */
const withCommand =
  ({ host }: Plan) =>
  (step: Omit<StuckStep, 'command' | 'next'>): StuckStep => ({
    ...step,
    next: { do: 'recover' },
    command: quoteAll(['sriov', ...(host === 'local' ? [] : ['--host', host]), 'recover']),
  });

function whyRefused(plan: Plan, { refused, busy }: Report): string {
  if (busy) {
    const { title, at, by } = holderOf(busy.holder);
    return `Another change is in progress on ${busy.pci}${title ? `: "${title}", started ${at} by ${by}` : ''}. Try again when it has finished.`;
  }
  const precondition = refused === null ? undefined : plan.preconditions[refused - 1];
  return precondition?.otherwise ?? `The container's network namespace has changed; refresh and try again.`;
}

function holderOf(text: string): { title?: string; at?: string; by?: string } {
  try {
    return JSON.parse(text) as { title?: string; at?: string; by?: string };
  } catch {
    return {};
  }
}
