import { describe, expect, test } from 'vitest';
import { applyDeclared, type ApplyHooks } from '../../../src/control/declared/applyDeclared';
import type { Declared } from '../../../src/model/declared/declared';
import type { Outcome } from '../../../src/model/outcome';
import type { Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, linksOf, pf, vf } from '../hosts/host';
import { changed } from '../planning/declared/simulated';
import { FakeControl } from '../ui/fakeControl';

const card = '0000:01:00.0';
const declared: Declared = {
  version: 1,
  adapters: [{ nicSelector: { rootDevices: [card] }, numVfs: 2, vfGroups: [{ vfRange: '0', vlan: 42 }] }],
  attachments: [{ container: { name: 'fw' }, vf: `${card}#0`, interface: { name: 'eth1' } }],
};
const lasting: Declared = {
  ...declared,
  attachments: [0, 1].map((index) => ({
    ...{ container: { name: 'fw' }, vf: `${card}#${index}`, interface: { name: `eth${index}` } },
    lasting: true,
  })),
};
const bare = host({ pfs: [pf([])], containers: [container('fw')] });
const pfs = [pf([vf(0), vf(1)])];
/** What is made on it is known before: only a host can say which VFs it made. */
const withVfs = host({ pfs, links: linksOf(pfs), containers: [container('fw')] });

/** A host in memory that becomes what its plans promise, except where one ends otherwise; undoing puts back what was before. */
function memory(otherwise: (plan: Plan) => Outcome | undefined = () => undefined, start = bare) {
  const control = new FakeControl('lab', start);
  const past: HostSnapshot[] = [];
  control.outcome = (plan) => {
    const bad = otherwise(plan);
    if (bad) return bad;
    const before = control.host;
    // What lasts is no part of what the host can undo.
    const lasts = ['keep', 'stop-keeping'].includes(plan.kind);
    if (plan.kind === 'undo') control.host = past.pop()!;
    else {
      const after = changed(before, plan.request!);
      const lastChange = lasts ? before.lastChange : { ...after.lastChange!, title: plan.title, plan };
      control.host = { ...after, lastChange };
      if (!lasts) past.push(before);
    }
    control.snapshot = control.host;
    return { status: 'done', plan, snapshot: control.host };
  };
  return control;
}
const hooks = (more: Partial<ApplyHooks> = {}): ApplyHooks => ({
  ...{
    confirm: () => Promise.resolve(true),
    confirmMore: () => Promise.resolve(false),
    onPart: () => undefined,
  },
  ...more,
});
const kinds = ({ changes }: FakeControl) => changes.map(({ kind }: ChangeRequest) => kind);
const failing =
  (kind: Plan['kind'], status: 'undone' | 'stuck' | 'disconnected') =>
  (plan: Plan): Outcome | undefined => {
    if (plan.kind !== kind) return undefined;
    const failure = { step: 's', exitCode: 1, message: 'no' };
    const snapshot = bare;
    if (status === 'disconnected') return { status, plan, reason: 'gone' };
    return status === 'stuck'
      ? { status, plan, snapshot, failure, stuck: [] }
      : { status, plan, snapshot, failure };
  };

describe('applying a file', () => {
  test('makes all of it as one change; the second time there is nothing to do', async () => {
    const control = memory();
    expect(await applyDeclared(control, declared, hooks())).toMatchObject({
      status: 'done',
      made: [{ title: 'Apply what is declared: 3 changes' }],
    });
    expect(kinds(control)).toEqual(['apply']);
    const asked: string[] = [];
    const again = await applyDeclared(
      control,
      declared,
      hooks({ confirm: () => Promise.resolve(asked.push('?') > 0) }),
    );
    expect(again).toMatchObject({ status: 'done', made: [] });
    expect(asked).toEqual([]);
  });

  test('what blocks is said before anything is asked or done', async () => {
    const control = memory();
    const bad = { ...declared, attachments: [{ container: { name: 'nobody' }, vf: `${card}#0` }] };
    const applied = await applyDeclared(control, bad, hooks());
    expect(applied).toMatchObject({
      status: 'refused',
      refusal: { reason: expect.stringContaining('no container "nobody"') as string },
    });
    expect(control.changes).toEqual([]);
  });

  test('who says no has nothing changed', async () => {
    const control = memory();
    const applied = await applyDeclared(control, declared, hooks({ confirm: () => Promise.resolve(false) }));
    expect(applied).toMatchObject({ status: 'refused', refusal: { code: 'not-confirmed' } });
    expect(control.changes).toEqual([]);
  });

  test.each(['undone', 'stuck', 'disconnected'] as const)(
    '%s: that is how it ended, and nothing more is tried',
    async (status) => {
      const control = memory(failing('apply', status));
      const applied = await applyDeclared(control, declared, hooks());
      expect(applied).toMatchObject({
        ...{ status: 'stopped', outcome: { status }, made: [] },
        undone: { undone: [], left: [] },
      });
      expect(kinds(control)).toEqual(['apply']);
    },
  );

  test('what is to last fails: what came before is undone', async () => {
    const control = memory(failing('keep', 'undone'), withVfs);
    const applied = await applyDeclared(control, lasting, hooks());
    expect(applied).toMatchObject({
      ...{ status: 'stopped', outcome: { status: 'undone' } },
      undone: { undone: [expect.stringContaining('Apply what is declared')], left: [], why: null },
    });
    expect(kinds(control)).toEqual(['apply', 'keep', 'undo']);
    expect(control.host.attachments).toEqual([]);
  });

  test.each(['stuck', 'disconnected'] as const)(
    'what is to last ends %s: what came before stays, and is named',
    async (status) => {
      const control = memory(failing('keep', status));
      const applied = await applyDeclared(control, lasting, hooks());
      expect(applied).toMatchObject({
        undone: { undone: [], left: [expect.stringContaining('Apply what is declared')] },
      });
      expect(kinds(control)).toEqual(['apply', 'keep']);
    },
  );

  test('an undo that fails leaves those before it, and says so', async () => {
    const fails = failing('keep', 'undone');
    const control = memory((plan) => fails(plan) ?? failing('undo', 'undone')(plan), withVfs);
    const applied = await applyDeclared(control, lasting, hooks());
    expect(applied).toMatchObject({
      undone: { undone: [], left: [expect.any(String) as string], why: 'undoing it failed: no' },
    });
  });

  test('a change that comes to nothing is not made for ever', async () => {
    const control = memory();
    const { outcome } = control;
    control.outcome = (plan) =>
      plan.kind === 'apply' ? { status: 'done', plan, snapshot: control.host } : outcome(plan);
    const applied = await applyDeclared(control, declared, hooks());
    expect(applied).toMatchObject({
      status: 'stopped',
      outcome: { refusal: { reason: expect.stringContaining('still not as declared') as string } },
    });
  });

  test('attachments that last are taken back, too', async () => {
    let keeps = 0;
    const fails = failing('keep', 'undone');
    const control = memory(
      (plan) => (plan.kind === 'keep' && (keeps += 1) === 2 ? fails(plan) : undefined),
      withVfs,
    );
    const applied = await applyDeclared(control, lasting, hooks());
    expect(applied).toMatchObject({ status: 'stopped', undone: { left: [] } });
    expect(kinds(control)).toEqual([...['apply', 'keep', 'keep', 'stop-keeping', 'undo']]);
  });
});
