import { oneLine } from '../hostText';

export type Fact = [string, string | number | null | undefined];

/** The lines of a tooltip: the facts that are known. */
export const facts = (all: Fact[]): [string, string][] => all.filter(isKnown).map(said);

/** The lines of a tooltip in groups: a string starts one and is its heading. */
export type Tooltip = (string | [string, string])[];

/** A tooltip that is made when it is looked at, from what it is made of: by that, rows of two snapshots are compared. */
export interface ToldLater {
  make(this: void, ...of: unknown[]): Tooltip;
  of: readonly unknown[];
}

export const later = <Of extends unknown[]>(make: (...of: Of) => Tooltip, ...of: Of): ToldLater => ({
  make,
  of,
});

export const linesOf = (tooltip: Tooltip | ToldLater): Tooltip =>
  Array.isArray(tooltip) ? tooltip : tooltip.make(...tooltip.of);

/** Without the facts that aren't known, and without a heading of nothing. */
export function grouped(all: (Fact | string)[]): Tooltip {
  const lines: Tooltip = [];
  let heading: string | undefined;
  for (const one of all) {
    if (typeof one === 'string') heading = one;
    else if (isKnown(one)) {
      if (heading !== undefined) lines.push(heading);
      heading = undefined;
      lines.push(said(one));
    }
  }
  return lines;
}

const isKnown = ([, value]: Fact): boolean => value !== null && value !== undefined && value !== '';
const said = ([name, value]: Fact): [string, string] => [name, oneLine(String(value))];
