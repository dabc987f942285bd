import { offer } from '../../changes/tell';
import { diagnoseText as diagnose } from '../../../control/offline';
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
  const findings = diagnose(text);
  if (findings.length === 0) {
    void workbench.dialogs.tell(
      'info',
      `Nothing in ${name} is about SR-IOV. Useful are dmesg, lspci -vvv, cat /proc/cmdline, ip link, and a failed command with its error.`,
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
    title: 'Diagnose Pasted Log',
    placeholder: 'Where is the log?',
    choices: [...(await texts.atHand()).map(choice), ...others],
  });
  if (answer === undefined || answer === back) return undefined;
  if (answer === 'file') return texts.chooseFile('Diagnose a Log');
  if (answer !== 'new') return answer;
  const read = await texts.newEditor();
  offer(
    workbench,
    'info',
    'Paste the log into the editor: dmesg, lspci -vvv, /proc/cmdline, in any combination.',
    {
      Diagnose: () => report(workbench, read()),
    },
  );
  return undefined;
}

const others: Choice<Source>[] = [
  { label: 'Open a File…', icon: 'folder-opened', value: 'file' },
  { label: 'Paste into an Empty Editor', icon: 'new-file', value: 'new' },
];

const labels = { selection: 'Selection of', editor: 'Editor', clipboard: 'Clipboard', file: 'File' } as const;
const icons = { selection: 'list-selection', editor: 'file', clipboard: 'clippy', file: 'file' } as const;

const choice = (given: GivenText): Choice<Source> => {
  const lines = given.text.trim().split('\n');
  return {
    label: given.from === 'clipboard' ? labels.clipboard : `${labels[given.from]} ${given.name}`,
    description: lines.length === 1 ? '1 line' : `${lines.length} lines`,
    detail: lines[0]?.trim().slice(0, 120),
    icon: icons[given.from],
    value: given,
  };
};

/** Tasks and other extensions hand the text over. */
function textIn(item: unknown): GivenText | undefined {
  if (typeof item !== 'object' || item === null || !('text' in item)) return undefined;
  return typeof item.text === 'string' ? { from: 'clipboard', name: 'the text', text: item.text } : undefined;
}
