/** Why a program couldn't be run as root. */
export type PrivilegeProblem =
  | 'no-sudo'
  | 'no-account'
  | 'not-in-sudoers'
  | 'not-allowed'
  | 'requiretty'
  | 'wrong-password'
  | 'more-than-password'
  | 'other';

/** sudo refused. The message is what it said. */
export class PrivilegeError extends Error {
  override readonly name = 'PrivilegeError';
  constructor(
    readonly problem: PrivilegeProblem,
    said: string,
  ) {
    super(said);
  }
}

/** How programs of a host become root by a password. */
export interface Sudo {
  /** Why a password can't help: there is no sudo, or it refuses right away. */
  obstacle(signal?: AbortSignal): Promise<PrivilegeError | undefined>;
  /**
   * From now on programs run as root. The password stays in memory until {@link lock}, and goes to sudo's standard input
   * only. Rejects with PrivilegeError, and with HostError if the host can't be reached; nothing is kept then.
   */
  unlock(password: string, signal?: AbortSignal): Promise<void>;
  /** Whether programs run as root by a password. */
  isUnlocked(): boolean;
  /** Forgets the password: programs run as the user again. */
  lock(): void;
}

/** sudo's messages in the C locale, from its sources (plugins/sudoers: policy.c, logging.c, auth/sudo_auth.c). First match wins. */
const sayings: [RegExp, PrivilegeProblem][] = [
  [/you do not exist in the passwd|unknown u(?:ser|id)/, 'no-account'],
  [/you must have a tty to run sudo/, 'requiretty'],
  [/is not in the sudoers file|may not run sudo|is not allowed to run sudo/, 'not-in-sudoers'],
  [/is not allowed to execute/, 'not-allowed'],
  [/incorrect password attempt|Sorry, try again/, 'wrong-password'],
  [/sudo: (command )?not found/, 'no-sudo'],
];

export function privilegeError(said: string): PrivilegeError {
  const problem = sayings.find(([pattern]) => pattern.test(said))?.[1] ?? 'other';
  return new PrivilegeError(problem, lastLine(said));
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
