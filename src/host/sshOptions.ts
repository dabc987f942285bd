import { loadExeca } from './execa';

/** The user's configuration for a destination: keywords in lower case. */
export type SshConfig = ReadonlyMap<string, string>;

/** Asks ssh itself, which handles Match and Include. Empty if it can't say: too old, or an error that the login will report. */
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
 * Settings for a person's own sessions that would keep a program from running: a terminal, X11, forwards that another session
 * holds already.
 */
const always = ['-T', '-x', '-o', 'ClearAllForwardings=yes'];

/**
 * The same for keywords that older versions of ssh don't know: they are overridden if the configuration uses them. One of them is a
 * log level that hides why a login failed, or buries it in a thousand lines.
 */
const overrides: [keyword: string, inTheWay: RegExp, option: string][] = [
  ['remotecommand', /^(?!none$)/, 'RemoteCommand=none'],
  ['sessiontype', /^(?!default$)/, 'SessionType=default'],
  ['stdinnull', /^yes$/, 'StdinNull=no'],
  ['forkafterauthentication', /^yes$/, 'ForkAfterAuthentication=no'],
  ['tunnel', /^(?!(false|no)$)/, 'Tunnel=no'],
  ['loglevel', /^(SILENT|QUIET|FATAL|DEBUG\d?)$/, 'LogLevel=INFO'],
];

/** The options that let a program run whatever the configuration says about logins. The rest of it applies. */
export const plainSession = (config: SshConfig): string[] => [
  ...always,
  ...overrides.flatMap(([keyword, inTheWay, option]) => {
    const value = config.get(keyword);
    return value !== undefined && inTheWay.test(value) ? ['-o', option] : [];
  }),
];
