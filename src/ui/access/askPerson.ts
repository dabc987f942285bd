import { l10n } from 'vscode';
import { queue } from '../../control/queue';
import type { AccessQuestion, AskPerson } from '../../model/question';
import type { Dialogs } from '../dialogs/dialogs';
import { back } from '../dialogs/dialogs';

/**
 * Lets the person at the workbench answer ssh's and sudo's questions. Several hosts may ask at once: there is one box on
 * the screen, and another would take its place, so their questions wait for each other.
 */
export function askPersonBy(dialogs: Dialogs): AskPerson {
  const oneAtATime = queue();
  return (question, signal) => {
    if (question.kind !== 'notice')
      return oneAtATime(async () => (signal.aborted ? undefined : askFor(dialogs, question, signal)));
    void dialogs.tell('info', `${question.host}: ${question.prompt}`);
    return Promise.resolve('');
  };
}

function askFor(
  dialogs: Dialogs,
  question: AccessQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (question.kind) {
    case 'host-key':
      return askHostKey(dialogs, question, signal);
    case 'confirm':
      return pickYes(dialogs, `${question.host}: ${question.prompt}`, l10n.t('Allow'), '', signal);
    default:
      return askSecret(dialogs, question, signal);
  }
}

/** The title of the box; the exact question is inside. */
const titles: Record<'sudo' | 'password' | 'passphrase' | 'code' | 'secret', string> = {
  sudo: l10n.t('Administrative Access'),
  password: l10n.t('Password'),
  passphrase: l10n.t('Key Passphrase'),
  code: l10n.t('One-Time Code'),
  secret: l10n.t('SSH Prompt'),
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
    prompt: attempt > 1 ? l10n.t('Incorrect. Try again. {0}', asked) : asked,
    value: '',
    problem: () => undefined,
    isSecret: true,
    signal,
  });
  return answer === back ? undefined : answer;
}

/** The fingerprint should be compared, so Enter cancels. */
function askHostKey(
  dialogs: Dialogs,
  { host, prompt }: AccessQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [, type = l10n.t('Host'), fingerprint = l10n.t('unknown')] =
    /(\S+) key fingerprint is (\S+?)\.?\s/.exec(prompt) ?? [];
  const [, name = host] = /host '([^']+)'/.exec(prompt) ?? [];
  const title = l10n.t('The host key of {0} is not known yet', host);
  const detail = l10n.t('{0} key {1} of {2}', type, fingerprint, name);
  return pickYes(dialogs, title, l10n.t('Trust This Key and Connect'), detail, signal);
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
    placeholder: detail || l10n.t('ssh asks for confirmation'),
    choices: [
      {
        label: l10n.t('Cancel'),
        icon: 'close',
        value: 'no',
        detail: detail && l10n.t('Check the fingerprint with the administrator of the host first.'),
      },
      { label: yes, icon: 'check', value: 'yes', detail },
    ],
    signal,
  });
  return answer === 'yes' ? 'yes' : undefined;
}
