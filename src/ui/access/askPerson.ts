import type { AccessQuestion, AskPerson } from '../../model/question';
import type { Dialogs } from '../dialogs/dialogs';
import { back } from '../dialogs/dialogs';

/** Has the person in front of the workbench answer what ssh and sudo want to know. */
export const askPersonBy =
  (dialogs: Dialogs): AskPerson =>
  (question, signal) => {
    switch (question.kind) {
      case 'host-key':
        return askHostKey(dialogs, question, signal);
      case 'confirm':
        return pickYes(dialogs, `${question.host}: ${question.prompt}`, 'Allow', '', signal);
      case 'notice':
        void dialogs.tell('info', `${question.host}: ${question.prompt}`);
        return Promise.resolve('');
      default:
        return askSecret(dialogs, question, signal);
    }
  };

/** What the box is called; what exactly is asked for stands in it. */
const titles: Record<'sudo' | 'password' | 'passphrase' | 'code' | 'secret', string> = {
  sudo: 'Administrative Access',
  password: 'Password',
  passphrase: 'Key Passphrase',
  code: 'One-Time Code',
  secret: 'SSH Prompt',
};

async function askSecret(
  dialogs: Dialogs,
  { kind, host, prompt, attempt }: AccessQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const title = titles[kind as keyof typeof titles];
  const asked = prompt.trim().replace(/:$/, '');
  const answer = await dialogs.ask({
    title: `${title}: ${host}`,
    prompt: attempt > 1 ? `Incorrect. Try again. ${asked}` : asked,
    value: '',
    problem: () => undefined,
    isSecret: true,
    signal,
  });
  return answer === back ? undefined : answer;
}

/** The fingerprint is there to be compared, so the way out is what Enter takes. */
function askHostKey(
  dialogs: Dialogs,
  { host, prompt }: AccessQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [, type = 'Host', fingerprint = 'unknown'] =
    /(\S+) key fingerprint is (\S+?)\.?\s/.exec(prompt) ?? [];
  const [, name = host] = /host '([^']+)'/.exec(prompt) ?? [];
  const title = `The host key of ${host} is not known yet`;
  const detail = `${type} key ${fingerprint} of ${name}`;
  return pickYes(dialogs, title, 'Trust This Key and Connect', detail, signal);
}

async function pickYes(
  dialogs: Dialogs,
  title: string,
  yes: string,
  detail: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = await dialogs.pick<'yes' | 'no'>({
    title,
    placeholder: detail || 'ssh asks for confirmation',
    choices: [
      {
        label: 'Cancel',
        icon: 'close',
        value: 'no',
        detail: detail && 'Check the fingerprint with the administrator of the host first.',
      },
      { label: yes, icon: 'check', value: 'yes', detail },
    ],
    signal,
  });
  return answer === 'yes' ? 'yes' : undefined;
}
