import { onOneLine, printable } from '../../model/printable';
import { textOf, type Piece, type Style, type Text } from './styled';

export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];

/** Whether a stream gets colors; https://no-color.org. */
export const isColored = (
  { isTTY = false }: { isTTY?: boolean },
  choice: ColorChoice,
  env: NodeJS.ProcessEnv,
): boolean => (choice === 'auto' ? isTTY && !env.NO_COLOR && env.TERM !== 'dumb' : choice === 'always');

/** Of ECMA-48 (SGR): what begins a style, and what ends it. */
const codes: Record<Style, [number, number]> = {
  heading: [1, 22],
  good: [32, 39],
  doubtful: [33, 39],
  bad: [31, 39],
  quiet: [2, 22],
};

/** The text as it is written. A host's names are never more than text. */
export const written = (text: Text, colored: boolean): string =>
  typeof text === 'string'
    ? printable(text)
    : text
        .map((line) =>
          line
            .map((piece) => writtenPiece(piece, colored))
            .join('')
            .trimEnd(),
        )
        .join('\n');

function writtenPiece(piece: Piece, colored: boolean): string {
  const text = onOneLine(textOf(piece));
  if (!colored || typeof piece === 'string' || text === '') return text;
  const [begin, end] = codes[piece.style];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
}
