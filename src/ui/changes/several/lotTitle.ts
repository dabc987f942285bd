import { l10n } from 'vscode';
import type { Plan } from '../../../model/plan';
import { oneLine } from '../../hostText';

/** What plans that are carried out one after the other are as one: `Detach 3 VFs`. What only comes before them doesn't count. */
export function lotTitle(plans: Plan[]): string {
  const own = plans.filter(({ kind }) => kind !== 'restore');
  const all = own.length > 0 ? own : plans;
  if (all.length === 1) return oneLine(all[0]?.title ?? '');
  return lotVerb(all);
}

/** The same on a button. */
export function lotVerb(plans: Plan[]): string {
  const [first] = plans;
  if (plans.length === 1) return first?.verb ?? '';
  return plans.every(({ verb, kind }) => verb === first?.verb && kind !== 'set-vfs')
    ? l10n.t('{0} {1} VFs', first?.verb ?? '', plans.length)
    : l10n.t('Make {0} Changes', plans.length);
}
