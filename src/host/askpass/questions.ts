import type { AccessQuestion } from '../../model/question';

/** What ssh passes to its askpass program: the text, and `SSH_ASKPASS_PROMPT`. */
export interface Asked {
  prompt: string;
  hint: string;
}

type Kind = AccessQuestion['kind'];

/** How OpenSSH phrases its questions (sshconnect.c, sshconnect2.c, readpass.c, ssh-agent's notices). First match wins. */
const phrasings: [RegExp, Kind][] = [
  [/\(yes\/no(\/\[fingerprint\])?\)\?/, 'host-key'],
  [/^Please type 'yes', 'no'/, 'host-key'],
  [/^Enter (same )?passphrase/i, 'passphrase'],
  [/verification code|one-time|\botp\b|passcode|token|authenticator/i, 'code'],
  [/password/i, 'password'],
];

export const kindOf = ({ prompt, hint }: Asked): Kind => {
  if (hint === 'none') return 'notice';
  if (hint === 'confirm') return 'confirm';
  return phrasings.find(([pattern]) => pattern.test(prompt))?.[1] ?? 'secret';
};

/**
 * A key may be accepted if it is unknown and is shown. ssh also asks whether to continue with a key that contradicts what
 * it knows about the address; that question shows no key.
 */
export const mayAccept = (prompt: string): boolean =>
  /can't be established/.test(prompt) &&
  /fingerprint is/.test(prompt) &&
  !/HAS CHANGED|SPOOFING/i.test(prompt);
