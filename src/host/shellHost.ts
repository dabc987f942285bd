import { randomBytes } from 'node:crypto';
import { bootstrap, bootstrapWithPassword, marksOf } from './bootstrap';
import { HostError, type Host, type RunOptions, type RunResult } from './host';
import { notRun } from './notRun';
import { PrivilegeError, privilegeError } from './privilege';
import { runProgram, type Answer, type Surroundings } from './run';

/** A way to a shell on some machine. */
export interface Way {
  id: string;
  /** The argv that runs a command there; `fresh`: with a login of its own. Rejects with HostError. */
  command(argv: readonly string[], fresh?: boolean): Promise<[string, ...string[]]>;
  /** The argv that runs a program there on a terminal. */
  terminal(program: string): Promise<[string, ...string[]]>;
  /** What that argv runs in. */
  surroundings?: () => Surroundings;
  /** Checks the result first; throws HostError if the connection was the problem. */
  check?: (answer: Answer) => void;
  /** Ends the shared connection, so that the next program logs in again. */
  hangUp?: () => Promise<void>;
  dispose?: () => Promise<void>;
}

/** A host reached by such a way; it holds sudo's password, while there is one. */
export function shellHost(way: Way): Host {
  let password: string | undefined;
  let isDisposed = false;

  const runBy = async (
    secret: string | undefined,
    program: string,
    options: RunOptions,
  ): Promise<RunResult> => {
    if (isDisposed) throw new HostError('lost', `${way.id} was disconnected; reconnect to continue.`, '');
    const marks = marksOf(randomBytes(12).toString('hex'));
    const login = secret === undefined ? bootstrap(marks) : bootstrapWithPassword(marks);
    const argv = await way.command(login, options.fresh);
    const talk = { program, marks, password: secret };
    const { reached, ...answer } = await runProgram(argv, talk, options, way.surroundings?.());
    way.check?.({ ...answer, reached });
    if (reached !== 'program') throw notRun(way.id, reached, answer);
    return answer;
  };

  return {
    id: way.id,
    async run(program, options = {}) {
      try {
        return await runBy(password, program, options);
      } catch (error) {
        // A password that no longer works isn't kept.
        if (error instanceof PrivilegeError) password = undefined;
        throw error;
      }
    },
    terminal: (program) => way.terminal(program),
    sudo: {
      async obstacle(signal) {
        const { stdout, exitCode } = await runBy(undefined, askSudo, { signal });
        if (exitCode === 0) return undefined;
        const error = privilegeError(stdout);
        return ['no-sudo', 'no-account', 'requiretty', 'not-in-sudoers'].includes(error.problem)
          ? error
          : undefined;
      },
      async unlock(secret, signal) {
        await runBy(secret, 'true', { signal });
        if (!isDisposed) password = secret;
      },
      isUnlocked: () => password !== undefined,
      lock() {
        password = undefined;
      },
    },
    hangUp: async () => way.hangUp?.(),
    async dispose() {
      isDisposed = true;
      password = undefined;
      await way.dispose?.();
    },
  };
}

const askSudo = `[ "$(id -u)" -ne 0 ] || exit 0
[ -n "$(command -v sudo)" ] || { echo 'sudo: not found'; exit 1; }
LC_ALL=C sudo -n true 2>&1`;
