import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import type { HostSnapshot } from '../../../model/snapshot';
import { planChange } from '../../../planning/plan';
import { change } from '../../changes/change';
import { pfChoices } from '../../changes/choices';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Handler } from '../command';
import { pfsIn, targetOf, type Target } from '../target';

/** Whether new VFs get a driver. */
export const setAutoprobe: Handler = async (workbench, item) => {
  const request = await askAutoprobe(workbench, targetOf(workbench, item, undefined));
  if (request) await change(workbench, [request], { reviewed: true });
};

/** Asks for anything unknown: the adapter, and whether its new VFs get a driver. */
export async function askAutoprobe(workbench: Workbench, target: Target): Promise<ChangeRequest | undefined> {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return undefined;
  const pf = await choose(workbench, target, pfsIn(target, snapshot), {
    title: l10n.t('Drivers for New VFs'),
    ...pfChoices(snapshot),
    none: l10n.t('No adapter on this host supports VFs.'),
  });
  if (!pf) return undefined;
  const on = await dialogs.pick({
    title: l10n.t('Drivers for New VFs of {0}', pf.name ?? pf.pci),
    placeholder: nowText(pf.driversAutoprobe),
    choices: [
      { label: l10n.t('On'), description: l10n.t('new VFs get their network driver'), value: true },
      {
        label: l10n.t('Off'),
        description: l10n.t('new VFs stay unbound, for example for vfio-pci'),
        value: false,
      },
    ].map((choice) => ({ ...choice, detail: notesOf(snapshot, pf.pci, choice.value) })),
  });
  return typeof on === 'boolean' ? { kind: 'set-autoprobe', pf: pf.pci, on } : undefined;
}

function nowText(on: boolean | null): string {
  if (on === null) return l10n.t('sriov_drivers_autoprobe is unknown');
  return on ? l10n.t('sriov_drivers_autoprobe is on') : l10n.t('sriov_drivers_autoprobe is off');
}

function notesOf(snapshot: HostSnapshot, pf: string, on: boolean): string | undefined {
  const plan = planChange(snapshot, { kind: 'set-autoprobe', pf, on });
  return isRefusal(plan) || plan.notes.length === 0 ? undefined : plan.notes.join(' ');
}
