import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Drift } from '../../../../src/ui/declared/drift';
import { readSettings } from '../../../../src/ui/settings';
import { host, pf, vf } from '../../hosts/host';
import { fakeWorkbench } from '../fakeWorkbench';
import * as editors from './fakeEditors';

vi.mock('vscode', () => import('./fakeEditors'));

const file = (numVfs: number) =>
  `version: 1\nadapters:\n- nicSelector: {rootDevices: ["0000:01:00.0"]}\n  numVfs: ${numVfs}\n`;
const lab = () => host({ pfs: [pf([vf(0), vf(1)])] });
const loaded = async () => {
  await vi.waitFor(() => expect(editors.watched).toHaveLength(1), 20_000);
  await vi.advanceTimersByTimeAsync(10);
};

beforeEach(() => {
  vi.useFakeTimers();
  editors.reset();
});
afterEach(() => void vi.useRealTimers());

async function watching(declared: Record<string, string>) {
  const bench = await fakeWorkbench(lab());
  const settings = { ...readSettings(() => undefined), declared };
  const drift = new Drift(bench.host, () => settings);
  const told: (string | undefined)[] = [];
  drift.changed.on(() => told.push(drift.now && `${drift.now.count}: ${drift.now.text}`));
  drift.look();
  return { bench, drift, told, settings };
}

test('a host that no file is set for is not compared, and nothing is read', async () => {
  const { bench, drift, told } = await watching({});
  await bench.control.refresh();
  await vi.advanceTimersByTimeAsync(5000);
  expect([told, editors.reads, editors.watched]).toEqual([[], [], []]);
  drift.dispose();
});

test('what differs is counted, of the file as it is saved and of the host as it was read last', async () => {
  editors.write('/project/hosts/lab.sriov.yaml', file(2));
  const { bench, drift, told } = await watching({ lab: 'hosts/lab.sriov.yaml', r740: 'other.yaml' });
  await loaded();
  expect(told).toEqual([]);
  editors.write('/project/hosts/lab.sriov.yaml', file(4));
  await vi.advanceTimersByTimeAsync(2100);
  expect(told.at(-1)).toBe('1: 1 difference from lab.sriov.yaml.');
  bench.control.host = host({ pfs: [pf([vf(0), vf(1), vf(2), vf(3)])] });
  for (let times = 0; times < 5; times += 1) await bench.control.refresh();
  await vi.advanceTimersByTimeAsync(2100);
  expect(told).toEqual(['1: 1 difference from lab.sriov.yaml.', undefined]);
  expect(editors.reads).toHaveLength(2);
  drift.dispose();
});

test('what is wrong in the file is told, and that it can’t be read', async () => {
  const { drift, told } = await watching({ lab: '/etc/sriov.yaml' });
  await loaded();
  expect(told).toEqual(['0: sriov.yaml can’t be read.']);
  editors.write('/etc/sriov.yaml', `${file(900)}onHolders: keep\n`);
  await vi.advanceTimersByTimeAsync(2100);
  expect(told.at(-1)).toBe('1: 1 problem in sriov.yaml.');
  drift.dispose();
});

test('without the host, or with another file, it is compared no more', async () => {
  editors.write('/project/lab.yaml', file(4));
  const { bench, drift, told, settings } = await watching({ lab: 'lab.yaml' });
  await loaded();
  expect(told).toEqual(['1: 1 difference from lab.yaml.']);
  bench.control.failure = new Error('no route');
  await bench.control.refresh().catch(() => {});
  await vi.advanceTimersByTimeAsync(2100);
  expect(told.at(-1)).toBeUndefined();
  bench.control.failure = undefined;
  await bench.control.refresh();
  await vi.advanceTimersByTimeAsync(2100);
  expect(told.at(-1)).toBe('1: 1 difference from lab.yaml.');
  delete settings.declared.lab;
  editors.settingsChanged();
  await vi.advanceTimersByTimeAsync(2100);
  expect(told.at(-1)).toBeUndefined();
  drift.dispose();
});
