import type { Question } from '../../model/wire/path';
import type { NamespaceRef } from '../../model/plan';
import { quoteAll } from '../../model/quote';
import { engineShell } from '../engineShell';
import { openNamespace } from '../openNamespace';
import namespaces from '../program/namespaces.sh';
import checkPath from './checkPath.sh';
import inside from './inside.sh';

/**
 * A program that asks everything in one round trip, in parallel where possible. If it could not begin, its answer is a section
 * `not-root` or `gone`.
 */
export const pathProgram = (namespace: NamespaceRef | null, questions: readonly Question[]): string =>
  `${engineShell}
${namespaces}
${inside}
${checkPath}
stop() { say "$1" ''; say end ''; exit; }
[ "$(id -u)" -eq 0 ] || stop not-root
${namespace ? `${openNamespace(7, namespace)} || stop gone` : ':'}
${(['before', 'together', 'after'] as const)
  .map((when) =>
    questions
      .filter((one) => one.when === when)
      .map((one) => asking(one, when === 'together' ? ' &' : ''))
      .join('\n'),
  )
  .join('\nwait\n')}
say end ''`;

const asking = ({ section, argv, onHost, program }: Question, how: string): string =>
  `if can ${program}; then ${quoteAll([onHost ? 'ask_host' : 'ask', section, ...argv])}${how}${how ? '' : ';'} fi`;
