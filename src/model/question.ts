/** What ssh or sudo asks a person before it continues. */
export interface AccessQuestion {
  /**
   * `sudo`, `password`, `passphrase`, `code` and `secret` (whatever else ssh wants to know) are answered with a text that
   * must not be shown; `host-key` and `confirm` with `yes`; `notice` (touch the key) needs no answer.
   */
  kind: 'sudo' | 'host-key' | 'password' | 'passphrase' | 'code' | 'secret' | 'confirm' | 'notice';
  /** The host as the user addressed it; a jump host on the way to it may be the one that asks. */
  host: string;
  /** The prompt, in the words of the program that asks: one line, for `host-key` several. */
  prompt: string;
  /** 1 at first; more if the previous answer was wrong. */
  attempt: number;
}

/** Asks a person; undefined if there is no answer. The signal says that the answer is no longer needed. */
export type AskPerson = (question: AccessQuestion, signal: AbortSignal) => Promise<string | undefined>;
