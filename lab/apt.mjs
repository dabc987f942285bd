import { readdirSync, readFileSync } from 'node:fs';

/**
 * A package archive that this machine's apt already uses.
 *
 * @typedef {object} Archive
 * @property {string} uri
 * @property {string[]} suites
 * @property {string} signedBy path of the keyring, or "" for apt's own
 */

const folder = '/etc/apt/sources.list.d';

/**
 * The archive that carries Debian's main suites here, so that nobody is sent to a mirror they didn't choose.
 *
 * @param {string} suite a suite the archive is known to have, such as "bookworm"
 * @returns {Archive | undefined}
 */
export function archiveWith(suite) {
  return archives().find((archive) => archive.suites.includes(suite));
}

/** Any Debian archive of this machine, whatever release it runs: all releases are on the same mirror. */
export function debianArchive() {
  return archives().find((archive) => /\/debian\/?$/.test(archive.uri));
}

/** @returns {Archive[]} */
function archives() {
  const parts = existing(() => readdirSync(folder)) ?? [];
  return ['/etc/apt/sources.list', ...parts.map((name) => `${folder}/${name}`)].flatMap((file) => {
    const text = existing(() => readFileSync(file, 'utf8')) ?? '';
    if (file.endsWith('.sources')) return fromStanzas(text);
    return file.endsWith('.list') ? fromLines(text) : [];
  });
}

/** @param {string} text deb822, as in debian.sources */
export function fromStanzas(text) {
  return text
    .replace(/^#.*\n/gm, '')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const field = (/** @type {string} */ name) =>
        new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.trim() ?? '';
      if (!valuesIn(field('Types')).includes('deb') || /^(no|false|0)$/i.test(field('Enabled'))) return [];
      const signedBy = field('Signed-By').startsWith('/') ? field('Signed-By') : '';
      return valuesIn(field('URIs')).map((uri) => ({ uri, suites: valuesIn(field('Suites')), signedBy }));
    });
}

/** @param {string} text one line per suite, as in sources.list */
export function fromLines(text) {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri, suite] = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    if (!uri || !suite) return [];
    return [{ uri, suites: [suite], signedBy: /signed-by=(\/\S+)/.exec(options)?.[1] ?? '' }];
  });
}

/** @param {string} text */
function valuesIn(text) {
  return text.split(/\s+/).filter(Boolean);
}

/**
 * @template T
 * @param {() => T} read
 * @returns {T | undefined}
 */
function existing(read) {
  try {
    return read();
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}
