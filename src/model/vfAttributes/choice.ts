import type { Choice, IpVf, Parsed } from './attribute';

/** What a row of an attribute that is on or off says; `key` is its name in `ip -j`, `ipOption` its name in `ip link set`. */
export const onOff = (option: string, ipOption: string, key: string, on: string, off: string) => ({
  takes: 'on|off',
  read: (vf: IpVf): boolean | null => {
    const value = vf[key];
    return isBoolean(value) ? value : null;
  },
  is: isBoolean,
  text: asText,
  says: asText,
  ipOptions: (value: boolean) => [ipOption, asText(value)],
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

const asText = (value: boolean): string => (value ? 'on' : 'off');
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** Reads one of a few values. */
export function oneOf<T extends string>(option: string, values: readonly T[], text: string): Parsed<T> {
  const value = values.find((one) => one === text);
  if (value !== undefined) return { value };
  const list = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return { problem: `--${option} must be ${list}, not "${text}".` };
}
