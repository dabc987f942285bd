import { quote } from '../model/quote';

/** The marks by which both ends of a login recognize each other; the nonce in them keeps anything else from printing them. */
export interface Marks {
  /** Printed without a line break on standard error when sudo wants the password. */
  prompt: string;
  /** A line of standard error: from here on it is sudo that speaks. */
  sudo: string;
  /** A line of standard output and of standard error: our own shell runs. What came before is the login's noise. */
  ready: string;
  /** The first line that is sent. Whatever else takes what follows for commands exits by it. */
  key: string;
  /** A line of standard error: the first line that arrived was not the key. */
  eaten: string;
}

export const marksOf = (nonce: string): Marks => ({
  prompt: `[sudo ${nonce}]`,
  sudo: `@ sudo ${nonce}`,
  ready: `@ ready ${nonce}`,
  key: `exit 97 # ${nonce}`,
  eaten: `@ eaten ${nonce}`,
});

/**
 * The command that a login runs: a `sh` that reads the program from its standard input, as root where that needs no
 * password. sudo drops SSH_CONNECTION from the environment, so it travels as `$1`.
 */
export const bootstrap = (marks: Marks): string[] => [
  ...['sh', '-c', oneLine(asRootIfAllowed)],
  ...['sh', oneLine(gate(marks))],
];

/**
 * The same for a sudo that asks for a password. Nothing is sent before it is asked for: the password when sudo prints its
 * prompt, which it doesn't where it needs none, and the program when root's shell is ready. So neither can be taken for the
 * other. `-k` with a command: neither uses nor leaves a time stamp for others of this login.
 */
export const bootstrapWithPassword = (marks: Marks): string[] => [
  ...['sh', '-c', oneLine(byPassword(marks))],
  ...['sh', oneLine(gate(marks))],
];

/** What ssh is given: one line that sh, bash, zsh, tcsh and fish read alike. The login shell may be any of them. */
export const loginCommand = (argv: readonly string[]): string => `exec ${argv.map(quote).join(' ')}`;

/** The same for a whole program, whose standard input is the terminal. */
export const terminalCommand = (program: string): string =>
  loginCommand(['sh', '-c', `eval "$(echo ${Buffer.from(program).toString('base64')} | base64 -d)"`]);

/**
 * Frames a program so that nothing of it runs before all of it has arrived: a connection that breaks while it is sent
 * leaves half a function, which no shell executes. Standard input is closed to the commands in it.
 */
export const framed = (program: string, { key }: Marks): string =>
  `${key}\nmain() {\nexec </dev/null\n${program}\n}\nmain "$@"; exit $?\n`;

const asRootIfAllowed = `
if [ "$(id -u)" -ne 0 ] && sudo -n -- sh -c : </dev/null >/dev/null 2>&1;
then exec sudo -n -- sh -c "$1" sh "$SSH_CONNECTION";
else exec sh -c "$1" sh "$SSH_CONNECTION"; fi`;

const byPassword = ({ prompt, sudo }: Marks) => `
if [ "$(id -u)" -eq 0 ]; then exec sh -c "$1" sh "$SSH_CONNECTION"; fi;
echo >&2; echo "${sudo}" >&2;
LC_ALL=C exec sudo -k -S -p "${prompt}" -- sh -c "$1" sh "$SSH_CONNECTION"`;

/**
 * Says that it is there, and becomes the shell that reads the program. `read` takes one line and no byte more. A line that
 * is missing was read by something that ran before, so the rest isn't whole either.
 */
const gate = ({ ready, key, eaten }: Marks) => `
echo; echo "${ready}"; echo >&2; echo "${ready}" >&2;
IFS= read -r line; if [ "$line" = "${key}" ]; then exec sh -s -- "$1"; fi;
echo >&2; echo "${eaten}" >&2; exit 97`;

/**
 * csh takes no line break and no `!` between quotes, fish reads backslashes there, and each shell has a way of its own to write
 * a quote between quotes.
 */
function oneLine(script: string): string {
  const line = script.trim().replaceAll('\n', ' ');
  if (/['\\!]/.test(line)) throw new Error(`not every login shell can read ${line}`);
  return line;
}
