import type { Writable } from 'node:stream';
import type { Sudo } from './privilege';

/** A machine that we can run shell programs on. Knows nothing about PCI, containers or VFs. */
export interface Host {
  /** `local`, or the ssh destination as the user wrote it. */
  readonly id: string;
  /**
   * Runs a POSIX shell program: one channel, one round trip. The program runs as root if the user is root or
   * `sudo -n` works, or by the password that {@link sudo} was given, else as the user; it can tell by `id -u`. Its `$1` is the `SSH_CONNECTION` of the login, or empty.
   *
   * Resolves with the program's exit status, whatever it is. Rejects with {@link HostError} if the host couldn't be reached
   * or the connection broke, with PrivilegeError if sudo no longer accepts the password, and with the signal's reason if it
   * was aborted.
   */
  run(program: string, options?: RunOptions): Promise<RunResult>;
  /**
   * The argv that runs a shell program on the person's own terminal: as the user, who answers the login's questions there.
   * Absent if there is no machine behind it, as in a recording. Rejects with {@link HostError}.
   */
  terminal?(program: string): Promise<[string, ...string[]]>;
  /** Absent if nobody can become root by a password. */
  readonly sudo?: Sudo;
  /** Ends the login that programs share, so that the next one logs in again. Not the user's own shared connection. */
  hangUp?(): Promise<void>;
  /** Drops the connection and every password; nothing runs from here on. */
  dispose(): Promise<void>;
}

export interface RunOptions {
  /** Default 60 000; Infinity: it runs until it ends or `signal` aborts. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Logs in separately, without a shared connection: if it runs, the host is reachable. */
  fresh?: boolean;
  /** Called for each full line of standard output as it arrives. */
  onLine?: (line: string) => void;
  /** Default true. Otherwise standard output goes to `onLine` only: a program that never ends would fill the memory. */
  keepOutput?: boolean;
  /** Standard output goes there, byte for byte and no faster than it is consumed, and is neither kept nor read line by line. */
  stream?: Stream;
}

/** The sink of a program that prints for as long as somebody reads. */
export interface Stream {
  to: Writable;
  /** No more output is wanted: the program is asked to end, and its remaining output is passed on. */
  stop: AbortSignal;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Where a connection failed. `declined`: ssh asked, and the person didn't answer. `shell`: the login works,
 * but the host runs no program.
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

/** The host couldn't be reached, or the connection was lost. The message is a sentence for the user. */
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
