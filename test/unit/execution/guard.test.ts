import { describe, expect, test } from 'vitest';
import { HostError, type Host, type RunOptions } from '../../../src/host/host';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { applyPlan } from '../../../src/execution/applyPlan';
import { planChange } from '../../../src/planning/plan';
import { host as sample, pf } from '../hosts/host';

const plan = planChange(sample({ pfs: [pf([], { protectedBecause: ['it carries this ssh connection'] })] }), {
  kind: 'set-vfs',
  pf: 'enp1s0',
  count: 2,
  forceInterface: 'enp1s0',
}) as Plan;

/** A host that has done everything and waits; what else is run there is written down. */
function waiting(how: { fresh: 'works' | 'fails'; first?: 'breaks' }) {
  const ran: { program: string; fresh: boolean }[] = [];
  let kept: (outcome: string) => void = () => {};
  const outcome = new Promise<string>((resolve) => (kept = resolve));
  const host: Host = {
    id: 'far',
    async run(program: string, { onLine, fresh = false }: RunOptions = {}) {
      const said = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });
      if (program.includes('END_OF_PLAN')) {
        if (how.first === 'breaks') throw new HostError('lost', 'The connection broke.', '');
        onLine?.('@ armed 60');
        return said(`@ armed 60\n@ outcome ${await outcome}`);
      }
      ran.push({ program, fresh });
      if (fresh && how.fresh === 'fails') throw new HostError('connect', 'No way.', '');
      if (program.includes('/cancel')) kept('undone');
      else kept('done');
      const id = /changes\/(\S+)/.exec(program)?.[1];
      return said(JSON.stringify({ id, at: '', kind: 'set-vfs', title: '', by: '', outcome: 'done' }));
    },
    dispose: () => Promise.resolve(),
  };
  return { host, ran };
}

describe('a change that waits for being kept', () => {
  test('is kept by a connection of its own', async () => {
    expect(isRefusal(plan)).toBe(false);
    const { host, ran } = waiting({ fresh: 'works' });
    expect((await applyPlan(host, plan)).outcome).toBe('done');
    expect(ran).toEqual([{ fresh: true, program: expect.stringContaining('/keep') as string }]);
  });
  test('whose connection broke is kept by the next one', async () => {
    const { host, ran } = waiting({ fresh: 'works', first: 'breaks' });
    expect((await applyPlan(host, plan)).outcome).toBe('done');
    expect(ran).toEqual([{ fresh: true, program: expect.stringContaining('/keep') as string }]);
  });
  test('is taken back at once where a person says that they are gone', async () => {
    const { host, ran } = waiting({ fresh: 'works' });
    const report = await applyPlan(host, plan, { stillThere: () => Promise.resolve(false) });
    expect(report.outcome).toBe('undone');
    expect(ran.map(({ fresh }) => fresh)).toEqual([false]);
  });
});
