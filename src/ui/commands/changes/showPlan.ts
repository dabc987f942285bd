import { l10n } from 'vscode';
import type { Refusal } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import { showPlan as show } from '../../changes/showPlan';
import { back, type Choice } from '../../dialogs/dialogs';
import { vfState } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import { askAttach } from './askAttach';
import { askAttachSeveral, meansSeveral } from './attachSeveral';
import type { Handler } from '../command';
import { askConfigure } from './configureVf';
import { askDetach } from './detach';
import { askNames } from './restore';
import { askAutoprobe } from './setAutoprobe';
import { askVfCount } from './setVfCount';
import { containersIn, pfsIn, targetOf, vfsIn, type Target } from '../target';

/** A fix is shown from its check; what lasts and whole files are for the command line. */
type Kind = Exclude<
  ChangeRequest['kind'],
  'fix' | 'undo-fix' | 'keep' | 'stop-keeping' | 'prepare' | 'apply'
>;

/** Asks the same questions as the change itself, then shows the plan instead of making it. */
export const showPlan: Handler = async (workbench, item, items) => {
  const target = targetOf(workbench, item, items);
  const kind = kindFor(workbench, target) ?? (await askKind(workbench));
  const { control } = workbench.host;
  if (!kind || !control) return;
  const requests = await ask[kind](workbench, target);
  if (requests.length > 0) await show(workbench, control, requests);
};

const ask: Record<Kind, (workbench: Workbench, target: Target) => Promise<ChangeRequest[]>> = {
  'set-vfs': async (workbench, target) => listOf(await askVfCount(workbench, target)),
  attach: async (workbench, target) =>
    meansSeveral(workbench, target)
      ? ((await askAttachSeveral(workbench, target))?.requests ?? [])
      : listOf((await askAttach(workbench, target))?.request),
  detach: askDetach,
  'give-name-back': askNames,
  undo: () => Promise.resolve([{ kind: 'undo' }]),
  configure: async (workbench, target) => (await askConfigure(workbench, target))?.requests ?? [],
  'set-autoprobe': async (workbench, target) => listOf(await askAutoprobe(workbench, target)),
};

const listOf = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one]);

/** The most likely change for a row. */
function kindFor({ host }: Workbench, target: Target): Kind | undefined {
  const { snapshot } = host;
  if (!snapshot) return undefined;
  const [held] = target.subjects;
  if (held?.kind === 'macvlan' || held?.kind === 'attachment') return 'detach';
  const [vf] = found(vfsIn(target, snapshot));
  if (vf) return vfState(vf) === 'attached' ? 'detach' : 'attach';
  if (found(containersIn(target, snapshot)).length > 0) return 'attach';
  return found(pfsIn(target, snapshot)).length > 0 ? 'set-vfs' : undefined;
}

const found = <T>(all: T[] | Refusal): T[] => (Array.isArray(all) ? all : []);

const kinds: Choice<Kind>[] = [
  { label: l10n.t('Set Number of VFs'), icon: 'add', value: 'set-vfs' },
  { label: l10n.t('Attach a VF to a Container'), icon: 'plug', value: 'attach' },
  { label: l10n.t('Detach a VF'), icon: 'debug-disconnect', value: 'detach' },
  { label: l10n.t('Rename a VF Back'), icon: 'edit', value: 'give-name-back' },
  { label: l10n.t('Undo the Last Change'), icon: 'discard', value: 'undo' },
  { label: l10n.t('Configure a VF'), icon: 'edit', value: 'configure' },
  { label: l10n.t('Drivers for New VFs'), icon: 'chip', value: 'set-autoprobe' },
];

async function askKind({ dialogs }: Workbench): Promise<Kind | undefined> {
  const answer = await dialogs.pick({
    title: l10n.t('Show Plan'),
    placeholder: l10n.t('Which change do you want to plan?'),
    choices: kinds,
  });
  return answer === back ? undefined : answer;
}
