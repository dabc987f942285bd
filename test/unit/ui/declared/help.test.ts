import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { declaredHelp } from '../../../../src/ui/declared/declaredHelp';
import { host, pf, vf } from '../../hosts/host';
import { fakeWorkbench } from '../fakeWorkbench';
import * as editors from './fakeEditors';

vi.mock('vscode', () => import('./fakeEditors'));

const adapter = 'version: 1\nadapters:\n- nicSelector: {rootDevices: ["0000:01:00.0"]}\n';
const lab = () => host({ pfs: [pf([vf(0), vf(1)])] });
const marked = () =>
  editors.diagnosticsOf('file:///sriov.yaml').map(({ range, message }) => {
    const { start, end } = range;
    return `${start.line}:${start.character}-${end.character} ${message}`;
  });

beforeEach(() => {
  vi.useFakeTimers();
  editors.reset();
});
afterEach(() => void vi.useRealTimers());

test('a file is marked when it is opened, when nobody types any more, and not when it is closed', async () => {
  const file = editors.opened('file:///sriov.yaml', `${adapter}  numVfs: x\n`);
  editors.opened('file:///other.yaml', 'numVfs: x\n');
  const help = await declaredHelp(await fakeWorkbench(lab()));
  expect(marked()).toEqual(['3:10-11 "numVfs" must be a number, not "x".']);
  file.type(`${adapter}  numVfs: 900\n`);
  expect(marked()).toHaveLength(1);
  vi.advanceTimersByTime(200);
  file.type(`${adapter}  numVfs: 901\n`);
  vi.advanceTimersByTime(200);
  expect(marked()[0]).toContain('"x"');
  vi.advanceTimersByTime(200);
  expect(marked()).toEqual([expect.stringMatching(/^3:10-13 .*cannot have 901 VFs/)]);
  expect(editors.diagnosticsOf('file:///other.yaml')).toEqual([]);
  file.close();
  expect(marked()).toEqual([]);
  help.dispose();
});

test('when the host is otherwise, it is compared again, at most once in two seconds', async () => {
  editors.opened('file:///sriov.yaml', `${adapter}  numVfs: 2\n`);
  const bench = await fakeWorkbench(lab());
  const help = await declaredHelp(bench);
  const lenses = () => editors.lensesOf('file:///sriov.yaml');
  expect(lenses()).toEqual(['lab is as declared.']);
  let drawn = 0;
  editors.onLensesChanged(() => (drawn += 1));
  bench.control.host = host({ pfs: [pf([vf(0)])] });
  for (let times = 0; times < 10; times += 1) await bench.control.refresh();
  expect(drawn).toBe(1);
  expect(lenses()).toContain('1 difference on lab');
  bench.control.host = lab();
  await bench.control.refresh();
  vi.advanceTimersByTime(1900);
  expect(drawn).toBe(1);
  vi.advanceTimersByTime(200);
  expect(drawn).toBe(2);
  expect(lenses()).toEqual(['lab is as declared.']);
  help.dispose();
  await bench.control.refresh();
  vi.advanceTimersByTime(5000);
  expect(drawn).toBe(2);
});
