import { networkInterfaces } from 'node:os';

/** The addresses by which this machine is in a network; those of a link alone come and go with containers. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((one) => !one.internal && !(one.family === 'IPv6' && one.scopeid !== 0))
    .map(({ address }) => address);
