import { oneLine } from '../hostText';

export type Fact = [string, string | number | null | undefined];

/** The lines of a tooltip: the facts that are known. */
export const facts = (all: Fact[]): [string, string][] =>
  all
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, oneLine(String(value))]);
