import { HostError, type RunResult } from './host';

/** What hosts print when they accept a login but run nothing. First match wins. */
const sayings: [RegExp, (host: string) => string][] = [
  [/account is currently not available|account has no shell/i, (host) =>
    `${host} accepts the login, but the account has no login shell (nologin). Log in as a user who may run programs.`],
  [/password has expired|required to change your password|password change required/i, (host) =>
    `${host} accepts the login, but the password of the account has expired. Set a new one with "ssh ${host}" in a terminal.`],
  [/\/sh: (not found|No such file)|sh: command not found|Unknown command: sh/i, (host) =>
    `${host} accepts the login, but there is no "sh" on the path of the account.`],
]; // prettier-ignore

/**
 * The login was fine, but the program didn't run. `shell`: our own shell did, but its input had been read
 * before.
 */
export function notRun(
  host: string,
  reached: 'login' | 'shell',
  { exitCode, stdout, stderr }: RunResult,
): HostError {
  const said = `${stderr}${stdout}`;
  const name = host === 'local' ? 'this machine' : host;
  if (reached === 'shell')
    return new HostError(
      'shell',
      `A start-up file of the login shell on ${name} (.bashrc, .cshrc, config.fish) reads standard input, so programs don't get theirs. Make it do so only in interactive shells.`,
      said,
    );
  const known = sayings.find(([pattern]) => pattern.test(said));
  if (known) return new HostError('shell', known[1](name), said);
  const remark = said.trim().split('\n').at(-1)?.trim();
  return new HostError(
    'shell',
    `${name} accepts the login, but doesn't run programs: there may be a forced command, a restricted shell, or a start-up file of the login shell (.bashrc, .cshrc, config.fish) that exits or starts another program. ${remark ? `It said: ${remark}` : `It said nothing (exit status ${exitCode}).`}`,
    said,
  );
}
