import type { Container } from '../model/container';
import type { VirtualFunction } from '../model/functions';

/** Every name that an interface of the container has. */
export const namesIn = ({ interfaces }: Container): string[] =>
  interfaces.flatMap((one) => [one.name, ...one.altnames]);

/** The other names of a device that can't go where those are taken; so is its own new name. */
export const altnamesInTheWay = (
  { altnames }: Pick<VirtualFunction, 'altnames'>,
  isTaken: (name: string) => boolean,
): string[] => altnames.filter(isTaken);
