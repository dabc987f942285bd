/**
 * The systems a guest can run: one row each, and an image each.
 *
 * @typedef {object} System
 * @property {string} suite the release's code name, as archives know it
 * @property {string[]} packages what it needs beside `image/packages.txt`
 */

/** @satisfies {Record<string, System>} */
export const systems = {
  debian13: { suite: 'trixie', packages: ['docker-cli', 'curl'] },
  debian12: { suite: 'bookworm', packages: [] },
};

/** @typedef {keyof typeof systems} SystemName */
