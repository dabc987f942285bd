import type { Host } from '../host/host';
import { PrivilegeError, type PrivilegeProblem } from '../host/privilege';
import { refuse, type Lack, type Refusal } from '../model/plan';
import type { AskPerson } from '../model/question';

/** The user whose programs should run as root, and the names of user and host. */
export interface Login {
  host: string;
  user: string;
}

const mostTries = 3;

/**
 * Asks a person for sudo's password, and tries it: three times at most. Resolves to undefined when programs run as
 * root from now on, else to why they don't. Rejects with HostError if the host can't be reached.
 */
export async function becomeRoot(
  host: Host,
  user: string,
  ask: AskPerson | undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<Refusal | undefined> {
  const login = { host: host.id, user };
  const { sudo } = host;
  const obstacle = sudo ? await sudo.obstacle(signal) : new PrivilegeError('no-sudo', '');
  if (obstacle || !sudo) return refusal(obstacle ?? new PrivilegeError('no-sudo', ''), login);
  if (!ask) return refuse('not-permitted', nobodyToAsk(login));
  for (let attempt = 1; ; attempt++) {
    const prompt = `[sudo] password for ${user} on ${host.id}`;
    const password = await ask({ kind: 'sudo', host: host.id, prompt, attempt }, signal);
    if (password === undefined)
      return refuse('no-password', `No password was given for ${user} on ${host.id}; nothing was changed.`);
    try {
      await sudo.unlock(password, signal);
      return undefined;
    } catch (error) {
      if (!(error instanceof PrivilegeError)) throw error;
      if (error.problem !== 'wrong-password' || attempt === mostTries) return refusal(error, login);
    }
  }
}

const refusal = (error: PrivilegeError, login: Login): Refusal => {
  const lacks = lacking[error.problem];
  return {
    ...refuse('not-permitted', sentences[error.problem](login, error.message)),
    ...(lacks ? { lacks } : {}),
  };
};

const lacking: { [Problem in PrivilegeProblem]?: Lack } = { 'no-sudo': 'sudo', 'not-in-sudoers': 'sudoers' };

/** What is wrong, and what the user or the administrator of the host can do. */
const sentences: Record<PrivilegeProblem, (login: Login, said: string) => string> = {
  'no-sudo': ({ host, user }) =>
    `This requires root on ${host}: ${user} is not root there, and sudo is not installed. Log in as root, or install sudo.`,
  'no-account': ({ host }) =>
    `This requires root on ${host}, and sudo works only for users with an account (an entry in /etc/passwd), which this user doesn't have. Run it as root or as a user with an account.`,
  'not-in-sudoers': ({ host, user }) =>
    `This requires root on ${host}, and ${user} is not in the sudoers file there. Log in as a user who is, or add ${user} to the group that may use sudo (sudo or wheel) and log in again.`,
  'not-allowed': ({ host, user }, said) =>
    `This requires root on ${host}, and sudo does not let ${user} run "sh" as root. sudo says: ${said} Log in as a user who may.`,
  requiretty: ({ host, user }) =>
    `sudo on ${host} only works on a terminal (requiretty). Add "Defaults:${user} !requiretty" to the sudoers file, or log in as root.`,
  'wrong-password': ({ host, user }) =>
    `sudo on ${host} rejected the password ${mostTries} times; nothing was changed. It expects the password of ${user} on that host, not root's and not the passphrase of a key.`,
  'more-than-password': ({ host, user }, said) =>
    `sudo on ${host} asks ${user} for more than a password ("${said}"), which is not supported. Log in as root, or let ${user} use sudo without a prompt.`,
  other: ({ host }, said) => `sudo on ${host} failed; it says: ${said || 'nothing'}.`,
};

const nobodyToAsk = ({ host, user }: Login): string =>
  `This requires root on ${host}: ${user} is not root there, sudo requires a password, and there is no terminal to ask on. Run it on a terminal, set SUDO_ASKPASS to a program that prints the password, log in as root, or let ${user} use sudo without a password.`;
