import { l10n } from 'vscode';
import type { Arrangement } from '../../arranging/arrangement';
import { back, type Choice } from '../../dialogs/dialogs';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';

type Texts<K extends keyof Arrangement> = Record<Arrangement[K], [label: string, description: string]>;

const vfOrders: Texts<'vfs'> = {
  number: [l10n.t('Number'), ''],
  free: [l10n.t('Free First'), ''],
  used: [l10n.t('In Use First'), ''],
  holder: [l10n.t('Container'), l10n.t('by the name of its holder')],
};
const containerOrders: Texts<'containers'> = {
  running: [l10n.t('Running First'), l10n.t('then by name')],
  name: [l10n.t('Name'), ''],
  vfs: [l10n.t('Most VFs First'), ''],
};
const groupings: Texts<'grouping'> = {
  project: [l10n.t('Compose Project'), l10n.t('all others by engine')],
  engine: [l10n.t('Engine'), ''],
  group: [l10n.t('Label'), l10n.t('by the value of the label sriov.group; all others by engine')],
};

/** One choice each, the present one checked. */
const choices = <K extends 'vfs' | 'containers' | 'grouping'>(
  now: Arrangement,
  key: K,
  texts: Texts<K>,
): Choice<Partial<Arrangement>>[] =>
  (Object.entries(texts) as [Arrangement[K], [string, string]][]).map(([value, [label, description]]) => ({
    ...{ label, description, value: { [key]: value } },
    icon: now[key] === value ? 'check' : 'blank',
  }));

async function arrange(
  { dialogs, arrangements }: Workbench,
  title: string,
  offered: (Choice<Partial<Arrangement>> | string)[],
): Promise<void> {
  const answer = await dialogs.pick({
    title,
    placeholder: l10n.t('Remembered for this host'),
    choices: offered,
  });
  if (answer !== undefined && answer !== back) await arrangements.change(answer);
}

export const sortRows: Handler = (workbench) => {
  const { now } = workbench.arrangements;
  return arrange(workbench, l10n.t('Sort By'), [
    l10n.t('VFs of an adapter'),
    ...choices(now, 'vfs', vfOrders),
    l10n.t('containers'),
    ...choices(now, 'containers', containerOrders),
  ]);
};

export const groupContainers: Handler = (workbench) =>
  arrange(
    workbench,
    l10n.t('Group Containers By'),
    choices(workbench.arrangements.now, 'grouping', groupings),
  );
