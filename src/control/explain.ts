import type { Host } from '../host/host';
import { quote, quoteAll } from '../model/quote';
import type { Outcome } from '../model/outcome';
import type { Argv } from '../model/plan';
import { unwrap } from '../model/verbs';
import { collectEvidence, whyItFailed } from './whenNeeded';

/** Adds to a failed change why it failed, by the readiness rules: one more read of the host. */
export async function explain(host: Host, outcome: Outcome): Promise<Outcome> {
  if (outcome.status !== 'undone' && outcome.status !== 'stuck') return outcome;
  const { plan, failure } = outcome;
  const step = plan.steps.find(({ title }) => title === failure.step);
  if (!step || failure.exitCode === null) return outcome;
  try {
    const command = typed(step.apply);
    const evidence = await collectEvidence(host);
    const findings = await whyItFailed(evidence, { command, error: failure.message, log: failure.log ?? [] });
    return { ...outcome, failure: { ...failure, findings } };
  } catch {
    // The outcome is known; being unable to explain it must not hide it.
    return outcome;
  }
}

/** A step as a user would type it; the verbs of verbs.sh are internal. */
function typed(argv: Argv): string {
  const { verb, args } = unwrap(argv);
  const [first = '', second = ''] = args;
  if (verb === 'set_vf_count')
    return `echo ${quote(second)} > ${quote(`/sys/bus/pci/devices/${first}/sriov_numvfs`)}`;
  return quoteAll([verb, ...args]);
}
