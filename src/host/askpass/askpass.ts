import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { AccessQuestion, AskPerson } from '../../model/question';
import { placeProgram } from './place';
import { askpassProgram, socketVariable } from './program';
import { kindOf, mayAccept, type Asked } from './questions';
import { receive } from './receive';

/** Lets ssh ask a person through us instead of on a hidden terminal. */
export interface Askpass {
  /** For the environment of ssh, and of the ssh that it starts for a jump host. */
  env: Record<string, string>;
  /** Why ssh can't ask through it, if it can't. */
  obstacle: string | undefined;
  /** True while a person is being asked. */
  isAsking(): boolean;
  /** The unanswered question, since the last {@link begin}. */
  declined(): AccessQuestion | undefined;
  /** A login begins: an answer asked for twice was wrong. */
  begin(): void;
  close(): void;
}

/**
 * Passwords and passphrases are reused when a lost connection is reestablished, as long as they are not
 * asked for twice; they are kept in memory only, until `close`.
 */
export async function openAskpass(host: string, ask: AskPerson): Promise<Askpass> {
  const { program, socket: socketPath, folders, obstacle } = await placeProgram(askpassProgram());
  const known = new Map<string, string>();
  const times = new Map<string, number>();
  const sockets = new Set<Socket>();
  let asking = 0;
  let declined: AccessQuestion | undefined;

  const answer = async (asked: Asked, signal: AbortSignal): Promise<string | undefined> => {
    const { prompt } = asked;
    const kind = kindOf(asked);
    const attempt = (times.get(prompt) ?? 0) + 1;
    times.set(prompt, attempt);
    const before = attempt === 1 ? known.get(prompt) : undefined;
    if (before !== undefined) return before;
    known.delete(prompt);
    const question = { kind, host, prompt, attempt };
    const given =
      kind === 'host-key' && !mayAccept(prompt) ? undefined : await unlessGone(ask(question, signal), signal);
    if (given === undefined) declined = question;
    else if (kind === 'password' || kind === 'passphrase') known.set(prompt, given);
    return given;
  };

  const serve = async (socket: Socket): Promise<void> => {
    const gone = new AbortController();
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      gone.abort(new Error('the asking process is gone'));
    });
    const asked = await receive(socket);
    asking += 1;
    const given = await answer(asked, gone.signal).finally(() => (asking -= 1));
    socket.end(given === undefined ? '' : `=${given}`);
  };

  // Anything else gets no answer, like a question that nobody answers.
  const server = createServer((socket) => void serve(socket).catch(() => socket.destroy()));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  server.unref();
  const remove = () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  process.once('exit', remove);
  return {
    env: {
      ...{ SSH_ASKPASS: program, SSH_ASKPASS_REQUIRE: 'force', [socketVariable]: socketPath },
      // Before OpenSSH 8.4, askpass required a display.
      DISPLAY: process.env.DISPLAY || ':0',
    },
    obstacle,
    isAsking: () => asking > 0,
    declined: () => declined,
    begin() {
      times.clear();
      declined = undefined;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      known.clear();
      server.close();
      process.removeListener('exit', remove);
      remove();
    },
  };
}

/** The answer, unless the connection ends first: a dialog that doesn't close must not keep us waiting. */
const unlessGone = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    answer.then(resolve, reject);
  });
