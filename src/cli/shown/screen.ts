import type { Line } from './styled';

/** A terminal's whole screen, whose previous content comes back afterwards. */
export interface Screen {
  show: (lines: readonly Line[]) => void;
  /** Calls back when its size changes. */
  onResize: (then: () => void) => void;
  leave: () => void;
}

export interface ScreenStream {
  rows?: number;
  write(text: string): unknown;
  on?(event: 'resize', then: () => void): unknown;
  off?(event: 'resize', then: () => void): unknown;
}

/** The other buffer, without a cursor, and lines cut at the edge rather than wrapped (xterm's private modes). */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const leave = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const [home, restOfLine, restOfScreen] = ['\u001b[H', '\u001b[K', '\u001b[J'];

/** `written`: a line as it goes to that stream. */
export function openScreen(stream: ScreenStream, written: (line: Line) => string): Screen {
  let listener: (() => void) | undefined;
  stream.write(enter);
  return {
    show(lines) {
      const rows = stream.rows ?? 24;
      const hidden = lines.length - rows + 1;
      const shown: readonly Line[] =
        lines.length <= rows ? lines : [...lines.slice(0, rows - 1), [`… and ${hidden} more lines`]];
      const text = shown.map((line) => `${written(line)}${restOfLine}`).join('\n');
      stream.write(`${home}${text}${restOfScreen}`);
    },
    onResize(then) {
      listener = then;
      stream.on?.('resize', then);
    },
    leave() {
      if (listener) stream.off?.('resize', listener);
      stream.write(leave);
    },
  };
}
