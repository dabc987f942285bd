import { expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { HostError, type Host, type RunResult } from '../../../src/host/host';

/** A host where a password makes one root; it can be made unreachable, or to wait before it answers. */
function box() {
  let password: string | undefined;
  const state = { isLost: false, before: () => Promise.resolve(), programs: 0 };
  const host: Host = {
    id: 'box',
    async run(program): Promise<RunResult> {
      state.programs += 1;
      const user = password === undefined ? '1000\nme' : '0\nroot';
      await state.before();
      if (state.isLost) throw new HostError('lost', 'The connection to box broke.', '');
      const nonce = /@@([0-9a-f]{24})@@/.exec(program)?.[1] ?? '';
      const sections = { login: user, uname: 'Linux\nbox\n6.1', 'boot-id': 'b', end: '' };
      const stdout = Object.entries(sections).map(([name, body]) => `@@${nonce}@@ ${name}\n${body}\n`);
      return { exitCode: 0, stdout: stdout.join(''), stderr: '' };
    },
    sudo: {
      obstacle: () => Promise.resolve(undefined),
      unlock: (given) => Promise.resolve(void (password = given)),
      isUnlocked: () => password !== undefined,
      lock: () => (password = undefined),
    },
    dispose: () => Promise.resolve(),
  };
  return { host, state };
}

async function elevated() {
  const { host, state } = box();
  const control = createHostControl(host, () => Promise.resolve('right'));
  await control.refresh();
  await control.elevate();
  expect([control.isElevated, control.connection.state]).toEqual([true, 'admin']);
  return { control, state };
}

test('a password that is dropped while the host is lost is gone, and nothing is asked of the host', async () => {
  const { control, state } = await elevated();
  state.isLost = true;
  await expect(control.refresh()).rejects.toThrow('broke');
  let news = 0;
  control.onDidChange(() => (news += 1));
  const before = state.programs;
  await control.drop();
  expect([control.isElevated, control.connection.state, news]).toEqual([false, 'lost', 1]);
  expect(state.programs).toBe(before);
  state.isLost = false;
  await control.refresh();
  expect(control.connection.state).toBe('limited');
});

test('a password that is dropped while the host is read is dropped after that', async () => {
  const { control, state } = await elevated();
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  state.before = () => waiting;
  const read = control.refresh();
  const dropped = control.drop();
  expect(control.isElevated).toBe(true);
  goOn();
  expect((await read).host.user.isRoot).toBe(true);
  await dropped;
  expect([control.isElevated, control.connection.state]).toEqual([false, 'limited']);
});

test('a host that is let go of takes its question away', async () => {
  const { host } = box();
  let asked = false;
  let gone = false;
  const control = createHostControl(
    host,
    (_, signal) =>
      new Promise((resolve) => {
        asked = true;
        signal.addEventListener('abort', () => {
          gone = true;
          resolve(undefined);
        });
      }),
  );
  await control.refresh();
  const elevating = control.elevate();
  await expect.poll(() => asked).toBe(true);
  await control.dispose();
  expect(await elevating).toMatchObject({ refused: true, code: 'no-password' });
  expect(gone).toBe(true);
});
