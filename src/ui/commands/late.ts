import type * as later from '../later';
import type { Handler } from './command';

/** A handler that is loaded with the first call of any of these, so that a view is there sooner. */
export const late =
  (name: Exclude<keyof typeof later, 'tools'>): Handler =>
  async (...call) =>
    (await import('../later'))[name](...call);
