import { configurationAnswer, evidenceAnswer } from './evidence.mjs';
import { probeAnswer } from './probe.mjs';

/**
 * The programs that only look, each by a line that it alone has: a change looks, too, when it is done.
 *
 * @type {[RegExp, (host: import('./record.mjs').RecordedHost) => [string, string][]][]}
 */
const looks = [
  [/^(whole "\$@"|named (functions|containers) )/m, probeAnswer],
  [/^\s*section iommu-units$/m, evidenceAnswer],
  [/^\s*section generated$/m, configurationAnswer],
];

/**
 * What a recorded host answers to a program of the product; undefined for one that it has no answer to.
 *
 * @param {import('./record.mjs').RecordedHost} host
 * @param {string} program
 */
export function answerTo(host, program) {
  const look = looks.find(([mark]) => mark.test(program));
  const nonce = /@@(\w+)@@ %s/.exec(program)?.[1];
  return look && nonce
    ? look[1](host)
        .map(([name, text]) => `@@${nonce}@@ ${name}\n${text}`)
        .join('')
    : undefined;
}
