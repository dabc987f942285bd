import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adopt, apply, drift, exportDeclared, plan } from '../../../src/cli/declared/declared';
import { parse } from '../../../src/cli/parse';
import type { Printer } from '../../../src/cli/printer';
import { written } from '../../../src/cli/shown/colors';
import { elsewhere, type Text } from '../../../src/cli/shown/styled';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, pf, vf } from '../hosts/host';
import { changed } from '../planning/declared/simulated';
import { FakeControl } from '../ui/fakeControl';

/** Commands about a file that declares a host, run on a made-up one. */

const runs = { adopt, apply, drift, export: exportDeclared, plan };
export const folder = mkdtempSync(join(tmpdir(), 'declared-'));
export const fileOf = (text: string): string => {
  const path = join(folder, 'sriov.yaml');
  writeFileSync(path, text);
  return path;
};
const card = '  - nicSelector: {rootDevices: ["0000:01:00.0"]}\n';
export const declares = (more: string): string => fileOf(`version: 1\nadapters:\n${card}${more}`);
export const bare = host({ pfs: [pf([])], containers: [container('fw')] });
export const two = host({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });

export function printed() {
  const said: string[] = [];
  const documents: unknown[] = [];
  const say = (text: Text) => void said.push(written(text, false));
  const print = {
    ...{ view: elsewhere, text: say, progress: say, problem: say, program: say },
    answer: (value: unknown, text: (view: typeof elsewhere) => Text) => {
      documents.push(value);
      say(text(elsewhere));
    },
    failure: (_: string, text: string) => say(text),
  };
  return { said, documents, print: print as unknown as Printer };
}

export async function run(
  name: keyof typeof runs,
  now: HostSnapshot,
  args: string[],
  prepare?: (control: FakeControl) => void,
) {
  const control = new FakeControl('lab', now);
  control.outcome = (made) => {
    const lastChange = { id: 'c1', title: made.title, at: 'then', by: 'ann', beforeBoot: false, plan: made };
    control.host = { ...changed(control.host, made.request!), lastChange };
    control.snapshot = control.host;
    return { status: 'done', plan: made, snapshot: control.host };
  };
  prepare?.(control);
  const { said, documents, print } = printed();
  const { values, positionals } = parse([name, ...args]);
  const signal = new AbortController().signal;
  const code = await runs[name]({ control, values, positionals, print, signal });
  return { code, said: said.join('\n'), document: documents.at(-1), control };
}
