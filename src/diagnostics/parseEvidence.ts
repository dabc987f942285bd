import type { HostEvidence } from '../model/evidence';
import { EvidenceFormatError } from './evidenceFormatError';
import { withoutJson } from './forms/json/asText';
import { isObject, type Fields } from './forms/json/shapes';
import { asLspciSays } from './forms/listings';
import { asTyped, refusePictures } from './forms/plain';
import { unwrapped } from './forms/wrapped';
import { readLiveFacts } from './liveFacts';
import { readPastedText } from './pastedText';
import { promptedCommand, rootsPrompt } from './view/prompt';

/**
 * Reads evidence from a file: a JSON document (`{ "evidence": { … } }` or the inner object alone; anything else
 * in it is ignored), or text pasted from a terminal, a mail or a web page in any mixture, JSON of other programs in it.
 */
export function parseEvidence(text: string): HostEvidence {
  const given = text.replace(/^\uFEFF/, '');
  refusePictures(given);
  const ours = /^\s*\{/.test(given) ? evidenceIn(given) : null;
  return ours ? fromJson(ours) : readPastedText(asLspciSays(unwrapped(asTyped(withoutJson(given)))));
}

/** The evidence of a document of ours; any other JSON, also one cut short, is text. */
function evidenceIn(text: string): Fields | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(document)) return null;
  const { evidence } = document;
  if (isObject(evidence)) return hasFields(evidence) ? evidence : null;
  return hasFields(document) && Object.keys(document).every((key) => fields.includes(key)) && !isLog(document)
    ? document
    : null;
}
/** What `dmesg -J` prints has one field of our name. */
const isLog = ({ dmesg }: Fields): boolean => Array.isArray(dmesg) && dmesg.some(isObject);

const fields = ['cmdline', 'dmesg', 'lspci', 'sysfs', 'commands', 'other', 'live'];
const hasFields = (given: Fields): boolean => fields.some((field) => field in given);

function fromJson(inner: Fields): HostEvidence {
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
    const { command: given, error } = entry;
    const prompted = promptedCommand(given.trim());
    const command = prompted === null || prompted === '' ? given : prompted;
    if (error !== null && error !== undefined && typeof error !== 'string')
      throw new EvidenceFormatError('The "error" of a command must be a string or null.');
    return {
      command,
      error: error ?? null,
      ...(entry.asRoot === true || rootsPrompt(given.trim()) ? { asRoot: true } : {}),
    };
  });
}
