import { l10n } from 'vscode';
import { maskedText } from '../../../control/maskedText';
import { offer, tellTrouble } from '../../changes/tell';
import { bundle } from '../../support/bundle';
import { zipped } from '../../support/zipped';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';

/** Shows what a support bundle would hold; it is written when the person has read it and says where to. */
export const createBundle: Handler = async (workbench) => {
  try {
    const { files, masked } = await bundle(workbench);
    await workbench.documents.show({
      scheme: 'sriov-inspect',
      name: l10n.t('Support Bundle'),
      text: Object.entries(files)
        .map(([name, text]) => `======== ${name} ========\n${text}`)
        .join('\n'),
      language: 'plaintext',
    });
    offer(
      workbench,
      'info',
      l10n.t('Nothing is written yet. This is what the bundle will contain; {0}.', maskedText(masked)),
      { [l10n.t('Save…')]: () => save(workbench, files) },
    );
  } catch (error) {
    tellTrouble(workbench, l10n.t('The support bundle could not be created'), error);
  }
};

async function save({ texts, log, dialogs }: Workbench, files: Record<string, string>): Promise<void> {
  const path = await texts.saveFile({
    title: l10n.t('Create Support Bundle'),
    name: 'sriov-support.zip',
    types: { [l10n.t('Zip archive')]: ['zip'] },
    bytes: await zipped(files),
  });
  if (path === undefined) return;
  log.info(`support bundle written to ${path}`);
  dialogs.say(l10n.t('Support bundle written.'));
}
