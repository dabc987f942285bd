import type { Host } from '../host/host';
import { PrivilegeError, type PrivilegeProblem } from '../host/privilege';
import { refuse, type Refusal } from '../model/plan';
import type { AskPerson } from '../model/question';

/** The user whose programs are to run as root, and how both are called. */
export interface Login {
  host: string;
  user: string;
}

const mostTries = 3;

/**
 * Has a person give the password for sudo, and sees that it works: three tries. Resolves to undefined when programs run as
 * root from here on, else to why they don't. Rejects with HostError when the host can't be reached.
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

const refusal = (error: PrivilegeError, login: Login): Refusal =>
  refuse('not-permitted', sentences[error.problem](login, error.message));

/** What is wrong, and what the person or whoever administers the host can do. */
const sentences: Record<PrivilegeProblem, (login: Login, said: string) => string> = {
  'no-sudo': ({ host, user }) =>
    `Changing ${host} takes root: ${user} is not root there, and sudo is not installed. Log in as root, or have sudo installed.`,
  'no-account': ({ host }) =>
    `Changing ${host} takes root, and sudo there works only for users with an account (an entry in /etc/passwd), which this one lacks. Run it as root, or as a user with an account.`,
  'not-in-sudoers': ({ host, user }) =>
    `Changing ${host} takes root, and ${user} is not in the sudoers file there. Log in as somebody who is, or have root add ${user} to the group that may use sudo (sudo or wheel), then log in again.`,
  'not-allowed': ({ host, user }, said) =>
    `Changing ${host} takes root, and sudo there does not let ${user} run "sh" as root. sudo said: ${said} Log in as somebody who may.`,
  requiretty: ({ host, user }) =>
    `sudo on ${host} only works on a terminal (requiretty), and a program has none. Have root add "Defaults:${user} !requiretty" to the sudoers file, or log in as root.`,
  'wrong-password': ({ host, user }) =>
    `sudo on ${host} did not take the password of ${user}, ${mostTries} times; nothing was changed. It is the password of ${user} there, not root's and not that of a key.`,
  'more-than-password': ({ host, user }, said) =>
    `sudo on ${host} asks ${user} for more than a password ("${said}"), which can't be answered here. Log in as root, or let ${user} use sudo without being asked.`,
  other: ({ host }, said) => `sudo on ${host} did not work; it said: ${said || 'nothing'}.`,
};

const nobodyToAsk = ({ host, user }: Login): string =>
  `Changing ${host} takes root: ${user} is not root there, sudo asks for a password, and there is nobody to ask for it. Run it on a terminal, name a program that knows the password in SUDO_ASKPASS, log in as root, or let ${user} use sudo without a password.`;
