import { createHash } from 'node:crypto';

/** A MAC of our own making (locally administered, unicast): the same for the same parts. */
export function macFrom(...parts: string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest('hex');
  return `02:${digest.slice(0, 10).replace(/..(?!$)/g, '$&:')}`;
}
