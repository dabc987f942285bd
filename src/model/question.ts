/** What ssh or sudo wants to know from a person before it goes on. */
export interface AccessQuestion {
  /**
   * `sudo`, `password`, `passphrase`, `code` and `secret` (whatever else ssh wants to know) are answered with a text that
   * must not be shown; `host-key` and `confirm` with `yes`; `notice` (touch the key) needs no answer.
   */
  kind: 'sudo' | 'host-key' | 'password' | 'passphrase' | 'code' | 'secret' | 'confirm' | 'notice';
  /** The host as the user addressed it; a jump host on the way to it may be the one that asks. */
  host: string;
  /** What is asked for, as the program that asks puts it: one line, for `host-key` several. */
  prompt: string;
  /** 1 at first; more when the answer before was wrong. */
  attempt: number;
}

/** Asks a person; undefined when there is no answer. The signal says that nobody wants the answer any more. */
export type AskPerson = (question: AccessQuestion, signal: AbortSignal) => Promise<string | undefined>;
