import { l10n } from 'vscode';
import { maskedText } from '../../../control/maskedText';
import { tellTrouble } from '../../changes/tell';
import type { Handler } from '../command';

/** Writes what the checks look at, masked, to a file that the person can read through and send. */
export const collectEvidence: Handler = async (workbench) => {
  const { control } = workbench.host;
  if (!control) return;
  try {
    const file = await workbench.dialogs.reading('sriov.readiness', () => control.collect());
    const path = await workbench.texts.save({
      title: l10n.t('Collect Evidence'),
      name: 'sriov-evidence.json',
      types: { JSON: ['json'] },
      text: () => file.text,
    });
    if (path === undefined) return;
    workbench.log.info(`evidence of ${control.id} written to ${path}; ${maskedText(file.masked)}`);
    const written = l10n.t(
      'Evidence written; {0}. Read it through before you share it.',
      maskedText(file.masked),
    );
    const kept = l10n.t('Not masked, because the checks need them: {0}.', file.kept.join(', '));
    void workbench.dialogs.tell('info', file.kept.length > 0 ? `${written} ${kept}` : written);
  } catch (error) {
    tellTrouble(workbench, l10n.t('The evidence could not be collected'), error);
  }
};
