import { l10n } from 'vscode';
import { checkText } from '../../documents/checkText';
import type { Subject } from '../../tree/row';
import type { Workbench } from '../../workbench';
import { askCheck } from './askCheck';
import type { Handler } from '../command';
import { targetOf } from '../target';

export const copyResult: Handler = async (workbench, item) => {
  const target = byKey(item)
    ? { subjects: await focused(workbench, item.view), plain: {}, given: false }
    : targetOf(workbench, item, undefined);
  const finding = await askCheck(workbench, target, l10n.t('Copy Result'), () => true);
  if (!finding) return;
  await workbench.copy(checkText(finding));
  workbench.dialogs.say(l10n.t('Result copied.'));
};

const byKey = (item: unknown): item is { view: string } =>
  typeof item === 'object' && item !== null && 'focused' in item && 'view' in item;

/**
 * The row that the keyboard acts on. VS Code tells only what is selected, and selecting a check opens it; but the row whose
 * selection is switched on or off is the one with the focus, and nothing opens.
 */
async function focused({ rows, execute }: Workbench, view: string): Promise<Subject[]> {
  const keys = () => new Map(rows.selected(view).map((subject) => [JSON.stringify(subject), subject]));
  const before = keys();
  await execute('list.toggleSelection');
  const after = keys();
  await execute('list.toggleSelection');
  const changed = [...before, ...after].filter(([key]) => before.has(key) !== after.has(key));
  return changed.map(([, subject]) => subject);
}
