import { styled, type Line } from '../shown/styled';
import type { Hint } from './hints';

/** One line: what is missing, and the command to get it. */
export const hintText = ({ missing, command, inWords, afterwards }: Hint, host: string): Line => [
  styled('heading', 'hint:'),
  ` missing: ${missing}. `,
  ...(command === undefined
    ? [inWords]
    : [
        `As root on ${host === 'local' ? 'this machine' : host}: `,
        styled('heading', command),
        ...(afterwards === undefined ? [] : [`; then ${afterwards}`]),
      ]),
];
