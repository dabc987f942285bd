import { quote } from './quote';

/**
 * What the login shell is asked to run: a `sh` that reads the program from its standard input, as root where that
 * needs no password. sudo drops SSH_CONNECTION from the environment, so it travels as `$1`.
 */
const script = [
  'if [ "$(id -u)" -ne 0 ] && sudo -n true </dev/null >/dev/null 2>&1',
  'then exec sudo -n -- sh -s -- "$SSH_CONNECTION"',
  'else exec sh -s -- "$SSH_CONNECTION"; fi',
].join('\n');

export const bootstrapArgv: [string, ...string[]] = ['sh', '-c', script];

/** The same for ssh, which hands one string to whatever the user's login shell is. */
export const bootstrapCommand = `exec sh -c ${quote(script)}`;

/**
 * Frames a program so that nothing of it runs before all of it has arrived: a connection that breaks while it is sent
 * leaves half a function, which no shell executes. Standard input is closed to the commands in it.
 */
export const framed = (program: string): string =>
  `main() {\nexec </dev/null\n${program}\n}\nmain "$@"; exit $?\n`;
