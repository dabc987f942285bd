export type Fields = Record<string, unknown>;
export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const objects = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '';

/** A form of JSON that a program prints, and the lines in which the same program says it as text. */
export interface Shape {
  fits: (value: unknown) => boolean;
  lines: (value: unknown) => string[];
}

export const shape = <Read>(
  read: (value: unknown) => Read | null,
  lines: (found: Read) => string[],
): Shape => ({
  fits: (value) => read(value) !== null,
  lines: (value) => {
    const found = read(value);
    return found === null ? [] : lines(found);
  },
});
