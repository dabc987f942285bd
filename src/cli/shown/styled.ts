/** What a piece of text is to who reads it; colors.ts says how that looks on a terminal. */
export type Style = 'heading' | 'good' | 'doubtful' | 'bad' | 'quiet';

export interface Styled {
  style: Style;
  text: string;
}
export type Piece = string | Styled;
/** One line, whatever is in its pieces. */
export type Line = readonly Piece[];
/** A string is printed line by line as it is. */
export type Text = string | readonly Line[];

export const styled = (style: Style, text: string): Styled => ({ style, text });

export const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : piece.text);

/** How much room there is, and how moments are told. */
export interface View {
  /** Infinity where lines are as long as they are. */
  columns: number;
  /** A moment that is given as ISO 8601. */
  when: (iso: string) => string;
}

/** For who isn't at a terminal. */
export const elsewhere: View = { columns: Infinity, when: (iso) => iso };
