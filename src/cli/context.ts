import type { HostControl } from '../control/hostControl';
import type { Values } from './options';
import type { Printer } from './printer';

/** What a command has to work with. */
export interface Context {
  control: HostControl;
  values: Values;
  positionals: string[];
  print: Printer;
  signal: AbortSignal;
}
