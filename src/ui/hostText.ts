import { unprintable } from '../model/printable';

/**
 * What a host calls its things is hostile text: a container, a namespace or a kernel message may hold icons, links,
 * line breaks or characters that turn the reading direction. Each place that shows text has its own way to be fooled.
 */

/** One line of plain text, for tree rows, spoken sentences and file names. */
export const oneLine = (text: string): string => text.replace(notOnOneLine, '\ufffd');

const notOnOneLine = new RegExp(`[\\n\\t]|${unprintable.source}`, 'g');

/** For labels that draw `$(icon)`: quick picks and the status bar. */
export const label = (text: string): string => oneLine(text).replaceAll('$(', '\\$(');

/** For notifications, which turn `[text](target)` into a link, commands included. */
export const message = (text: string): string => oneLine(text).replaceAll('](', '] (');

/** For input boxes, which do both: what they ask, and what they say is wrong. */
export const prompt = (text: string): string => label(message(text));

/** Several lines, for documents that are no program: line breaks stay, tricks don't. */
export const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => oneLine(line.replaceAll('\t', '  ')))
    .join('\n');
