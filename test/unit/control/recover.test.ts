import { expect, test, vi } from 'vitest';
import { recoverHost, type Recovery } from '../../../src/control/recover';
import type { Outcome } from '../../../src/model/outcome';
import type { Plan } from '../../../src/model/plan';
import { host, pf, vf } from '../hosts/host';

const now = host({ pfs: [pf([vf(0, { name: 'eth1', nameByUdev: 'enp1s0v0' }), vf(1)])] });
const recovered = async (answer: boolean) => {
  const execute = vi.fn((plan: Plan) => Promise.resolve({ status: 'done', plan } as unknown as Outcome));
  const asked = vi.fn((_: Plan) => Promise.resolve(answer));
  const unused = () => Promise.reject(new Error('not needed'));
  const recovery = { host: {} as Recovery['host'], look: unused, change: unused, confirm: asked, execute };
  return { outcomes: await recoverHost(recovery, now, 'undo'), asked, execute };
};

test('the name that others took from a VF is offered, and nothing fails where it is declined', async () => {
  const declined = await recovered(false);
  expect(declined.asked.mock.calls.map(([{ title }]) => title)).toEqual(['Rename VF 0 of enp1s0 back to enp1s0v0']); // prettier-ignore
  expect(declined.outcomes).toEqual([]);
  expect(declined.execute).not.toHaveBeenCalled();
  expect((await recovered(true)).outcomes).toMatchObject([
    { status: 'done', plan: { kind: 'give-name-back' } },
  ]);
});
