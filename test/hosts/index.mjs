import { readdirSync } from 'node:fs';

/** @type {string[]} every folder here is a recorded host */
export const recordedHosts = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/**
 * @param {string} name
 * @returns {Promise<import('./record.mjs').RecordedHost>}
 */
export async function recordedHost(name) {
  if (!recordedHosts.includes(name))
    throw new Error(`There is no recorded host "${name}"; there are: ${recordedHosts.join(', ')}.`);
  const { default: host } = await import(new URL(`${name}/host.mjs`, import.meta.url).href);
  return host;
}
