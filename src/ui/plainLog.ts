import type { LogOutputChannel } from 'vscode';
import { printable } from '../model/printable';
import type { Log } from './workbench';

/** The output channel, which is copied and sent on: what a host says stands in it as text that no terminal acts on. */
export const plainLog = (
  channel: Pick<LogOutputChannel, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'show' | 'dispose'>,
): Log & { trace(line: string): void; debug(line: string): void; dispose(): void } => ({
  trace: (line) => channel.trace(printable(line)),
  debug: (line) => channel.debug(printable(line)),
  info: (line) => channel.info(printable(line)),
  warn: (line) => channel.warn(printable(line)),
  error: (line) => channel.error(printable(line)),
  show: () => channel.show(),
  dispose: () => channel.dispose(),
});
