import { execaSync } from 'execa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Argv, Plan } from '../../../src/model/plan';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { renderProgram } from '../../../src/execution/render';
import { hostileText } from '../../hostileText';
import { host } from '../hosts/host';

const attach = planAttach(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw' }) as Plan;

/** A command that no planner would write. */
const anyVerb = (text: string): Argv => [text] as string[] as Argv;

/** What the program that is kept on the host hands to the functions of the executor. */
function handedOver(plan: Plan): string[] {
  const [, rest = ''] = renderProgram(plan, 'id-1').split("<<'END_OF_PLAN_id-1'");
  const inner = rest.slice(rest.indexOf('\n') + 1, rest.lastIndexOf('\nEND_OF_PLAN_id-1\n'));
  const [data = ''] = inner.split('\n# shellcheck shell=sh');
  const { stdout, stderr } = execaSync('sh', ['-s'], {
    input: `said() { printf '%s\\0' "$@"; }
lock() { said lock "$@"; }
open_namespace() { said open "$@"; }
require() { said require "$@"; }
command() { :; }
exec 7</dev/null
${data}
take_locks; open_namespaces; preconditions; about 1; said "$undoes" "$devices" "$undo_verb" "$seconds" "$undo_needs"`,
    stripFinalNewline: false,
  });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

test(
  'generated: locks, namespaces, preconditions and what is undone reach the executor as they are in the plan',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 8, maxLength: 8 }), (texts) => {
        const [pci = '', path = '', id = '', check = '', undoes = '', pf = '', undo = '', from = ''] = texts;
        const owner = { pid: 7, containerId: id, engine: 'docker' as const };
        const plan: Plan = {
          ...attach,
          locks: [
            { pci, mode: 'shared' },
            { pci: pf, mode: 'exclusive' },
          ],
          namespace: { path, inode: 8, owner },
          from: { path: from, inode: 9, owner: null },
          preconditions: [{ check: ['is_named', check], otherwise: check }],
          undoes,
          steps: [{ title: check, apply: ['true'], undo: anyVerb(undo), timeout: 5 }],
        };
        expect(handedOver(plan)).toEqual([
          ...['lock', '5', pci, 'shared', 'lock', '6', pf, 'exclusive'],
          ...['open', '9', from, '9', '', '', '', ''],
          ...['open', '7', path, '8', '7', id, 'docker', ''],
          ...['require', '1', 'is_named', check, undoes, pf, undo, '5', ''],
        ]);
      }),
      { numRuns: 60 },
    );
  },
);
