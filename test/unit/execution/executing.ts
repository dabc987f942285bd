import { execa, type ResultPromise } from 'execa';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Plan, Step } from '../../../src/model/plan';
import { parseEntries } from '../../../src/execution/hostJournal';
import { renderProgram } from '../../../src/execution/render';

/** In memory where that can be: the executor syncs each note that it makes, which on a busy disk takes a second. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** The executor itself, in a folder of its own: its steps append lines to a file, and take them out again. */
export let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(place, 'executor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

export const pci = '0000:01:10.0';
export const write = (line: string): Step => ({
  title: `Write ${line}`,
  apply: ['put', line],
  undo: ['take', line],
  timeout: 15,
});
export const plan = (steps: Step[], more: Partial<Plan> = {}): Plan => ({
  ...{ kind: 'attach', title: 'Write lines', host: 'here', notes: [], losses: [], verb: 'Write' },
  ...{ locks: [{ pci, mode: 'exclusive' }], namespace: null, preconditions: [], promises: [] },
  steps,
  request: { kind: 'detach', vf: pci },
  before: [],
  ...more,
});

/** What plans use here, and paths that need no root. */
export const here = (program: string): string =>
  program
    .replaceAll('/var/lib/sriov-workbench', join(folder, 'state'))
    .replaceAll('/run/lock/sriov-workbench', join(folder, 'older/sriov-workbench'))
    .replaceAll('/run/sriov-workbench', join(folder, 'locks'))
    .replaceAll('/sys/bus/pci/devices', join(folder, 'devices'))
    .replace('[ "$uid" -ne 0 ]', 'false')
    .replaceAll('flock -w 10 "--', 'flock -w 1 "--')
    .replace(
      '#!/bin/sh\n',
      `#!/bin/sh
file=${join(folder, 'lines')}
put() { printf '%s\\n' "$1" >>"$file"; }
take() { [ ! -e "$file" ] || sed -i "/^$1$/d" "$file"; }
rm() { [ "$1" != -rf ] || { echo changes:; ls ${join(folder, 'state')}/changes; } >>${join(folder, 'at-removal')}; command rm "$@"; }
wait_for_release() { until [ -e ${join(folder, 'released')} ]; do sleep 0.05; done; }
kill_once() { mkdir ${join(folder, 'killed')} 2>/dev/null && pkill -9 -f ${join(folder, 'state')}/changes; put "$1"; }
`,
    );

/** A step that lasts until `release`. */
export const hold = (line: string): Step => ({ ...write(line), apply: ['wait_for_release'] });
export const release = (): Promise<void> => writeFile(join(folder, 'released'), '');
/** Until a change is in its first step. */
export const begun = (id: string): Promise<void> =>
  expect
    .poll(() => readFile(join(folder, 'state/changes', id, 'progress'), 'utf8').catch(() => ''), {
      timeout: 20_000,
    })
    .toContain('begin 1');
export const lines = async (): Promise<string[]> =>
  (await readFile(join(folder, 'lines'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
export const start = (what: Plan, id: string): ResultPromise<{ reject: false }> =>
  execa('sh', { input: here(renderProgram(what, id)), reject: false });
export const run = async (what: Plan, id: string): Promise<string> => String((await start(what, id)).stdout);
export const again = async (id: string, how: string): Promise<string> =>
  String((await execa('sh', [join(folder, 'state/changes', id, 'plan.sh'), how], { reject: false })).stdout);
export const outcome = (stdout: string): string => stdout.split('\n').at(-1)!;
export const journal = async () =>
  parseEntries(await readFile(join(folder, 'state/journal.jsonl'), 'utf8').catch(() => ''));
