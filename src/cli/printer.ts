import { printable, printableJson } from '../model/printable';
import { isColored, written, type ColorChoice } from './shown/colors';
import { elsewhere, styled, type Text, type View } from './shown/styled';
import { ago } from './shown/times';

/**
 * Where text goes: answers to stdout, everything else to stderr. Nothing else writes there, so what a host calls its things
 * is never more than text to a terminal.
 */
export interface Printer {
  /** The answer: as JSON where that was asked for, else as text. */
  answer: (value: unknown, text: (view: View) => Text) => void;
  /** Text on stdout. */
  text: (text: Text) => void;
  /** A program on stdout: byte for byte into a file or a pipe. */
  program: (program: string) => void;
  /** Progress and remarks on stderr. */
  progress: (text: Text) => void;
  /** On stderr, too: what went wrong. */
  problem: (message: string) => void;
  /** Why it didn't work; with `--json` also as the document. */
  failure: (status: string, message: string) => void;
  /** What stdout is for who reads it. */
  view: View;
}

/** Where a process writes to. */
export interface Stream {
  isTTY: boolean;
  columns?: number;
  write(text: string): unknown;
}

interface Settings {
  json: boolean;
  color?: ColorChoice;
  env?: NodeJS.ProcessEnv;
}

export function printer(
  { json, color = 'auto', env = process.env }: Settings,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): Printer {
  const to = (stream: Stream) => {
    const colored = isColored(stream, color, env);
    return (text: Text) => void stream.write(`${written(text, colored)}\n`);
  };
  const text = to(stdout);
  const progress = to(stderr);
  const document = (value: unknown) => void stdout.write(`${printableJson(value)}\n`);
  const problem = (message: string) =>
    progress([
      [styled('bad', 'sriov:'), ` ${message.split('\n', 1)[0]}`],
      ...message
        .split('\n')
        .slice(1)
        .map((line) => [line]),
    ]);
  const view = viewOf(stdout);
  return {
    text,
    progress,
    problem,
    view,
    answer: (value, toText) => (json ? document(value) : text(toText(view))),
    program(program) {
      if (!stdout.isTTY || printable(program) === program) return void stdout.write(`${program}\n`);
      text(program);
      progress('Control characters are shown as escapes; redirect to a file for the exact output.');
    },
    failure(status, message) {
      problem(message);
      if (json) document({ status, message });
    },
  };
}

/** Where nobody may read it at once, lines are as long as they are, and times are exact. */
const viewOf = ({ isTTY, columns = 80 }: Stream): View =>
  isTTY ? { columns, when: (iso) => ago(iso, Date.now()) } : elsewhere;
