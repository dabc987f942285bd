import type { Handler } from '../command';
import type * as handlers from './handlers';

type Handlers = typeof handlers;

/** One of these handlers, which are loaded with the first call of any: few sessions go into a container. */
export const inside =
  (name: keyof Handlers): Handler =>
  async (...call) =>
    (await import('./handlers'))[name](...call);
