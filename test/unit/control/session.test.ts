import { expect, test } from 'vitest';
import { queue } from '../../../src/control/queue';
import { createHostControl } from '../../../src/control/createHostControl';
import { HostError, type Host } from '../../../src/host/host';

test('tasks run one at a time, in order, and a failure does not stop the next', async () => {
  const enqueue = queue();
  const log: string[] = [];
  const task = (name: string, fails = false) =>
    enqueue(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
  const all = await Promise.allSettled([task('a'), task('b', true), task('c')]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

/** A host whose connection breaks: nothing is planned on what isn't known, nothing is lost that was. */
const unreachable: Host = {
  id: 'gone',
  run: () => Promise.reject(new HostError('lost', 'The connection to gone broke.', 'detail')),
  dispose: () => Promise.resolve(),
};

test('a lost host says so to whoever listens', async () => {
  const control = createHostControl(unreachable);
  const states: string[] = [];
  control.onDidChange(() => states.push(control.connection.state));
  await expect(control.refresh()).rejects.toThrow('broke');
  expect(control.connection).toMatchObject({ state: 'lost', reason: 'The connection to gone broke.' });
  expect(states).toEqual(['lost']);
  await expect(control.change({ kind: 'detach', vf: 'x' })).rejects.toThrow('broke');
  expect(control.plan({ kind: 'detach', vf: 'x' })).toMatchObject({ refused: true, code: 'unknown-state' });
});

test('an answer that was cut short is a lost connection, not an empty host', async () => {
  const cut: Host = {
    ...unreachable,
    run: () => Promise.resolve({ exitCode: 0, stdout: '@@x@@ login\n0\n', stderr: '' }),
  };
  await expect(createHostControl(cut).refresh()).rejects.toMatchObject({ phase: 'lost' });
});

/** A Linux box that answers every look with these sections besides, and notes every program. */
function box(sections: Record<string, string>, user = '0\nroot'): { host: Host; programs: string[] } {
  const programs: string[] = [];
  const run: Host['run'] = (program) => {
    programs.push(program);
    const nonce = /@@([0-9a-f]{24})@@/.exec(program)?.[1];
    const all = { login: user, uname: 'Linux\nbox\n6.1', 'boot-id': 'b', ...sections, end: '' };
    const stdout = nonce
      ? Object.entries(all).map(([name, body]) => `@@${nonce}@@ ${name}\n${body}\n`)
      : ['@ outcome undone\n'];
    return Promise.resolve({ exitCode: 0, stdout: stdout.join(''), stderr: '' });
  };
  return { host: { ...unreachable, run }, programs };
}

test('recovering looks once where there is nothing to recover, and once more after it did something', async () => {
  const quiet = box({});
  await expect(createHostControl(quiet.host).recover('undo')).resolves.toEqual([]);
  expect(quiet.programs).toHaveLength(1);
  const interrupted = box({ 'change 7 stopped': '{"title":"T","bootId":"b"}', 'progress 7': 'started' });
  await expect(createHostControl(interrupted.host).recover('undo')).resolves.toMatchObject([
    { status: 'recovered', ended: 'undone' },
  ]);
  expect(interrupted.programs).toHaveLength(3);
});

test('a readiness run is the look at the host and one round trip more', async () => {
  const programs: string[] = [];
  const answering: Host = {
    ...unreachable,
    run: (program) => {
      programs.push(program);
      const nonce = /@@([0-9a-f]{24})@@/.exec(program)?.[1] ?? '';
      const sections = { login: '0\nroot', uname: 'Linux\nbox\n6.1', container: 'no', log: 'readable' };
      const stdout = [...Object.entries(sections), ['end', '']]
        .map(([name, body]) => `@@${nonce}@@ ${name}\n${body}\n`)
        .join('');
      return Promise.resolve({ exitCode: 0, stdout, stderr: '' });
    },
  };
  const findings = await createHostControl(answering).diagnose('netdev');
  expect(programs).toHaveLength(2);
  expect(findings.map(({ id }) => id)).toContain('capability.none');
});
