import { l10n } from 'vscode';
import type { FrontEnd } from '../../control/withAdvice';
import type { Advice } from '../../model/advice';

/** The sentence, and the buttons that do it. */
interface Rendered {
  text: string;
  buttons?: { title: string; command: string }[];
}

const readiness = { title: l10n.t('Run Readiness Checks'), command: 'sriov.readiness.run' };
const configure = { title: l10n.t('Configure VF…'), command: 'sriov.vf.configure' };
const recover = { title: l10n.t('Recover'), command: 'sriov.changes.recover' };

const texts: { [Do in Advice['do']]: (advice: Extract<Advice, { do: Do }>) => Rendered } = {
  recover: () => ({
    text: l10n.t('Recover to undo it, or finish it. Then try again.'),
    buttons: [recover, { title: l10n.t('Finish'), command: 'sriov.changes.finish' }],
  }),
  'undo-instead': () => ({ text: l10n.t('Recover to undo it.'), buttons: [recover] }),
  restore: () => ({
    text: l10n.t('Restore it first.'),
    buttons: [{ title: l10n.t('Restore'), command: 'sriov.vf.restore' }],
  }),
  'detach-or-move': () => ({
    text: l10n.t('Detach it first, or move it.'),
    buttons: [
      { title: l10n.t('Detach…'), command: 'sriov.vf.detach' },
      { title: l10n.t('Move to Container…'), command: 'sriov.vf.move' },
    ],
  }),
  'say-whose': () => ({ text: l10n.t('Detach the one you mean in the Containers view.') }),
  diagnose: ({ about }) => ({
    text: {
      driver: l10n.t('The readiness checks say why.'),
      iommu: l10n.t('The readiness checks for VFIO say how to turn the IOMMU on.'),
      room: l10n.t('The readiness checks suggest what to change.'),
    }[about],
    buttons: [readiness],
  }),
  'ask-for-fewer': ({ most }) => ({
    text: l10n.t('Ask for {0} at most, or run the readiness checks to see how to make room for more.', most),
    buttons: [readiness],
  }),
  'choose-name': () => ({ text: l10n.t('Choose another name.') }),
  'see-journal': () => ({
    text: l10n.t('The change history lists past changes.'),
    buttons: [{ title: l10n.t('Show Change History'), command: 'sriov.changes.showHistory' }],
  }),
  'undo-last': () => ({
    text: l10n.t('“Undo Last Change…” undoes it as long as it is the last change.'),
    buttons: [{ title: l10n.t('Undo Last Change…'), command: 'sriov.changes.undoLast' }],
  }),
  force: ({ name }) => ({ text: l10n.t('To change it anyway, type the name of the interface, {0}.', name) }),
  'create-vfs': () => ({
    text: l10n.t('Set its number of VFs first.'),
    buttons: [{ title: l10n.t('Set Number of VFs…'), command: 'sriov.pf.setVfCount' }],
  }),
  'say-which': () => ({ text: l10n.t('Pick the one you mean in the Containers view.') }),
  'give-name-back': ({ name }) => ({
    text: l10n.t('“Restore” on its row renames it back to {0}, and so does the next change.', name),
  }),
  'clear-first': () => ({ text: l10n.t('Use “Clear and Attach” to attach it without these settings.') }),
  'stop-keeping': () => ({
    text: l10n.t('“Stop Keeping…” on its row ends that.'),
    buttons: [{ title: l10n.t('Stop Keeping…'), command: 'sriov.vf.stopKeeping' }],
  }),
  'let-macs-through': ({ label }) => ({
    text: l10n.t('Use “Configure VF…” on {0} to allow them: spoof check off, trust on.', label),
    buttons: [configure],
  }),
};

const rendered = (advice: Advice): Rendered => (texts[advice.do] as (one: Advice) => Rendered)(advice);

/** What can be done next, in the workbench's words: there is nothing to type. */
export const inTheWorkbench: FrontEnd = { say: (advice) => rendered(advice).text };

export const buttonsOf = (advice: Advice | undefined): { title: string; command: string }[] =>
  (advice && rendered(advice).buttons) ?? [];
