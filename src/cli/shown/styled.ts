/** What a piece of text means to its reader; colors.ts says how it looks on a terminal. */
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

/** How much room there is, and how times are written. */
export interface View {
  /** Infinity if lines may have any length. */
  columns: number;
  /** A time given as ISO 8601. */
  when: (iso: string) => string;
}

/** For readers without a terminal. */
export const elsewhere: View = { columns: Infinity, when: (iso) => iso };
