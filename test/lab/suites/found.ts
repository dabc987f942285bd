import { expect, test } from 'vitest';
import { hostEvidence } from '../../../src/control/hostEvidence';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { sshHost } from '../../../src/host/ssh';
import { collectEvidence } from '../../../src/inventory/collectEvidence';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import { purposes, type Finding, type Purpose } from '../../../src/model/finding';
import { complaintsOf } from '../../unit/diagnostics/data/hostTable';
import type { Lab } from '../lab';

/** The errors and warnings among them, each once however many adapters it befalls. */
const complaintsAmong = (findings: Finding[]): string[] =>
  [
    ...new Set(
      findings
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ severity, id }) => `${severity} ${id}`),
    ),
  ].sort();

/** What readiness complains about on the machine. */
export async function complaints(lab: Lab, purpose: Purpose): Promise<string[]> {
  const { stdout } = await lab.sriov(['diagnose', '--json', '--purpose', purpose]);
  return complaintsAmong((JSON.parse(stdout) as { findings: Finding[] }).findings);
}

/**
 * What is found on the machine, for each purpose: as in the table that captures of it are held against.
 *
 * @param captured the machine whose rows these are
 */
export function diagnosed(lab: Lab, captured = lab.variant): void {
  test('what is found for each purpose is what the table has', async () => {
    const host = sshHost('sriov-lab', { configFile: lab.sshConfig });
    const evidence = hostEvidence(await readSnapshot(host), await collectEvidence(host));
    for (const purpose of purposes)
      expect(complaintsAmong(diagnose(evidence, purpose)), purpose).toEqual(
        complaintsOf(captured, 'root', purpose),
      );
  });
}
