import { anything } from './anything';
import { kubernetes } from './kubernetes';
import { dmesg, journal, logged } from './logs';
import { devlink, ipLinks } from './network';

const known = [dmesg, journal, kubernetes, ipLinks, devlink, logged];

/** Lines as the program prints them that isn't asked for JSON. */
function linesOf(value: unknown): string[] {
  const found = known.find(({ fits }) => fits(value));
  if (found) return found.lines(value);
  return Array.isArray(value) ? value.flatMap(linesOf) : anything(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const opens = /^\s*(?:\{|\[\s*(?:\{|$))/;
const closes = /^[}\]],?\s*$/;
const longest = 20_000;
/** Text in which so many braces begin no document isn't JSON. */
const mostTries = 50;

interface Found {
  value: object;
  until: number;
}
const document = (text: string, until: number): Found | null => {
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? { value, until } : null;
};

/** The document in one line, or over the lines up to the first that closes it. */
function documentAt(lines: readonly string[], at: number): Found | null {
  const first = lines[at] ?? '';
  const whole = document(first, at);
  if (whole || /^\s/.test(first)) return whole;
  const last = Math.min(lines.length, at + longest);
  for (let to = at + 1; to < last; to++)
    if (closes.test(lines[to] ?? '')) return document(lines.slice(at, to + 1).join('\n'), to);
  return null;
}

/** Text in which JSON, in a line of its own or over several, stands as text. */
export function withoutJson(text: string): string {
  if (!/^\s*[{[]/m.test(text)) return text;
  const whole = opens.test(text) ? document(text, 0) : null;
  if (whole) return linesOf(whole.value).join('\n');
  const lines = text.split(/\r?\n/);
  const out: string[] = [];
  let tries = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const tried = tries < mostTries && opens.test(line);
    const found = tried ? documentAt(lines, at) : null;
    if (tried && !found) tries++;
    if (found) {
      out.push(...linesOf(found.value));
      at = found.until;
    } else out.push(line);
  }
  return out.join('\n');
}
