import type { HostEvidence } from '../model/evidence';
import { EvidenceFormatError } from './evidenceFormatError';
import { readLiveFacts } from './liveFacts';
import { readPastedText } from './pastedText';

/**
 * Reads evidence from a file: a JSON document (`{ "evidence": { … } }` or the inner object alone; anything else
 * in it is ignored), or plain text pasted from a terminal in any mixture.
 */
export function parseEvidence(text: string): HostEvidence {
  const given = text.replace(/^\uFEFF/, '');
  const document = /^\s*\{/.test(given) ? json(given) : undefined;
  return document === undefined ? readPastedText(given) : fromJson(document);
}

/** Text that only begins like JSON (`{…}` in a log) is pasted text; a document cut short is an error. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\s*\{\s*"/.test(text))
      throw new EvidenceFormatError(
        `This looks like JSON, but it can't be parsed: ${error instanceof Error ? error.message : String(error)}.`,
      );
    return undefined;
  }
}

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fields = ['cmdline', 'dmesg', 'lspci', 'sysfs', 'commands', 'other', 'live'];

function fromJson(document: unknown): HostEvidence {
  const inner = isObject(document) && 'evidence' in document ? document.evidence : document;
  if (!isObject(inner)) throw new EvidenceFormatError('"evidence" must be an object.');
  if (!fields.some((field) => field in inner))
    throw new EvidenceFormatError(`This JSON contains no evidence: it has none of ${fields.join(', ')}.`);
  return {
    cmdline: cmdline(inner.cmdline),
    dmesg: lines(inner.dmesg, 'dmesg'),
    lspci: lines(inner.lspci, 'lspci'),
    sysfs: facts(inner.sysfs),
    commands: commands(inner.commands),
    other: lines(inner.other, 'other'),
    ...(isObject(inner.live) ? { live: readLiveFacts(inner.live, 'live') } : {}),
  };
}

function cmdline(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new EvidenceFormatError('"cmdline" must be a string or null.');
  return value;
}

/** A list of lines, or one text with line breaks in it. */
function lines(value: unknown, name: string): string[] {
  if (value === undefined || value === null) return [];
  const given = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(given) || !given.every((line) => typeof line === 'string'))
    throw new EvidenceFormatError(`"${name}" must be a list of lines.`);
  return given.flatMap((line) => line.split(/\r?\n/));
}

function facts(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new EvidenceFormatError('"sysfs" must be an object of paths and values.');
  return Object.fromEntries(
    Object.entries(value).map(([key, fact]) => [key, typeof fact === 'string' ? fact : JSON.stringify(fact)]),
  );
}

function commands(value: unknown): HostEvidence['commands'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new EvidenceFormatError('"commands" must be a list.');
  return value.map((entry: unknown) => {
    if (!isObject(entry) || typeof entry.command !== 'string')
      throw new EvidenceFormatError('Each of "commands" must have a "command" and an "error".');
    const { command, error } = entry;
    if (error !== null && error !== undefined && typeof error !== 'string')
      throw new EvidenceFormatError('The "error" of a command must be a string or null.');
    return { command, error: error ?? null };
  });
}
