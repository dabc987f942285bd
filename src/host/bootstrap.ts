import { quote } from './quote';

/**
 * What the login shell is asked to run: a `sh` that reads the program from its standard input, as root where that
 * needs no password. sudo drops SSH_CONNECTION from the environment, so it travels as `$1`.
 */
export const bootstrap = [
  'if [ "$(id -u)" -ne 0 ] && sudo -n true </dev/null >/dev/null 2>&1',
  'then exec sudo -n -- sh -s -- "$SSH_CONNECTION"',
  'else exec sh -s -- "$SSH_CONNECTION"; fi',
].join('\n');

/** The words between us and a sudo that asks for a password; nobody else can know them beforehand. */
export interface Marks {
  /** Printed without a line break on standard error when sudo wants the password. */
  prompt: string;
  /** A line of standard output: root's shell waits for the program. */
  ready: string;
}

export const marksOf = (nonce: string): Marks => ({
  prompt: `[sudo ${nonce}]`,
  ready: `@ ready ${nonce}`,
});

/**
 * The same for a sudo that asks for a password. Nothing is sent before it was asked for: the password when sudo prints its
 * prompt, which it doesn't where it needs none, and the program when root's shell is ready. So neither can be taken for the
 * other. `-k` with a command: neither uses nor leaves a time stamp for others of this login.
 */
export const bootstrapWithPassword = ({ prompt, ready }: Marks): string =>
  [
    `if [ "$(id -u)" -eq 0 ]; then echo ${quote(ready)}; exec sh -s -- "$SSH_CONNECTION"; fi`,
    `LC_ALL=C exec sudo -k -S -p ${quote(prompt)} -- sh -c 'echo "$1"; exec sh -s -- "$2"' sh ${quote(ready)} "$SSH_CONNECTION"`,
  ].join('\n');

/** What ssh is given, which hands one string to whatever the user's login shell is. */
export const loginCommand = (script: string): string => `exec sh -c ${quote(script)}`;

/**
 * Frames a program so that nothing of it runs before all of it has arrived: a connection that breaks while it is sent
 * leaves half a function, which no shell executes. Standard input is closed to the commands in it.
 */
export const framed = (program: string): string =>
  `main() {\nexec </dev/null\n${program}\n}\nmain "$@"; exit $?\n`;
