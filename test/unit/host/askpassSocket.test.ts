import { execa } from 'execa';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openAskpass, type Askpass } from '../../../src/host/askpass/askpass';
import { placeProgram } from '../../../src/host/askpass/place';
import { socketVariable } from '../../../src/host/askpass/program';
import { limits, receive } from '../../../src/host/askpass/receive';
import type { AskPerson } from '../../../src/model/question';

let askpass: Askpass;
let ask: ReturnType<typeof vi.fn<AskPerson>>;
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);

beforeEach(async () => {
  ask = vi.fn<AskPerson>(() => Promise.resolve('right'));
  askpass = await openAskpass('h', ask);
  process.on('uncaughtExceptionMonitor', note).on('unhandledRejection', note);
});
afterEach(() => {
  askpass.close();
  process.off('uncaughtExceptionMonitor', note).off('unhandledRejection', note);
  expect(uncaught.splice(0)).toEqual([]);
});

const door = () => askpass.env[socketVariable]!;
const question = (prompt = "me@h's password: ") => `${JSON.stringify({ prompt, hint: '' })}\n`;

async function knock(): Promise<Socket> {
  const socket = connect(door());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** All that is answered to what is sent, until the connection ends. */
async function answerTo(...sent: (string | Buffer)[]): Promise<string> {
  const socket = await knock();
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  const closed = once(socket, 'close');
  for (const text of sent) socket.write(text);
  await closed;
  return answer;
}

const malformed: [string, string | Buffer][] = [
  ['no JSON', 'hello\n'],
  ['nothing', '\n'],
  ['null', 'null\n'],
  ['a list', '["prompt"]\n'],
  ['a number', '{"prompt":7}\n'],
  ['an object instead of a text', '{"prompt":{"toString":1}}\n'],
  ['no text', '{"hint":"none"}\n'],
  ['half of it, then an end', '{"prompt":"a'],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
];

test.each(malformed)('%s gets no answer, asks nobody, and the next question is answered', async (_, sent) => {
  const socket = await knock();
  const closed = once(socket, 'close');
  socket.resume();
  if (String(sent).endsWith('\n')) socket.write(sent);
  else socket.end(sent);
  await closed;
  expect(askpass.isAsking()).toBe(false);
  expect(ask).not.toHaveBeenCalled();
  expect(await answerTo(question())).toBe('=right');
  expect(askpass.isAsking()).toBe(false);
});

test('a question without end is cut off', async () => {
  expect(await answerTo('x'.repeat(limits.bytes + 1))).toBe('');
  expect(ask).not.toHaveBeenCalled();
});

test('a question in pieces is one question', async () => {
  const [first, ...rest] = [...question()];
  expect(await answerTo(first!, ...rest)).toBe('=right');
  expect(ask).toHaveBeenCalledTimes(1);
});

test('a question that does not come is given up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sriov-receive-'));
  const server = createServer();
  server.listen(join(folder, 'socket'));
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  const client = connect(join(folder, 'socket'));
  const [socket] = await arrived;
  await expect(receive(socket, { ...limits, ms: 20 })).rejects.toThrow('took too long');
  client.destroy();
  server.close();
  await rm(folder, { recursive: true });
});

describe('a person who does not answer', () => {
  test('is not waited for when the connection ends, whatever becomes of the dialog', async () => {
    ask.mockImplementation(() => new Promise(() => {}));
    const socket = await knock();
    socket.write(question());
    await expect.poll(() => askpass.isAsking()).toBe(true);
    socket.destroy();
    await expect.poll(() => askpass.isAsking()).toBe(false);
    expect(ask.mock.calls[0]![1].aborted).toBe(true);
    expect(askpass.declined()).toBeUndefined();
  });

  test('and a dialog that fails, are no answer', async () => {
    ask.mockImplementation(() => {
      throw new Error('no window');
    });
    expect(await answerTo(question())).toBe('');
    expect(askpass.isAsking()).toBe(false);
  });

  test('is not waited for when the host is let go of, and what comes late is not kept', async () => {
    let give = (_answer: string) => {};
    ask.mockImplementation(() => new Promise((resolve) => (give = resolve)));
    const socket = await knock();
    const closed = once(socket, 'close');
    socket.resume().write(question());
    await expect.poll(() => askpass.isAsking()).toBe(true);
    askpass.close();
    await closed;
    give('late');
    await expect.poll(() => askpass.isAsking()).toBe(false);
  });
});

describe('the program that ssh starts', () => {
  test('is where it can be started, also when folders of temporary files are mounted noexec', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'sriov-noexec-'));
    const mounted = await execa('mount', ['-t', 'tmpfs', '-o', 'noexec', 'none', folder], { reject: false });
    if (mounted.exitCode !== 0) {
      await rm(folder, { recursive: true });
      return context.skip('only root can mount');
    }
    const elsewhere = await mkdtemp(join(tmpdir(), 'sriov-elsewhere-'));
    vi.stubEnv('XDG_RUNTIME_DIR', folder);
    try {
      const place = await placeProgram('#!/bin/sh\necho "asked $1"\n', [join(folder, 'missing'), elsewhere]);
      expect(place.obstacle).toBeUndefined();
      expect(dirname(dirname(place.program))).toBe(elsewhere);
      expect(place.socket).toContain(folder);
      expect((await execa(place.program, ['you'])).stdout).toBe('asked you');
      expect((await placeProgram('#!/bin/sh\n', [folder])).obstacle).toContain('noexec');
    } finally {
      vi.unstubAllEnvs();
      await execa('umount', ['-l', folder]);
      for (const one of [folder, elsewhere]) await rm(one, { recursive: true });
    }
  });

  test('and everything beside it is gone in the end', async () => {
    const { SSH_ASKPASS: program } = askpass.env;
    await access(program!);
    askpass.close();
    await expect(access(dirname(program!))).rejects.toThrow('ENOENT');
  });
});
