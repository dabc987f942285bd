import { expect, test } from 'vitest';
import { marksOf } from '../../../src/host/bootstrap';
import { HostError } from '../../../src/host/host';
import { localHost } from '../../../src/host/local';
import { runProgram } from '../../../src/host/run';
import { sshHost } from '../../../src/host/ssh';

const talk = { program: 'true', marks: marksOf('12ab') };

test('a program that is too slow is a time-out', async () => {
  await expect(localHost().run('sleep 10', { timeoutMs: 300 })).rejects.toMatchObject({ phase: 'timeout' });
});

test('an abort ends the wait', async () => {
  const controller = new AbortController();
  const run = localHost().run('echo begun; sleep 10', {
    signal: controller.signal,
    onLine: () => controller.abort(new Error('enough')),
  });
  await expect(run).rejects.toThrow('enough');
});

test('lines arrive as they are printed', async () => {
  const lines: string[] = [];
  const { stdout } = await localHost().run('echo one; echo two', { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(['one', 'two']);
  expect(stdout).toBe('one\ntwo\n');
});

test('a program without a time limit runs until it is ended; what it prints is not kept', async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const run = localHost().run('echo one; sleep 0.3; echo two; sleep 10', {
    ...{ timeoutMs: Infinity, keepOutput: false, signal: stop.signal },
    onLine: (line) => void (lines.push(line) === 2 && stop.abort(new Error('enough'))),
  });
  await expect(run).rejects.toThrow('enough');
  expect(lines).toEqual(['one', 'two']);
  const ended = localHost().run('echo one', { timeoutMs: Infinity, keepOutput: false });
  expect(await ended).toMatchObject({ exitCode: 0, stdout: '' });
});

test('a missing ssh program is named', async () => {
  const run = runProgram(['/nonexistent/ssh'], talk, {});
  await expect(run).rejects.toBeInstanceOf(HostError);
  await expect(run).rejects.toThrow('"/nonexistent/ssh" was not found');
});

test('a destination that is an option is refused before ssh sees it', async () => {
  await expect(sshHost('-oProxyCommand=touch /tmp/pwned').run('true')).rejects.toThrow('not a host name');
});

test('a connection program that is killed from outside is a lost connection', async () => {
  await expect(runProgram(['sh', '-c', 'kill -9 $$'], talk, {})).rejects.toMatchObject({ phase: 'lost' });
});
