import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { prepareReplay } from '../../../lab/replay/prepare.mjs';
import { conclude } from '../../../src/control/conclude';
import { createHostControl } from '../../../src/control/createHostControl';
import type { Hearing } from '../../../src/control/hostControl';
import { applyPlan } from '../../../src/execution/applyPlan';
import { readJournal } from '../../../src/execution/hostJournal';
import type { Host } from '../../../src/host/host';
import { sshHost } from '../../../src/host/ssh';
import { collectEvidence } from '../../../src/inventory/collectEvidence';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import { planned } from '../planning/planning';
import { snapshotOf } from './recording';
import { shown } from './shown';

const name = 'cx6-switchdev';

describe('a recorded host over ssh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sriov replay-'));
  let host: Host;
  beforeAll(() => {
    host = sshHost(name, { configFile: prepareReplay(name, join(folder, name)) });
  });
  afterAll(async () => {
    await host.hangUp?.();
    await host.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is read as it was recorded', async () => {
    const { snapshot } = await snapshotOf(name);
    expect(shown(await readSnapshot(host))).toBe(shown(snapshot));
    expect((await collectEvidence(host)).live?.pfs.map(({ name: pf }) => pf)).toEqual(['enp7s0f0', 'pf0']);
    expect(await readJournal(host)).toEqual([]);
  });

  test('refuses a change, and says why', async () => {
    const snapshot = await readSnapshot(host);
    const plan = planned(snapshot, { kind: 'set-vfs', pf: 'enp7s0f0', count: 4 });
    const outcome = conclude(plan, await applyPlan(host, plan), snapshot);
    expect(outcome.status === 'refused' && outcome.refusal.reason).toContain('is a recorded host: read-only');
  });

  test('is not listened to, and says why', async () => {
    const control = createHostControl(host);
    await control.refresh();
    const heard: Hearing[] = [];
    const stop = control.follow((now) => heard.push(now));
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(1), { timeout: 20_000 });
    stop();
    expect(heard[1]).toEqual({ live: false, why: `${name} is a recorded host: read-only.` });
    expect(control.connection.state).toBe('admin');
  });

  test('runs nothing else', async () => {
    const { stdout, stderr, exitCode } = await host.run('echo it ran; echo it ran >&2');
    expect(exitCode).toBe(3);
    expect(stdout + stderr).not.toContain('it ran');
    expect(stderr).toContain('read-only');
  });
});
