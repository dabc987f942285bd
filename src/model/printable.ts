/**
 * Text from a host may contain characters that a terminal or an editor acts on, or that hide or reverse the text around them:
 * control characters (C0 and C1), bidirectional marks, zero-width characters. Line break and tab are not among them.
 */
export const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The text with each of them as an escape: `\x1b`, `\u202e`. */
export const printable = (text: string): string => text.replace(unprintable, escaped);

/** The same on one line: whatever it is called, it can't pass for a line of ours. */
export const onOneLine = (text: string): string =>
  printable(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));

/** A JSON document without any of them. In JSON they occur only in strings, where an escape says the same. */
export const printableJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(unprintable, (character) => `\\u${hex(character, 4)}`);

const escaped = (character: string): string =>
  character < '\u0100' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
const hex = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0');
