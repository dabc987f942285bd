import { displayWidth } from './displayWidth';

/** The words of a text in lines of that many columns, indented by that many spaces. */
export const filled = (text: string, columns: number, indent = 0): string[] =>
  text
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const line = lines.at(-1);
      return line !== undefined && indent + displayWidth(line) + 1 + displayWidth(word) <= columns
        ? [...lines.slice(0, -1), `${line} ${word}`]
        : [...lines, word];
    }, [])
    .map((line) => `${' '.repeat(indent)}${line}`);
