import type { LogOutputChannel } from 'vscode';
import { printable } from '../model/printable';
import type { Log } from './workbench';

/** Lines that are kept for a support bundle. */
const most = 2000;

/** The output channel, which is copied and sent on: what a host says stands in it as text that no terminal acts on. */
export function plainLog(
  channel: Pick<LogOutputChannel, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'show' | 'dispose'>,
): Log & { trace(line: string): void; debug(line: string): void; dispose(): void } {
  const kept: string[] = [];
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (line: string) => {
    const text = printable(line);
    channel[level](text);
    kept.push([new Date().toISOString(), level, text].join(' '));
    if (kept.length > most) kept.shift();
  };
  return {
    // What programs say is too much to keep, and more than anybody asked for.
    trace: (line) => channel.trace(printable(line)),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    show: () => channel.show(),
    lines: () => kept,
    dispose: () => channel.dispose(),
  };
}
