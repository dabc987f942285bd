import { networkInterfaces } from 'node:os';

/** This machine's addresses in a network; link-local ones come and go with containers. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((one) => !one.internal && !(one.family === 'IPv6' && one.scopeid !== 0))
    .map(({ address }) => address);
