import type { AppliedFix } from '../model/configuration';
import type { ArgumentsChange } from './arguments';
import { hasArgument } from './commandLine';

/** Whether a change waits for the next boot: the running kernel's arguments don't agree with it yet. */
export const needsReboot = ({ add, remove }: ArgumentsChange, cmdline: string): boolean =>
  add.some((argument) => !hasArgument(cmdline, argument)) ||
  remove.some((argument) => hasArgument(cmdline, argument));

/** The arguments that a fix adds and removes at the next boot; an undone fix works in reverse. */
export const nextBoot = ({ add, remove, undone }: AppliedFix): ArgumentsChange =>
  undone ? { add: remove, remove: add } : { add, remove };

/** As a fact of the evidence: `+intel_iommu=on -intel_iommu=off`. */
export const toFact = ({ add, remove }: ArgumentsChange): string =>
  [...add.map((argument) => `+${argument}`), ...remove.map((argument) => `-${argument}`)].join(' ');

export function fromFact(fact: string): ArgumentsChange {
  const signed = (sign: string) =>
    fact.split(' ').flatMap((one) => (one.startsWith(sign) ? [one.slice(1)] : []));
  return { add: signed('+'), remove: signed('-') };
}
