import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { runLineEngines, type RunLineEngine } from '../../../planning/userspace/engines';
import { runLine } from '../../../planning/userspace/runLine';
import { allVfChoices } from '../../changes/choices';
import { tellRefusal } from '../../changes/tell';
import type { back, Dialogs } from '../../dialogs/dialogs';
import { walk } from '../../dialogs/walk';
import type { Handler } from '../command';
import { chooseVfs } from '../chooseVfs';
import { targetOf } from '../target';

/** Copies what runs a container with VFs that were prepared. */
export const copyRunLine: Handler = async (workbench, item, items) => {
  const { host, dialogs } = workbench;
  const title = l10n.t('Copy DPDK Run Line');
  const vfs = await chooseVfs(workbench, targetOf(workbench, item, items), {
    ...{ title, choices: allVfChoices },
    none: l10n.t('No adapter has VFs.'),
  });
  if (vfs.length === 0 || !host.snapshot) return;
  const asked = await walk<Asked>({ engine: 'docker', image: '' }, [
    { ask: (draft, place) => askEngine(dialogs, { title, ...place }, draft) },
    { ask: (draft, place) => askImage(dialogs, { title, ...place }, draft) },
  ]);
  if (!asked) return;
  const line = runLine(host.snapshot, { ...asked, vfs: vfs.map(({ pci }) => pci), inMemory: false });
  if (isRefusal(line)) return tellRefusal(workbench, line);
  await workbench.copy(line.text);
  const notes = line.notes.map((note) => ` ${note}`).join('');
  void dialogs.tell('info', l10n.t('Copied. DPDK takes: {0}{1}', line.arguments, notes));
};

interface Asked {
  engine: RunLineEngine;
  image: string;
}
type Answer = Promise<Asked | typeof back | undefined>;
type About = { title: string; canGoBack: boolean };

const says: Record<RunLineEngine, string> = {
  docker: l10n.t('a line for a shell'),
  podman: l10n.t('a line for a shell'),
  compose: l10n.t('a service of a compose file'),
  quadlet: l10n.t('a unit of Podman'),
  cdi: l10n.t('a file for /etc/cdi'),
};

async function askEngine(dialogs: Dialogs, about: About, draft: Asked): Answer {
  const engine = await dialogs.pick<RunLineEngine>({
    ...about,
    placeholder: l10n.t('By what is the container run?'),
    choices: runLineEngines.map((value) => ({ label: value, description: says[value], value })),
  });
  return typeof engine === 'string' ? { ...draft, engine } : engine;
}

async function askImage(dialogs: Dialogs, about: About, draft: Asked): Answer {
  const image = await dialogs.ask({
    ...about,
    value: draft.image,
    prompt: l10n.t('The image that DPDK is in'),
    problem: (text) => (/^[\w][\w.:/@-]*$/.test(text) ? undefined : l10n.t('It is a name such as dpdk.')),
  });
  return typeof image === 'string' ? { ...draft, image } : image;
}
