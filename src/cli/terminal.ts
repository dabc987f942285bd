import { openSync, closeSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { printable } from '../model/printable';

/** The terminal that the command was typed at, whatever its streams were redirected to. */
export interface Terminal {
  /** One line; without `echo` nothing of it is shown. Undefined after Ctrl-C, Ctrl-D and an abort. */
  question(text: string, options: { echo: boolean; signal: AbortSignal }): Promise<string | undefined>;
  say(text: string): void;
}

/** Undefined when there is none, or when neither input nor messages of this command go to it. */
export function openTerminal(): Terminal | undefined {
  if (!process.stdin.isTTY && !process.stderr.isTTY) return undefined;
  try {
    closeSync(openSync('/dev/tty', 'r+'));
  } catch {
    return undefined;
  }
  return {
    question: (text, options) => readLine(text, options),
    say: (text) => {
      const terminal = new WriteStream(openSync('/dev/tty', 'w'));
      terminal.end(`${printable(text)}\n`);
    },
  };
}

/** Key by key: in this mode the terminal shows nothing by itself, and Ctrl-C is a key like others. */
function readLine(
  text: string,
  { echo, signal }: { echo: boolean; signal: AbortSignal },
): Promise<string | undefined> {
  const input = new ReadStream(openSync('/dev/tty', 'r'));
  const output = new WriteStream(openSync('/dev/tty', 'w'));
  input.setRawMode(true);
  input.setEncoding('utf8');
  output.write(printable(text));
  return new Promise((resolve) => {
    let line = '';
    const end = (answer: string | undefined) => {
      signal.removeEventListener('abort', give);
      input.setRawMode(false);
      input.destroy();
      output.end('\n');
      resolve(answer);
    };
    const give = () => end(undefined);
    signal.addEventListener('abort', give, { once: true });
    if (signal.aborted) give();
    input.on('data', (keys: string) => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') return end(line);
        if (key === '\u0003' || (key === '\u0004' && line === '')) return end(undefined);
        if (key === '\u007f' || key === '\b') {
          if (echo && line !== '') output.write('\b \b');
          line = [...line].slice(0, -1).join('');
        } else if (key === '\u0015') {
          if (echo) output.write('\b \b'.repeat([...line].length));
          line = '';
        } else if (key >= ' ') {
          line += key;
          if (echo) output.write(printable(key));
        }
      }
    });
  });
}
