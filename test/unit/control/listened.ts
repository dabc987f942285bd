import { vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { Hearing, HostControl } from '../../../src/control/hostControl';
import type { HostError } from '../../../src/host/host';
import { type Host, type RunOptions, type RunResult } from '../../../src/host/host';

/** What a look at the host of these tests says. */
export const quiet: Record<string, string> = {
  ...{ login: '0\nroot', asker: '0', uname: 'Linux\nbox\n6.1', 'boot-id': 'b', 'engine docker': 'ok' },
  'containers docker': '',
};

/** A stream that a host was asked for. */
export interface Stream {
  /** Prints one of its lines, as the host would. */
  say: (words: string) => void;
  /** Prints any line. */
  print: (line: string) => void;
  end: (result: RunResult) => void;
  fail: (error: Error) => void;
  signal: AbortSignal;
}

/** A host in memory that can be listened to: what it ran is in `looks` and `streams`. */
export class ListenedHost implements Host {
  readonly id = 'box';
  readonly streams: Stream[] = [];
  /** `whole`, or `narrow` and what follows, or `namespaces all`. */
  readonly looks: string[] = [];
  sections = quiet;
  /** Milliseconds that a look takes. */
  takes = 0;
  /** How many looks run now, and the most there ever were. */
  running = 0;
  most = 0;
  failure: HostError | undefined;

  async run(program: string, options: RunOptions = {}): Promise<RunResult> {
    const nonce = /@@([0-9a-f]{24})@@/.exec(program)?.[1] ?? '';
    if (options.timeoutMs === Infinity) return this.stream(nonce, options);
    this.looks.push(
      /^(whole|namespaces all|narrow --(?: all| '\d+ [^']*')*)(?= "\$@"| *$| \|)/m
        .exec(program)?.[0]
        .replace(' --', '') ?? 'other',
    );
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    await new Promise((resolve) => setTimeout(resolve, this.takes));
    this.running -= 1;
    if (this.failure) throw this.failure;
    const stdout = Object.entries({ ...this.sections, end: '' })
      .map(([name, body]) => `@@${nonce}@@ ${name}\n${body}\n`)
      .join('');
    return { exitCode: 0, stdout, stderr: '' };
  }

  private stream(nonce: string, { onLine, signal }: RunOptions): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const print = (line: string) => onLine?.(line);
      const say = (words: string) => print(`@@${nonce}@@ ${words}`);
      this.streams.push({ say, print, end: resolve, fail: reject, signal: signal! });
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  get last(): Stream {
    return this.streams.at(-1)!;
  }

  dispose = () => Promise.resolve();
}

/** Seconds by the fake clock. */
export const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

/** Read, followed, and heard by everything there is; the looks until then are forgotten. */
export async function live(host = new ListenedHost()): Promise<{
  host: ListenedHost;
  control: HostControl;
  heard: Hearing[];
  stop: () => void;
}> {
  const control = createHostControl(host);
  const first = control.refresh();
  await pass(1);
  await first;
  const heard: Hearing[] = [];
  const stop = control.follow((now) => heard.push(now));
  await pass(0);
  for (const words of ['began', 'hears ip', 'hears udevadm', 'hears docker']) host.last.say(words);
  await pass(1);
  host.looks.length = 0;
  return { host, control, heard, stop };
}
