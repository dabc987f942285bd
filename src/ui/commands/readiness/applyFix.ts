import { l10n } from 'vscode';
import { appliedAt } from '../../../model/configuration';
import type { Finding, FixChange } from '../../../model/finding';
import { isRefusal } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import { change } from '../../changes/change';
import { tellRefusal, tellTrouble } from '../../changes/tell';
import { back } from '../../dialogs/dialogs';
import type { Workbench } from '../../workbench';
import { askCheck } from './askCheck';
import type { Handler } from '../command';
import { runReadiness } from './runReadiness';
import { targetOf } from '../target';

/** Plans the fix of a check for this very host, shows its files as a difference, asks, and applies it. */
export const applyFix: Handler = async (workbench, item) => {
  const target = targetOf(workbench, item, undefined);
  const canBeMade = ({ fixes }: Finding) => fixes.some((fix) => fix.change);
  const finding = await askCheck(workbench, target, l10n.t('Apply Fix'), canBeMade);
  if (!finding) return;
  const { fix } = target.plain;
  const meant = fix === undefined ? finding.fixes : finding.fixes.slice(Number(fix), Number(fix) + 1);
  const changes = meant.flatMap(({ change: one, summary }) => (one ? [{ one, summary }] : []));
  const chosen = changes.length > 1 ? await choose(workbench, changes) : changes[0]?.one;
  if (!chosen) {
    if (changes.length === 0)
      void workbench.dialogs.tell('info', l10n.t('This fix is manual; Show Fix explains it.'), []);
    return;
  }
  if (await applyChange(workbench, finding, chosen)) await runReadiness(workbench);
};

/** Plans one change of a finding, shows it and asks; true when that came to its end. */
export const applyChange = (
  workbench: Workbench,
  { id, title }: Pick<Finding, 'id' | 'title'>,
  chosen: FixChange,
): Promise<boolean> =>
  plan(workbench, (configuration) => ({
    ...{ kind: 'fix', finding: id, title, change: chosen, configuration },
  }));

/** Takes a fix back, days and reboots later too. */
export const undoFix: Handler = async (workbench) => {
  const { control } = workbench.host;
  if (!control) return;
  const { fixes } = await control.configuration();
  const applied = fixes.filter(({ undone }) => !undone);
  if (applied.length === 0) {
    void workbench.dialogs.tell('info', l10n.t('There is no applied fix on this host to undo.'), []);
    return;
  }
  const answer = await workbench.dialogs.pick({
    title: l10n.t('Undo Fix'),
    placeholder: l10n.t('Pick the fix to undo'),
    choices: applied.map((fix) => ({ label: fix.title, description: appliedAt(fix), value: fix.finding })),
  });
  if (answer === undefined || answer === back) return;
  if (await plan(workbench, (configuration) => ({ kind: 'undo-fix', finding: answer, configuration })))
    await runReadiness(workbench);
};

type Configuration = Awaited<ReturnType<NonNullable<Workbench['host']['control']>['configuration']>>;

async function plan(
  workbench: Workbench,
  request: (files: Configuration) => ChangeRequest,
): Promise<boolean> {
  const { control } = workbench.host;
  if (!control) return false;
  try {
    const wanted = request(await control.configuration());
    const plans = control.plan(wanted);
    if (isRefusal(plans)) {
      tellRefusal(workbench, plans);
      return false;
    }
    for (const file of plans.flatMap(({ files }) => files ?? [])) await workbench.documents.difference(file);
    await change(workbench, [wanted]);
    return true;
  } catch (error) {
    tellTrouble(workbench, l10n.t('The fix could not be planned'), error);
    return false;
  }
}

async function choose(
  { dialogs }: Workbench,
  changes: { one: FixChange; summary: string }[],
): Promise<FixChange | undefined> {
  const answer = await dialogs.pick({
    title: l10n.t('Apply Fix'),
    placeholder: l10n.t('Choose a fix'),
    choices: changes.map(({ one, summary }) => ({ label: summary, value: one })),
  });
  return answer === back ? undefined : answer;
}
