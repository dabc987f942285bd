import { l10n } from 'vscode';
import { askCheck } from './askCheck';
import type { Handler } from '../command';
import { targetOf } from '../target';

/** The page of a check. Nothing is changed. */
export const showFix: Handler = async (workbench, item) => {
  const target = targetOf(workbench, item, undefined);
  const finding = await askCheck(workbench, target, l10n.t('Show Fix'), ({ fixes }) => fixes.length > 0);
  if (finding) await workbench.pages.showCheck(finding);
};
