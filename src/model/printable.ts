/**
 * What a host says may hold characters that a terminal or an editor acts on, or that hide or turn what stands beside them:
 * control characters (C0 and C1), marks of the reading direction, zero-width characters. Line break and tab are none of them.
 */
export const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The text with each of them as what one would type for it: `\x1b`, `\u202e`. */
export const printable = (text: string): string => text.replace(unprintable, escaped);

/** The same on one line: whatever it is called, it can't pass for a line of ours. */
export const onOneLine = (text: string): string =>
  printable(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));

/** A JSON document that holds none of them as it is. In JSON they stand in strings only, where an escape says the same. */
export const printableJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(unprintable, (character) => `\\u${hex(character, 4)}`);

const escaped = (character: string): string =>
  character < '\u0100' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
const hex = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0');
