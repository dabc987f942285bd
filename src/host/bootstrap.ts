import { quote } from '../model/quote';

/** The marks by which both ends of a login recognize each other; the nonce in them keeps anything else from printing them. */
export interface Marks {
  /** Printed without a line break on standard error when sudo asks for the password. */
  prompt: string;
  /** A line of standard error: what follows is from sudo. */
  sudo: string;
  /** A line of standard output and of standard error: our own shell runs. Everything before is noise of the login. */
  ready: string;
  /** The first line that is sent. Anything else that would run what follows as commands exits on it. */
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
 * The command that a login runs: a `sh` that reads the program from its standard input, as root if that needs no
 * password. sudo drops SSH_CONNECTION from the environment, so it travels as `$1`.
 */
export const bootstrap = (marks: Marks): string[] => [
  ...['sh', '-c', oneLine(asRootIfAllowed)],
  ...['sh', oneLine(gate(marks))],
];

/**
 * The same for a sudo that asks for a password. Nothing is sent before it is requested: the password when sudo prints its
 * prompt, which it doesn't if it needs none, and the program when root's shell is ready. So neither can be taken for the
 * other. `-k` with a command: neither uses nor leaves a time stamp for others of this login.
 */
export const bootstrapWithPassword = (marks: Marks): string[] => [
  ...['sh', '-c', oneLine(byPassword(marks))],
  ...['sh', oneLine(gate(marks))],
];

/** The command for ssh: one line that sh, bash, zsh, tcsh and fish read alike. The login shell may be any of them. */
export const loginCommand = (argv: readonly string[]): string => `exec ${argv.map(quote).join(' ')}`;

/** The same for a whole program, whose standard input is the terminal. */
export const terminalCommand = (program: string): string =>
  loginCommand(['sh', '-c', `eval "$(echo ${Buffer.from(program).toString('base64')} | base64 -d)"`]);

/**
 * Frames a program so that none of it runs before all of it has arrived: a connection that breaks while sending
 * leaves half a function, which no shell executes. Standard input is closed to the commands in it; of one whose output is
 * streamed, descriptor 9 has what follows the program: a line now and then for as long as somebody reads.
 */
export const framed = (program: string, { key }: Marks, isStreamed = false): string =>
  `${key}\nmain() {\nexec ${isStreamed ? '9<&0 ' : ''}</dev/null\n${program}\n}\nmain "$@"; exit $?\n`;

/** Whoever is root already goes on in the same shell: another one costs as much as a step of a change. */
const asRootIfAllowed = `
g=$1; set -- "$SSH_CONNECTION";
if [ "$(id -u)" -ne 0 ] && sudo -n -- sh -c : </dev/null >/dev/null 2>&1;
then exec sudo -n -- sh -c "$g" sh "$1"; fi;
eval "$g"`;

const byPassword = ({ prompt, sudo }: Marks) => `
g=$1; set -- "$SSH_CONNECTION";
if [ "$(id -u)" -eq 0 ]; then eval "$g"; fi;
echo >&2; echo "${sudo}" >&2;
LC_ALL=C exec sudo -k -S -p "${prompt}" -- sh -c "$g" sh "$1"`;

/**
 * Prints its mark, and becomes the shell that reads the program. `read` takes one line and not a byte more. A line that
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
