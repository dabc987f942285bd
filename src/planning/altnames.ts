import type { Container } from '../model/container';
import type { VirtualFunction } from '../model/functions';

/** Every name that an interface of the container has. */
export const namesIn = ({ interfaces }: Container): string[] =>
  interfaces.flatMap((one) => [one.name, ...one.altnames]);

/** The other names of a device that can't go where these names are taken; its own new name is one of them. */
export const altnamesInTheWay = (
  { altnames }: Pick<VirtualFunction, 'altnames'>,
  taken: string[],
): string[] => altnames.filter((other) => taken.includes(other));
