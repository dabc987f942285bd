import { parseDestination } from '../../model/destination';
import { quote, quoteAll } from '../../model/quote';
import type { OnWire } from './onWire';

/** How the host of a capture is reached from the person's computer. */
export interface From {
  /** `local`: it is that computer. */
  host: string;
  /** As `ssh -F`; empty: the usual one. */
  configFile: string;
  isRoot: boolean;
}

/** A command line that captures packets and shows them in Wireshark as they come. */
export function captureLine(
  { device, namespace, carriesSsh }: OnWire,
  { host, configFile, isRoot }: From,
  filter: string,
  count: number | undefined,
): string {
  const isHere = host === 'local';
  const all = carriesSsh && !isHere ? withoutSsh(filter, portOf(host)) : filter;
  const capture = quoteAll([
    ...(isRoot ? [] : ['sudo']),
    ...(namespace ? ['nsenter', `--net=${namespace.path}`] : []),
    ...['tcpdump', '-i', device, '-U', '-s', '0', '-w', '-'],
    ...(count === undefined ? [] : ['-c', `${count}`]),
    ...(all === '' ? [] : ['--', all]),
  ]);
  const config = configFile === '' ? [] : ['-F', configFile];
  const there = isHere ? capture : `${quoteAll(['ssh', ...config, '--', host])} ${quote(capture)}`;
  return `${there} | wireshark -k -i -`;
}

/** As the capture itself leaves it out (capture.sh). */
const withoutSsh = (filter: string, port: string): string =>
  `${filter === '' ? '' : `(${filter}) and `}not (tcp port ${port} or (vlan and tcp port ${port}))`;

function portOf(host: string): string {
  const read = parseDestination(host);
  return (typeof read === 'string' ? undefined : read.port) ?? '22';
}
