import type { NamespaceRef } from '../../model/plan';
import { quoteAll } from '../../model/quote';
import { engineShell } from '../engineShell';
import { openNamespace } from '../openNamespace';
import namespaces from '../program/namespaces.sh';
import capture from './capture.sh';
import inside from './inside.sh';

/** What to capture, and in which form. */
export interface CaptureOrder {
  device: string;
  /** `null`: on the host. */
  namespace: NamespaceRef | null;
  filter: string;
  /** Our own ssh connection goes through it. */
  carriesSsh: boolean;
  as: 'packets' | 'text';
  count?: number | undefined;
}

/** Why a program did not begin, by its exit status. */
export const obstacles = {
  81: 'not-root',
  82: 'no-tcpdump',
  83: 'gone',
  84: 'no-device',
  85: 'bad-filter',
} as const;
export type Obstacle = (typeof obstacles)[keyof typeof obstacles];
const status = Object.fromEntries(Object.entries(obstacles).map(([code, name]) => [name, code])) as Record<
  Obstacle,
  string
>;

/** A program that prints the packets of a device; its standard input is that of a streamed program (host/bootstrap.ts). */
export const captureProgram = ({ as, count, ...order }: CaptureOrder): string =>
  `${begin(order)}
without_ssh ${quoteAll([order.filter])} ${order.carriesSsh ? '"$1"' : "''"}
capture ${quoteAll([order.device])} "$filter" ${quoteAll([
    ...(as === 'packets' ? ['-U', '-w', '-'] : ['-n', '-l']),
    ...['-s', '0', ...(count === undefined ? [] : ['-c', `${count}`])],
  ])}`;

/** A program that says what is wrong with a filter. */
export const filterProgram = (order: Pick<CaptureOrder, 'device' | 'namespace' | 'filter'>): string =>
  `${begin(order)}\nexit 0`;

const begin = ({ device, namespace, filter }: Pick<CaptureOrder, 'device' | 'namespace' | 'filter'>) =>
  `${engineShell}
${namespaces}
${inside}
${capture}
[ "$(id -u)" -eq 0 ] || exit ${status['not-root']}
[ -n "$(command -v tcpdump)" ] || exit ${status['no-tcpdump']}
${namespace ? `${openNamespace(7, namespace)} || exit ${status.gone}` : ':'}
${quoteAll(['has_device', device])} || exit ${status['no-device']}
said=$(${quoteAll(['check_filter', device, filter])}) || { printf '%s\\n' "$said" >&2; exit ${status['bad-filter']}; }`;
