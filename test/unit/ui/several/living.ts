import { expect } from 'vitest';
import type { Plan } from '../../../../src/model/plan';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { run } from '../../../../src/ui/commands/run';
import type { Settings } from '../../../../src/ui/settings';
import { bareHost, container, pf, vf } from '../../hosts/host';
import { afterPlan } from '../../planning/afterPlan';
import { fakeWorkbench, type FakeWorkbench } from '../fakeWorkbench';

/** A workbench on a host that becomes what each plan promises, and remembers its finished changes as a stack. */
export async function livingWorkbench(
  snapshot: HostSnapshot,
  settings: Partial<Settings> = {},
): Promise<FakeWorkbench> {
  const bench = await fakeWorkbench(snapshot, settings);
  const { control } = bench;
  const finished: HostSnapshot['lastChange'][] = [];
  control.outcome = (plan) => {
    if (plan.undoes !== undefined) finished.pop();
    const id = `c${control.changes.length}`;
    const now = afterPlan(control.host, plan);
    if (plan.undoes === undefined && now.lastChange) finished.push({ ...now.lastChange, id });
    control.host = { ...now, lastChange: finished.at(-1) ?? null };
    control.snapshot = control.host;
    return { status: 'done', plan, snapshot: control.host };
  };
  return bench;
}

/** Lets what a pressed button began come to its end. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

export const fw = container('fw', { netnsInode: 4026532100 });
export const router = container('router', { netnsInode: 4026532101 });
export const vfs = [0, 1, 2, 3].map((index) => vf(index));
export const free = () => bareHost({ pfs: [pf(vfs)], containers: [fw, router] });
export const rows = vfs.map(({ pci }) => `vf=${pci}`);

/** The VFs 0, 1 and 2 are in fw. */
export async function threeInFw(
  settings: Parameters<typeof livingWorkbench>[1] = {},
): Promise<FakeWorkbench> {
  const bench = await livingWorkbench(free(), settings);
  bench.dialogs.answers = ['fw', 'eth{n}', '192.0.2.0/24', 'Attach 3 VFs'];
  await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
  await settled();
  expect(heldIn(bench)).toEqual([fw.id, fw.id, fw.id, null]);
  return bench;
}
export const heldIn = ({ control }: FakeWorkbench) =>
  control.host.pfs[0]!.vfs.map(({ holder }) => holder.containerId);
export const kinds = ({ control }: FakeWorkbench) => control.changes.map(({ kind }) => kind);

/** The plan whose title has a word in it ends otherwise than it promises. */
export function failsAt({ control }: FakeWorkbench, word: string, more: { cancelled?: true } = {}): void {
  const before = control.outcome;
  control.outcome = (plan: Plan) =>
    plan.title.includes(word)
      ? {
          ...{ status: 'undone', plan, snapshot: control.host },
          failure: {
            ...{ step: more.cancelled ? 'cancelled' : 'Move it', exitCode: 2 },
            message: 'RTNETLINK answers: File exists',
          },
        }
      : before(plan);
}
