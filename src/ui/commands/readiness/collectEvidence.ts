import { maskedText } from '../../../control/evidenceFile';
import { tellTrouble } from '../../changes/tell';
import type { Handler } from '../command';

/** Writes what the checks look at, masked, to a file that the person can read through and send. */
export const collectEvidence: Handler = async (workbench) => {
  const { control } = workbench.host;
  if (!control) return;
  try {
    const file = await workbench.dialogs.reading('sriov.readiness', () => control.collect());
    const path = await workbench.texts.save({
      title: 'Collect Evidence',
      name: 'sriov-evidence.json',
      types: { JSON: ['json'] },
      text: () => file.text,
    });
    if (path === undefined) return;
    workbench.log.info(`evidence of ${control.id} written to ${path}; ${maskedText(file.masked)}`);
    const kept =
      file.kept.length > 0 ? ` Not masked, because the checks need them: ${file.kept.join(', ')}.` : '';
    void workbench.dialogs.tell(
      'info',
      `Evidence written; ${maskedText(file.masked)}. Read it through before you share it.${kept}`,
    );
  } catch (error) {
    tellTrouble(workbench, 'The evidence could not be collected', error);
  }
};
