import { checkText } from '../documents/checkText';
import { askCheck } from './askCheck';
import type { Handler } from './command';

export const copyResult: Handler = async (workbench, item) => {
  const finding = await askCheck(workbench, item, 'Copy Result', () => true);
  if (!finding) return;
  await workbench.copy(checkText(finding));
  workbench.dialogs.say('Result copied.');
};
