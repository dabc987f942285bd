/** Where a line of the evidence came from. */
export type Source = 'log' | 'lspci' | 'command' | 'error' | 'fact' | 'other';

/** One line of the evidence, without what the logger or the mail program put in front of it. */
export interface Line {
  /** As it was given; what a finding quotes. */
  raw: string;
  text: string;
  source: Source;
  /** Program that wrote it, when a journal says so: `kernel`, `NetworkManager` … */
  program: string | null;
  /** Driver and PCI address in front of a kernel message. */
  driver: string | null;
  pci: string | null;
  /** The message behind them; the whole text when there are none. */
  message: string;
}

/** Longer lines are cut for matching: no kernel prints them. */
const longest = 2000;

const escapes = /\x1b\[[0-9;?]*[A-Za-z]/g;
const bdf = '(?:[0-9a-f]{4,5}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]';

/** What may stand before a message; tried again and again from the left until none fits. */
const prefixes = [
  /^[\s>]+/,
  /^<\d{1,3}>/,
  /^\[\s{0,12}[+<]?\s{0,12}\d{1,9}\.\d{1,9}>?\](?:\[\s*[TC]\d+\])?\s*/,
  /^\[[^\][]{0,30}\d{1,2}:\d{2}(?::\d{2})?[^\][]{0,20}\]\s*/,
  /^kern(?:el)?\s*(?::\s*(?:emerg|alert|crit|err|warn|notice|info|debug)\s*)?:\s*/,
];
const journal =
  /^(?:[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) +(?:[\w.-]+ +)?([\w./@-]{1,40})(?:\[\d+\])?: /;
const device = new RegExp(
  `^([A-Za-z][\\w.-]{0,30}) (${bdf})(?:-[\\w-]{1,40})?(?: [^\\s:]{1,16})?(?: \\([^)]{1,40}\\))?: ?(.*)$`,
  'i',
);
const anyBdf = new RegExp(`(?<![\\w:.-])${bdf}(?![\\w.])`, 'i');

export function toLine(given: string, source: Source): Line {
  const raw = given.replace(/\r$/, '');
  let text = raw.length > longest ? raw.slice(0, longest) : raw;
  if (text.includes('\x1b')) text = text.replace(escapes, '');
  text = text.trim();
  let program: string | null = null;
  for (let changed = true; changed;) {
    const before = text;
    for (const prefix of prefixes) text = text.replace(prefix, '');
    const logged = journal.exec(text);
    if (logged) {
      program = logged[1] ?? null;
      text = text.slice(logged[0].length);
    }
    text = text.trimStart();
    changed = text !== before;
  }
  const spoken = device.exec(text);
  return {
    ...{ raw: raw.trimEnd(), text, source, program },
    driver: spoken?.[1] ?? null,
    pci: pciIn(spoken?.[2] ?? text),
    message: spoken?.[3] ?? text,
  };
}

/** The first PCI address in a text, in full form; of a path through bridges that of the device at its end. */
export function pciIn(text: string): string | null {
  const path = text.includes('/devices/pci') ? /\/devices\/pci\S+/.exec(text)?.[0] : undefined;
  const found = (
    path?.split('/').findLast((part) => anyBdf.test(part)) ?? anyBdf.exec(text)?.[0]
  )?.toLowerCase();
  return found === undefined ? null : fullPci(found);
}

export const fullPci = (pci: string): string =>
  pci.length > 7 ? pci.toLowerCase() : `0000:${pci}`.toLowerCase();
