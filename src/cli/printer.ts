import { printable, printableJson } from '../model/printable';

/**
 * Where text goes: answers to stdout, everything else to stderr. Nothing else writes there, so what a host calls its things
 * is never more than text to a terminal.
 */
export interface Printer {
  /** The answer: as JSON where that was asked for, else as text. */
  answer: (value: unknown, text: () => string) => void;
  /** Text on stdout. */
  text: (text: string) => void;
  /** A program on stdout: byte for byte into a file or a pipe. */
  program: (program: string) => void;
  /** Progress and remarks on stderr. */
  progress: (text: string) => void;
  /** Why it didn't work; with `--json` also as the document. */
  failure: (status: string, message: string) => void;
}

/** Where a process writes to. */
interface Stream {
  isTTY: boolean;
  write(text: string): unknown;
}

export function printer(
  json: boolean,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): Printer {
  const out = (text: string) => stdout.write(`${text}\n`);
  const text = (given: string) => void out(printable(given));
  const progress = (given: string) => void stderr.write(`${printable(given)}\n`);
  return {
    text,
    progress,
    answer: (value, toText) => void (json ? out(printableJson(value)) : text(toText())),
    program(program) {
      if (!stdout.isTTY || printable(program) === program) return void out(program);
      text(program);
      progress('Control characters are shown as escapes; redirect to a file for the exact output.');
    },
    failure(status, message) {
      progress(`sriov: ${message}`);
      if (json) out(printableJson({ status, message }));
    },
  };
}
