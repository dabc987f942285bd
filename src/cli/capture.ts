import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import type { CaptureRequest } from '../control/hostControl';
import { isRefusal } from '../model/plan';
import { onOneLine } from '../model/printable';
import { hint } from './change';
import type { Context } from './context';
import { exit, exitOfRefusal } from './exitCodes';
import { hintsForRefusal } from './hints/hints';
import type { Values } from './options';
import type { Printer } from './printer';
import { UsageError } from './usage';

/** Shows the packets of an interface, or writes them as a capture file; the first Ctrl-C ends it and keeps what was captured. */
export async function captureCommand(context: Context): Promise<number> {
  const { control, values, positionals, print, signal } = context;
  const request = captureRequest(positionals, values);
  if (values.write === '-' && print.isTerminal)
    throw new UsageError('A capture is binary, and stdout is a terminal: write it to a file or a pipe.');
  const to = await target(values.write, print);
  const captured = await control.capture(request, {
    ...{ to, stop: signal },
    onBegin({ label, notes }) {
      for (const note of notes) print.progress(note);
      print.progress(`Capturing ${onOneLine(label)}. Ctrl-C ends it.`);
    },
  });
  if (isRefusal(captured)) {
    print.problem(captured.reason);
    hint(context, hintsForRefusal(captured, control.snapshot));
    return captured.code === 'invalid' ? exit.usage : exitOfRefusal(captured.code);
  }
  if (to !== process.stdout && !to.destroyed) {
    to.end();
    await once(to, 'close');
  }
  const { packets, dropped } = captured;
  print.progress(
    `${packets} ${packets === 1 ? 'packet' : 'packets'}, ${dropped ?? 'an unknown number'} dropped by kernel`,
  );
  return exit.done;
}

/** Impossible arguments are a usage error; the filter is checked by the host's tcpdump. */
export function captureRequest([on = '']: string[], values: Values): CaptureRequest {
  const { filter, write } = values;
  if (filter?.includes('\0')) throw new UsageError('A filter must not contain NUL.');
  if (values.json) throw new UsageError('"sriov capture" does not take --json: it prints packets.');
  if (values.size !== undefined && write === undefined)
    throw new UsageError('--size limits a file: it requires -w.');
  return {
    ...{ on, filter, as: write === undefined ? 'text' : 'packets' },
    count: numberOf('count', values.count),
    seconds: numberOf('seconds', values.seconds),
    mebibytes: numberOf('size', values.size),
  };
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--${option} must be a number from 1, not "${text}".`);
  return Number(text);
}

async function target(file: string | undefined, print: Printer): Promise<Writable> {
  if (file === undefined) return lines(print);
  if (file === '-') {
    // The reader is gone; the stream itself tells the capture.
    print.onClosed(() => {});
    return process.stdout;
  }
  const stream = createWriteStream(file, { mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new UsageError(
      `Could not write ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return stream;
}

/** Each line as text: the content of packets must not act on a terminal. */
function lines(print: Printer): Writable {
  let begun = '';
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      const all = (begun + piece.toString('latin1')).split('\n');
      begun = all.pop() ?? '';
      for (const line of all) print.text(onOneLine(line.replaceAll('\t', '  ')));
      done();
    },
  });
  print.onClosed(() => stream.destroy());
  return stream;
}
