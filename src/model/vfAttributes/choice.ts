import type { Choice, IpVf, Parsed } from './attribute';

/** What a row of an attribute that is on or off says; `key` is its name in `ip -j`, `word` the one of `ip link set`. */
export const onOff = (option: string, word: string, key: string, on: string, off: string) => ({
  takes: 'on|off',
  read: (vf: IpVf): boolean | null => {
    const value = vf[key];
    return isBoolean(value) ? value : null;
  },
  is: isBoolean,
  text: asWord,
  says: asWord,
  words: (value: boolean) => [word, asWord(value)],
  shows: (value: boolean) => `"${key}":${value}`,
  parse: (text: string): Parsed<boolean> => {
    const parsed = oneOf(option, ['on', 'off'], text);
    return 'problem' in parsed ? parsed : { value: parsed.value === 'on' };
  },
  choices: (): Choice<boolean>[] => [
    { label: 'On', description: on, value: true },
    { label: 'Off', description: off, value: false },
  ],
});

const asWord = (value: boolean): string => (value ? 'on' : 'off');
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** Reads one of a few words. */
export function oneOf<T extends string>(option: string, words: readonly T[], text: string): Parsed<T> {
  const value = words.find((word) => word === text);
  if (value !== undefined) return { value };
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return { problem: `--${option} must be ${list}, not "${text}".` };
}
