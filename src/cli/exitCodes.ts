import type { Outcome } from '../model/outcome';
import type { RefusalCode } from '../model/plan';
import { commands } from './commands';

/** The exit status of `sriov`. */
export const exit = {
  done: 0,
  /** `diagnose` found an error, or the host isn't as the plan promised. */
  mismatch: 1,
  usage: 2,
  /** Nothing was changed. */
  refused: 3,
  /** All changes were undone. */
  failed: 4,
  stuck: 5,
  unreachable: 6,
  notPermitted: 7,
} as const;

/** For `plan` and `drift`, 2 means that something differs, so wrong usage must exit differently. */
export const exitOfUsage = (argv: readonly string[]): number =>
  ['plan', 'drift'].includes(argv.find((word) => Object.hasOwn(commands, word)) ?? '')
    ? exit.mismatch
    : exit.usage;

export const exitOfRefusal = (code: RefusalCode): number =>
  code === 'not-permitted' || code === 'no-password' ? exit.notPermitted : exit.refused;

export function exitOf(outcome: Outcome): number {
  switch (outcome.status) {
    case 'done':
      return exit.done;
    case 'recovered':
      return outcome.wanted === 'finish' && outcome.ended === 'undone' ? exit.failed : exit.done;
    case 'mismatch':
      return exit.mismatch;
    case 'refused':
      return exitOfRefusal(outcome.refusal.code);
    case 'undone':
      return exit.failed;
    case 'stuck':
      return exit.stuck;
    case 'disconnected':
      return exit.unreachable;
  }
}
