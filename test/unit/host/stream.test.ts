import { PassThrough, Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { localHost } from '../../../src/host/local';

/** Runs a program, and gathers what comes. */
function streamed(program: string, to: Writable = new PassThrough()) {
  const stop = new AbortController();
  const pieces: Buffer[] = [];
  to.on('data', (piece: Buffer) => pieces.push(piece));
  const run = localHost().run(program, { timeoutMs: Infinity, stream: { to, stop: stop.signal } });
  return { run, stop, to, said: () => Buffer.concat(pieces) };
}
/** Waits until nobody reads any more, as the programs do that are streamed. */
const untilEnd = `while timeout 8 dd bs=512 count=1 <&9 2>/dev/null | grep -q ''; do :; done`;

test('every byte comes as it is, the first ones too', async () => {
  const { run, said } = streamed(
    `printf '\\000\\377\\n\\r\\n@ \\303'; head -c 3000000 /dev/zero; printf 'end'; echo "$?" >&2`,
  );
  const { exitCode, stdout, stderr } = await run;
  expect([exitCode, stdout, stderr]).toEqual([0, '', '0\n']);
  expect(said().subarray(0, 8)).toEqual(Buffer.from([0, 255, 10, 13, 10, 64, 32, 0xc3]));
  expect(said().length).toBe(3_000_011);
  expect(said().subarray(-3).toString()).toBe('end');
});

test('who takes it slowly holds it up: it is gathered nowhere', async () => {
  const took: (() => void)[] = [];
  const to = new Writable({ highWaterMark: 1, write: (_piece, _encoding, done) => void took.push(done) });
  const { run, stop } = streamed('head -c 50000000 /dev/zero; echo "$?" >&2', to);
  await vi.waitUntil(() => took.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(took).toHaveLength(1);
  to.destroy();
  stop.abort();
  expect((await run).stderr).toBe('0\n');
});

test('what is stopped comes to its end, and what it says then still comes', async () => {
  const { run, stop, said } = streamed(`echo begun; ${untilEnd}; echo ended`);
  await vi.waitUntil(() => said().toString() === 'begun\n');
  stop.abort();
  expect((await run).exitCode).toBe(0);
  expect(said().toString()).toBe('begun\nended\n');
});

test('it is told while somebody reads, and once nobody does', async () => {
  const { run, to, said } = streamed(`dd bs=1 count=2 <&9 2>/dev/null | wc -c; ${untilEnd}; echo ended >&2`);
  await vi.waitUntil(() => said().toString().trim() === '2', { timeout: 9000 });
  to.destroy();
  expect(await run).toMatchObject({ exitCode: 0, stderr: 'ended\n' });
}, 15_000);

test('what does not end by itself is ended', async () => {
  const { run, stop, said } = streamed('echo begun; exec sleep 60');
  await vi.waitUntil(() => said().length > 0);
  stop.abort();
  expect((await run).exitCode).not.toBe(0);
}, 15_000);
