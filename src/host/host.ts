import type { Sudo } from './privilege';

/** A machine that we can run shell programs on. Knows nothing of PCI, containers or VFs. */
export interface Host {
  /** `local`, or the ssh destination as the user wrote it. */
  readonly id: string;
  /**
   * Runs a POSIX shell program: one channel, one round trip. The program runs as root where the user is root or
   * `sudo -n` works, or by the password that {@link sudo} was given, else as the user; it can tell by `id -u`. Its `$1` is the `SSH_CONNECTION` of the login, or empty.
   *
   * Resolves with whatever the program exited with. Rejects with {@link HostError} when the host couldn't be reached
   * or the connection broke, with PrivilegeError when sudo takes its password no more, and with the signal's reason when it
   * was aborted.
   */
  run(program: string, options?: RunOptions): Promise<RunResult>;
  /**
   * The argv that runs a shell program on a terminal of the person's own: as the user, who is asked there whatever the login asks.
   * Absent where there is no machine behind it, as in a recording. Rejects with {@link HostError}.
   */
  terminal?(program: string): Promise<[string, ...string[]]>;
  /** Absent where nobody can become root by a password. */
  readonly sudo?: Sudo;
  /** Ends the login that programs share, so that the next one logs in again. Not the user's own shared connection. */
  hangUp?(): Promise<void>;
  /** Lets go of the connection, and of every password; nothing is run from here on. */
  dispose(): Promise<void>;
}

export interface RunOptions {
  /** Default 60 000; Infinity: it runs until it ends or `signal` aborts. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Logs in separately, without a shared connection: that it runs shows that the host is reachable. */
  fresh?: boolean;
  /** Called for each full line of standard output as it comes. */
  onLine?: (line: string) => void;
  /** Default true. Otherwise standard output is for `onLine` alone: a program that never ends would fill the memory. */
  keepOutput?: boolean;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Where on the way to the host it went wrong. `declined`: ssh asked, and the person didn't answer. `shell`: the login works,
 * but the host runs nothing that it is given.
 */
export type HostErrorPhase =
  | 'start'
  | 'resolve'
  | 'connect'
  | 'host-key'
  | 'login'
  | 'declined'
  | 'shell'
  | 'lost'
  | 'timeout'
  | 'unsupported';

/** The host couldn't be reached, or no longer. The message is a sentence for the user. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(
    readonly phase: HostErrorPhase,
    message: string,
    /** What the transport printed. */
    readonly detail: string,
    /** The program that is not on this machine. */
    readonly missing?: string,
  ) {
    super(message);
  }
}
