import { l10n } from 'vscode';
import { offer } from '../../changes/tell';
import { diagnoseText as diagnose } from '../../../control/whenNeeded';
import { back, type Choice } from '../../dialogs/dialogs';
import { summaryOf } from '../../readiness/rows';
import { showReport } from '../../readiness/showReport';
import type { GivenText, Workbench } from '../../workbench';
import type { Handler } from '../command';

/** Runs the checks on a log from another host: what is selected, open or copied, or a file. Needs no host. */
export const diagnoseText: Handler = async (workbench, item) => {
  const given = textIn(item) ?? (await ask(workbench));
  if (given) await report(workbench, given);
};

async function report(workbench: Workbench, { name, text }: GivenText): Promise<void> {
  const findings = await diagnose(text);
  if (findings.length === 0) {
    void workbench.dialogs.tell(
      'info',
      l10n.t(
        'Nothing in {0} is about SR-IOV. Useful input: dmesg, lspci -vvv, cat /proc/cmdline, ip link, and a failed command with its error.',
        name,
      ),
    );
    return;
  }
  workbench.log.info(`checks on ${name}: ${summaryOf(findings)}`);
  await showReport(workbench, { about: name, findings, purpose: null, at: new Date() });
}

type Source = GivenText | 'file' | 'new';

async function ask(workbench: Workbench): Promise<GivenText | undefined> {
  const { dialogs, texts } = workbench;
  const answer = await dialogs.pick<Source>({
    title: l10n.t('Diagnose Pasted Log'),
    placeholder: l10n.t('Where is the log?'),
    choices: [...(await texts.atHand()).map(choice), ...others],
  });
  if (answer === undefined || answer === back) return undefined;
  if (answer === 'file') return texts.chooseFile(l10n.t('Diagnose a Log'));
  if (answer !== 'new') return answer;
  const read = await texts.newEditor();
  offer(
    workbench,
    'info',
    l10n.t('Paste the log into the editor: dmesg, lspci -vvv, /proc/cmdline, in any combination.'),
    {
      [l10n.t('Diagnose')]: () => report(workbench, read()),
    },
  );
  return undefined;
}

const others: Choice<Source>[] = [
  { label: l10n.t('Open a File…'), icon: 'folder-opened', value: 'file' },
  { label: l10n.t('Paste into an Empty Editor'), icon: 'new-file', value: 'new' },
];

const labels: Record<GivenText['from'], (name: string) => string> = {
  selection: (name) => l10n.t('Selection of {0}', name),
  editor: (name) => l10n.t('Editor {0}', name),
  clipboard: () => l10n.t('Clipboard'),
  file: (name) => l10n.t('File {0}', name),
};
const icons = { selection: 'list-selection', editor: 'file', clipboard: 'clippy', file: 'file' } as const;

const choice = (given: GivenText): Choice<Source> => {
  const lines = given.text.trim().split('\n');
  return {
    label: labels[given.from](given.name),
    description: lines.length === 1 ? l10n.t('1 line') : l10n.t('{0} lines', lines.length),
    detail: lines[0]?.trim().slice(0, 120),
    icon: icons[given.from],
    value: given,
  };
};

/** Tasks and other extensions hand the text over. */
function textIn(item: unknown): GivenText | undefined {
  if (typeof item !== 'object' || item === null || !('text' in item)) return undefined;
  return typeof item.text === 'string'
    ? { from: 'clipboard', name: l10n.t('the text'), text: item.text }
    : undefined;
}
