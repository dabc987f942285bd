import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { AccessQuestion, AskPerson } from '../../model/question';
import { privateFolder } from '../privateFolder';
import { askpassProgram, socketVariable } from './program';
import { kindOf, mayAccept, type Asked } from './questions';

/** Has ssh ask a person through us instead of a terminal that nobody sees. */
export interface Askpass {
  /** For the environment of ssh, and of the ssh that it starts for a jump host. */
  env: Record<string, string>;
  /** True while a person is being asked. */
  isAsking(): boolean;
  /** The question that got no answer, since the last {@link begin}. */
  declined(): AccessQuestion | undefined;
  /** A login begins: an answer that is asked for a second time was wrong. */
  begin(): void;
  close(): void;
}

/**
 * Passwords and passphrases that were given once are given again when a lost connection is made anew, as long as they are not
 * asked for twice; they are in memory only, until `close`.
 */
export async function openAskpass(host: string, ask: AskPerson): Promise<Askpass> {
  const folder = await mkdtemp(join(await privateFolder(), 'ask-'));
  const program = join(folder, 'askpass');
  const socketPath = join(folder, 'socket');
  const known = new Map<string, string>();
  const times = new Map<string, number>();
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
    const given = kind === 'host-key' && !mayAccept(prompt) ? undefined : await ask(question, signal);
    if (given === undefined) declined = question;
    else if (kind === 'password' || kind === 'passphrase') known.set(prompt, given);
    return given;
  };

  const serve = (socket: Socket) => {
    const gone = new AbortController();
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => gone.abort());
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\n')) return;
      socket.removeAllListeners('data').resume();
      asking += 1;
      void answer(parse(text), gone.signal)
        .catch(() => undefined)
        .then((given) => socket.end(given === undefined ? '' : `=${given}`))
        .finally(() => (asking -= 1));
    });
  };

  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  server.unref();
  await writeFile(program, askpassProgram(), { mode: 0o700 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    env: {
      ...{ SSH_ASKPASS: program, SSH_ASKPASS_REQUIRE: 'force', [socketVariable]: socketPath },
      // Before OpenSSH 8.4 askpass was only for those who have a display.
      DISPLAY: process.env.DISPLAY || ':0',
    },
    isAsking: () => asking > 0,
    declined: () => declined,
    begin() {
      times.clear();
      declined = undefined;
    },
    close() {
      known.clear();
      server.close();
      process.removeListener('exit', remove);
      remove();
    },
  };
}

function parse(line: string): Asked {
  const { prompt, hint } = JSON.parse(line) as Record<string, unknown>;
  return { prompt: String(prompt), hint: String(hint) };
}
