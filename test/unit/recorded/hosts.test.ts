import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import { collectEvidence } from '../../../src/inventory/collectEvidence';
import { readConfiguration } from '../../../src/inventory/readConfiguration';
import { isRefusal } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planChange } from '../../../src/planning/plan';
import { recordedHosts } from '../../hosts/index.mjs';
import { recordingHost, snapshotOf } from './recording';
import { shown } from './shown';

/** Made by rule: its inventory says nothing that a count doesn't. */
const made = 'big';

describe.each(recordedHosts)('the recorded host %s', (name) => {
  if (name !== made)
    test('has this inventory', async () => {
      const { snapshot } = await snapshotOf(name);
      await expect(shown(snapshot)).toMatchFileSnapshot(`../../hosts/${name}/inventory.txt`);
    });

  test('has these plans', async () => {
    const { recording, snapshot } = await snapshotOf(name);
    const plans = (recording.asks ?? []).map((ask) => told(snapshot, ask as ChangeRequest));
    expect(plans.length).toBeGreaterThan(0);
    await expect(plans.join('\n')).toMatchFileSnapshot(`../../hosts/${name}/plans.txt`);
  });

  test('says where it is from, and answers the other programs that look', async () => {
    const { recording, snapshot } = await snapshotOf(name);
    expect(recording.sources.length).toBeGreaterThan(0);
    const host = recordingHost(recording);
    const { live } = await collectEvidence(host);
    expect(live?.pfs.map(({ pci, name: interfaceName, vfs }) => [pci, interfaceName, vfs.length])).toEqual(
      snapshot.pfs.map((pf) => [pf.pci, pf.holder.kind === 'host' ? pf.name : null, pf.vfs.length]),
    );
    expect((await readConfiguration(host)).kernel).toBe(recording.kernel);
  });
});

test('the made host is as large as it says', async () => {
  const { snapshot } = await snapshotOf(made);
  const vfs = snapshot.pfs.flatMap((pf) => pf.vfs);
  expect(vfs).toHaveLength(512);
  expect(snapshot.containers).toHaveLength(200);
  expect(vfs.filter(({ holder }) => holder.kind === 'container')).toHaveLength(200);
  expect(vfs.filter(({ holder }) => holder.kind === 'host')).toHaveLength(312);
  expect(snapshot.problems).toEqual([]);
});

/** The request, and its plan or why not. */
function told(snapshot: HostSnapshot, ask: ChangeRequest): string {
  const plan = planChange(snapshot, ask);
  const text = isRefusal(plan) ? `refused (${plan.code}): ${plan.reason}` : planText(plan);
  return `# ${JSON.stringify(ask)}\n${text}\n`;
}
