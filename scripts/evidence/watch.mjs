/** Regular expressions that tell which of their alternatives matched, and can do without some of them. */
import { branchesOf, without } from './branches.mjs';

/** @typedef {import('./branches.mjs').Branch & { key: string, place: string, text: string, alone: RegExp }} Part */

/** @type {Map<string, Part[]>} */
const parts = new Map();
/**
 * The alternatives that matched since it was emptied.
 *
 * @type {Set<string>}
 */
export const matched = new Set();
/** @type {Set<string>} */
let left = new Set();

/** @param {Iterable<string>} keys the alternatives that don't exist until it is called again */
export function leaveOut(keys) {
  left = new Set(keys);
}

/** @param {string} key */
export const branch = (key) => [...parts.values()].flat().find((part) => part.key === key);

/** What a regular expression of the rules is while it is watched. */
export class Watched extends RegExp {
  /** @type {Part[]} */
  parts;

  /**
   * What derives from it, such as for `matchAll`, is watched by nobody.
   *
   * @override
   */
  static get [Symbol.species]() {
    return RegExp;
  }

  /**
   * @param {string | RegExp} pattern
   * @param {string | undefined} flags
   * @param {string} place the file that it stands in
   */
  constructor(pattern, flags, place) {
    super(pattern, flags);
    const id = `${place} /${this.source}/${this.flags}`;
    this.parts = parts.get(id) ?? partsOf(this, place, id);
    parts.set(id, this.parts);
  }

  /**
   * @override
   * @param {string} text
   * @returns {RegExpExecArray | null}
   */
  exec(text) {
    const gone = this.parts.filter(({ key }) => left.has(key));
    if (gone.length > 0) return this.#without(gone, text);
    const found = super.exec(text);
    if (found)
      for (const { key, alone } of this.parts)
        if (!matched.has(key) && alone.exec(text)?.[0] === found[0]) matched.add(key);
    return found;
  }

  /**
   * @param {readonly Part[]} gone
   * @param {string} text
   * @returns {RegExpExecArray | null}
   */
  #without(gone, text) {
    const rest = new RegExp(without(this.source, gone), this.flags);
    rest.lastIndex = this.lastIndex;
    const found = rest.exec(text);
    this.lastIndex = rest.lastIndex;
    return found;
  }
}

/**
 * @param {RegExp} pattern
 * @param {string} place
 * @param {string} id
 * @returns {Part[]}
 */
function partsOf({ source, flags }, place, id) {
  return branchesOf(source).map((one) => ({
    ...one,
    place,
    key: `${id} ${one.from}`,
    text: source.slice(one.from, one.to),
    alone: new RegExp(without(source, one.others), flags.replace(/[gy]/g, '')),
  }));
}
