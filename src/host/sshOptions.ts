import { loadExeca } from './execa';

/** What the user's configuration says of a destination: keywords in lower case. */
export type SshConfig = ReadonlyMap<string, string>;

/** Asks ssh itself, which knows of Match and Include. Empty where it can't say: too old, or an error that the login will tell. */
export async function sshConfig(ssh: string, base: string[], destination: string): Promise<SshConfig> {
  const { execa } = await loadExeca();
  const ask = (...command: string[]) => execa(ssh, [...base, '-G', '--', destination, ...command], quickly);
  const first = await ask();
  // A configuration that sends ssh to the background is refused where there is no command.
  const { stdout, exitCode } = /without a command/.test(first.stderr) ? await ask('true') : first;
  if (exitCode !== 0) return new Map();
  const lines = stdout.split(/\r?\n/).map((line) => /^(\S+) (.*)$/.exec(line));
  return new Map(lines.flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? '']] : [])));
}

export const quickly = { reject: false, timeout: 10_000, stdin: 'ignore' } as const;

/**
 * What is for a person's own sessions only, and would keep a program from being run: a terminal, X11, forwards that another session
 * holds already.
 */
const always = ['-T', '-x', '-o', 'ClearAllForwardings=yes'];

/**
 * The same, of keywords that older versions of ssh don't know: they are overridden where the configuration uses them. A level of
 * the log that hides why a login failed, or hides it in a thousand lines, is one of them.
 */
const overrides: [keyword: string, inTheWay: RegExp, option: string][] = [
  ['remotecommand', /^(?!none$)/, 'RemoteCommand=none'],
  ['sessiontype', /^(?!default$)/, 'SessionType=default'],
  ['stdinnull', /^yes$/, 'StdinNull=no'],
  ['forkafterauthentication', /^yes$/, 'ForkAfterAuthentication=no'],
  ['tunnel', /^(?!(false|no)$)/, 'Tunnel=no'],
  ['loglevel', /^(SILENT|QUIET|FATAL|DEBUG\d?)$/, 'LogLevel=INFO'],
];

/** The options by which a program is run whatever the configuration wants of a login. All the rest of it applies. */
export const plainSession = (config: SshConfig): string[] => [
  ...always,
  ...overrides.flatMap(([keyword, inTheWay, option]) => {
    const value = config.get(keyword);
    return value !== undefined && inTheWay.test(value) ? ['-o', option] : [];
  }),
];
