import { createHash } from 'node:crypto';

/** A MAC of our own making (locally administered, unicast): the same for the same words. */
export function macFrom(...words: string[]): string {
  const digest = createHash('sha256').update(words.join('\0')).digest('hex');
  return `02:${digest.slice(0, 10).replace(/..(?!$)/g, '$&:')}`;
}
