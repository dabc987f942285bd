import { l10n } from 'vscode';
import type { PrepareRequest } from '../../../model/request';
import { parsePages } from '../../../model/userspace/hugePages';
import { ownerProblem } from '../../../model/userspace/vfio';
import { change } from '../../changes/change';
import { allVfChoices } from '../../changes/choices';
import type { Dialogs } from '../../dialogs/dialogs';
import { walk, type Step } from '../../dialogs/walk';
import { chooseVfs } from '../chooseVfs';
import { targetOf } from '../target';
import type { Handler } from '../command';

/** Binds VFs for DPDK, with huge pages near them, for whom they are meant; a question shows what the plan says. */
export const prepareVfs: Handler = async (workbench, item, items) => {
  const title = l10n.t('Prepare for DPDK');
  const vfs = await chooseVfs(workbench, targetOf(workbench, item, items), {
    ...{ title, choices: allVfChoices },
    none: l10n.t('No adapter has VFs.'),
  });
  if (vfs.length === 0) return;
  const ask = (field: keyof Wanted, prompt: string, problem: (text: string) => string | undefined) =>
    askText(workbench.dialogs, field, { title, prompt, problem });
  const wanted = await walk<Wanted>({ pages: '', owner: '' }, [
    ask(
      'pages',
      l10n.t('Huge pages on the NUMA node of the VFs, such as 1G:4 or 2M:512. Empty: as they are.'),
      (text) => {
        const read = parsePages(text);
        return typeof read === 'string' ? read : undefined;
      },
    ),
    ask('owner', l10n.t('Who may use the VFs: USER or USER:GROUP. Empty: root alone.'), ownerProblem),
  ]);
  if (!wanted) return;
  const hugePages = wanted.pages === '' ? undefined : parsePages(wanted.pages);
  const request: PrepareRequest = {
    ...{ kind: 'prepare', vfs: vfs.map(({ pci }) => pci) },
    ...(typeof hugePages === 'object' ? { hugePages } : {}),
    ...(wanted.owner === '' ? {} : { owner: wanted.owner }),
  };
  await change(workbench, [request]);
};

interface Wanted {
  pages: string;
  owner: string;
}

/** A text that may be left out. */
const askText = (
  dialogs: Dialogs,
  field: keyof Wanted,
  { problem, ...about }: { title: string; prompt: string; problem: (text: string) => string | undefined },
): Step<Wanted> => ({
  async ask(draft, place) {
    const answer = await dialogs.ask({
      ...{ ...place, ...about, value: draft[field] },
      problem: (text) => (text === '' ? undefined : problem(text)),
    });
    return typeof answer === 'string' ? { ...draft, [field]: answer } : answer;
  },
});
