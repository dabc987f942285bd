import { l10n } from 'vscode';
import { checkText } from '../../documents/checkText';
import { askCheck } from './askCheck';
import type { Handler } from '../command';
import { targetOf } from '../target';

/** What the check saw, what it means, and what to do about it. Nothing is changed. */
export const showFix: Handler = async (workbench, item) => {
  const finding = await askCheck(
    workbench,
    targetOf(workbench, item, undefined),
    l10n.t('Show Fix'),
    ({ fixes }) => fixes.length > 0,
  );
  if (!finding) return;
  await workbench.documents.show({
    scheme: 'sriov-check',
    name: finding.title,
    text: checkText(finding),
    language: 'plaintext',
  });
};
