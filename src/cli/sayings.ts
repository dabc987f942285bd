import { exit } from './exitCodes';

/** What the help and the manual say about `sriov` as a whole. */

export const summary = 'SR-IOV virtual functions for containers, safely and reversibly';

export const objects =
  'PF is a PCI address or an interface name; VF a PCI address, PF:INDEX or an interface name; CONTAINER a name, an id prefix, or a named network namespace.';

export const prompts =
  "Prompts of sudo and ssh appear on the terminal; SUDO_ASKPASS can name a program that prints sudo's password.";

export const exits: [status: number, says: string][] = [
  [exit.done, 'done'],
  [exit.mismatch, 'error found or host differs from the plan'],
  [exit.usage, 'usage'],
  [exit.refused, 'refused (nothing changed)'],
  [exit.failed, 'failed (all undone)'],
  [exit.stuck, 'failed (some changes remain)'],
  [exit.unreachable, 'host not reached'],
  [exit.notPermitted, 'not permitted'],
];
