import { printable, printableJson } from '../model/printable';
import { isColored, written, type ColorChoice } from './shown/colors';
import { openScreen, type Screen, type ScreenStream } from './shown/screen';
import { elsewhere, styled, type Line, type Text, type View } from './shown/styled';
import { ago } from './shown/times';

/**
 * Where text goes: answers to stdout, everything else to stderr. Nothing else writes there, so a host's names
 * are never more than text to a terminal.
 */
export interface Printer {
  /** The answer: as JSON if asked for, else as text. */
  answer: (value: unknown, text: (view: View) => Text) => void;
  /** One of several answers: with `--json`, one document per line. */
  oneOf: (value: unknown, text: (view: View) => Text) => void;
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
  /** How stdout is read. */
  view: View;
  /** Somebody reads it as it arrives. */
  isTerminal: boolean;
  /** Takes the whole screen; undefined if stdout isn't a terminal. */
  screen: (() => Screen) | undefined;
  /** Calls back when nobody reads stdout any longer. */
  onClosed: (then: () => void) => void;
}

/** Where a process writes to. */
export interface Stream extends ScreenStream {
  isTTY: boolean;
  columns?: number;
  on?(event: 'resize' | 'error', then: () => void): unknown;
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
  const document = (value: unknown, indent?: number) =>
    void stdout.write(`${printableJson(value, indent)}\n`);
  const isScreen = stdout.isTTY && !json && env.TERM !== 'dumb';
  const line = (one: Line) => written([one], isColored(stdout, color, env));
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
    isTerminal: stdout.isTTY,
    answer: (value, toText) => (json ? document(value) : text(toText(view))),
    oneOf: (value, toText) => (json ? document(value, 0) : text(toText(view))),
    screen: isScreen ? () => openScreen(stdout, line) : undefined,
    onClosed: (then) => void stdout.on?.('error', then),
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

/** If nobody may be reading live, lines have any length, and times are exact. */
const viewOf = (stream: Stream): View =>
  stream.isTTY
    ? {
        get columns() {
          return stream.columns ?? 80;
        },
        when: (iso) => ago(iso, Date.now()),
      }
    : elsewhere;
