import type { PciAddress } from '../../model/functions';
import type { Row, Subject } from '../tree/row';

/** What is said of a function's rates, and how that is read out. */
export interface RateText {
  shown: string;
  spoken: string;
}

/** The function that a row is about. */
export const functionOf = (subject: Subject): PciAddress | undefined =>
  subject.kind === 'pf' || subject.kind === 'vf'
    ? subject.pci
    : subject.kind === 'attachment'
      ? subject.vf
      : undefined;

/** Rows with the rates of their functions; those without any are the same rows. */
export function withRates(rows: Row[], textOf: (pci: PciAddress) => RateText | undefined): Row[] {
  const all = rows.map((row) => withRate(row, textOf));
  return all.every((row, index) => row === rows[index]) ? rows : all;
}

function withRate(row: Row, textOf: (pci: PciAddress) => RateText | undefined): Row {
  const pci = functionOf(row.subject);
  const text = pci === undefined ? undefined : textOf(pci);
  const children = withRates(row.children, textOf);
  if (text === undefined) return children === row.children ? row : { ...row, children };
  return {
    ...{ ...row, children },
    // Who switched them on wants to see them, and rows are cut off at their end.
    description: [text.shown, row.description].filter(Boolean).join(' · '),
    spoken: [row.spoken, text.spoken].join(', '),
  };
}
