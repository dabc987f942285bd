import { isObject } from './shapes';

const deepest = 12;
const mostLines = 5000;

/** JSON of no known form: its values, each in a line behind its name. */
export function anything(value: unknown, name = '', depth = 0): string[] {
  if (depth > deepest || value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one) => anything(one, name, depth + 1)).slice(0, mostLines);
  if (isObject(value))
    return Object.entries(value)
      .flatMap(([key, one]) => anything(one, key, depth + 1))
      .slice(0, mostLines);
  const lines = `${value as string | number | boolean}`.split('\n');
  return lines.length > 1 || name === '' ? lines : [`${name}: ${lines[0] ?? ''}`];
}
