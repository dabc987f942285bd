import type { HostControl } from '../../../src/control/hostControl';
import type { Host } from '../../../src/host/host';
import { linesOfFunctions, systemSections, unchanging } from '../../../src/inventory/printed';
import { recordedHost } from '../../hosts/index.mjs';
import { probeAnswer } from '../../hosts/probe.mjs';

export type Sections = [string, string][];
export const pf = '0000:70:00.1';
export const off = (sections: Sections): Sections =>
  sections.map(([name, body]) => [
    name,
    name === 'sysfs' ? body.replaceAll('sriov_drivers_autoprobe:1', 'sriov_drivers_autoprobe:0') : body,
  ]);
/** Of all that a whole look prints, what a narrow one does that is about `pf` alone. */
export const narrow = (sections: Sections): Sections =>
  sections
    .filter(
      ([name]) => !(name in systemSections) && !(name in unchanging) && !/^(engine|containers) /.test(name),
    )
    .map(([name, body]) => [name, name in linesOfFunctions ? linesOf(body) : body]);

/** Of all that a whole look prints, what a look before one change does, where Podman is not asked. */
export const atFirst = (sections: Sections): Sections => [
  ['asker', '0\n'],
  ...sections.filter(([name]) => !skippedAtFirst.includes(name)),
];
const skippedAtFirst = ['groups', 'os-release', 'virtualization', 'dhcp-client', 'ip-version'];
/** Whether a program is such a look. */
export const isFirst = (program: string): boolean => /^first "\$1"/m.test(program);

const linesOf = (body: string): string =>
  body
    .split('\n')
    .filter((line) => line.startsWith(`/sys/bus/pci/devices/${pf}/`))
    .join('\n');

export const nonceOf = (program: string): string => /@@(\w+)@@ %s/.exec(program)?.[1] ?? '';
export const printed = (sections: Sections, nonce: string): string =>
  sections.map(([name, body]) => `@@${nonce}@@ ${name}\n${body}`).join('');

/** `first`: a look before one change of a host that nobody has looked at. */
type Ran = 'first' | 'look' | 'change';

/** A recorded host that can be listened to, and executes each plan as `outcome` says, and is then as `after` and `seen` print it, whole and narrow. */
export async function changing(
  outcome: string,
  after: (now: Sections) => Sections,
  seen: (now: Sections) => Sections = (now) => narrow(after(now)),
  name = 'e810',
): Promise<{ host: Host; programs: Ran[]; say: (words: string) => void }> {
  const now = probeAnswer(await recordedHost(name));
  const programs: Ran[] = [];
  /** Says a line to whoever listens. */
  let say = (_words: string): void => {};
  const run: Host['run'] = (program, options) => {
    const nonce = nonceOf(program);
    if (options?.timeoutMs === Infinity) {
      say = (words) => options.onLine?.(`@@${nonce}@@ ${words}`);
      for (const source of ['ip', 'udevadm', 'docker', 'podman']) say(`hears ${source}`);
      return new Promise(() => {});
    }
    const isChange = program.includes('plan.sh" apply');
    const isChanged = programs.includes('change');
    programs.push(isChange ? 'change' : isFirst(program) ? 'first' : 'look');
    const found = isChanged ? after(now) : now;
    const stdout = isChange
      ? `@ outcome ${outcome}\n${printed(seen(now), nonce)}`
      : printed(isFirst(program) ? atFirst(found) : found, nonce);
    return Promise.resolve({ exitCode: 0, stdout, stderr: '' });
  };
  return {
    ...{ host: { id: 'e810', run, dispose: () => Promise.resolve() }, programs },
    say: (words) => say(words),
  };
}

/** Until the host is listened to; resolves with what ends that. */
export const heard = (control: HostControl): Promise<() => void> =>
  new Promise((resolve) => {
    const end = control.follow(({ live }) => live && resolve(() => end()));
  });

export const request = { kind: 'set-autoprobe', pf, on: false } as const;
