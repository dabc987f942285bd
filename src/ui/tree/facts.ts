import { oneLine } from '../hostText';

export type Fact = [string, string | number | null | undefined];

/** The lines of a tooltip: the facts that are known. */
export const facts = (all: Fact[]): [string, string][] =>
  all.flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === '' ? [] : [[name, oneLine(String(value))]],
  );
