import type { FrontEnd } from '../../control/withAdvice';
import type { Advice } from '../../model/advice';

/** What is said, and which buttons do it. */
interface Told {
  text: string;
  buttons?: { title: string; command: string }[];
}

const readiness = { title: 'Run Readiness Checks', command: 'sriov.readiness.run' };
const configure = { title: 'Configure VF…', command: 'sriov.vf.configure' };
const recover = { title: 'Recover', command: 'sriov.changes.recover' };

const texts: { [Do in Advice['do']]: (advice: Extract<Advice, { do: Do }>) => Told } = {
  recover: () => ({
    text: 'Recover to undo it, or finish it. Then try again.',
    buttons: [recover, { title: 'Finish', command: 'sriov.changes.finish' }],
  }),
  'undo-instead': () => ({ text: 'Recover to undo it.', buttons: [recover] }),
  restore: () => ({
    text: 'Restore it first.',
    buttons: [{ title: 'Restore', command: 'sriov.vf.restore' }],
  }),
  'detach-or-move': () => ({
    text: 'Detach it first, or move it.',
    buttons: [
      { title: 'Detach…', command: 'sriov.vf.detach' },
      { title: 'Move to Container…', command: 'sriov.vf.move' },
    ],
  }),
  'say-whose': () => ({ text: 'Detach the one you mean in the Containers view.' }),
  diagnose: ({ about }) => ({
    text: {
      driver: 'The readiness checks say why.',
      iommu: 'The readiness checks for VFIO say how to turn the IOMMU on.',
      room: 'The readiness checks suggest what to change.',
    }[about],
    buttons: [readiness],
  }),
  'ask-for-fewer': ({ most }) => ({
    text: `Ask for ${most} at most, or run the readiness checks to see how to make room for more.`,
    buttons: [readiness],
  }),
  'choose-name': () => ({ text: 'Choose another name.' }),
  'see-journal': () => ({
    text: 'The change history lists past changes.',
    buttons: [{ title: 'Show Change History', command: 'sriov.changes.showHistory' }],
  }),
  'undo-last': () => ({
    text: '“Undo Last Change…” undoes it as long as it is the last change.',
    buttons: [{ title: 'Undo Last Change…', command: 'sriov.changes.undoLast' }],
  }),
  force: ({ name }) => ({ text: `To change it anyway, type the name of the interface, ${name}.` }),
  'create-vfs': () => ({
    text: 'Set its number of VFs first.',
    buttons: [{ title: 'Set Number of VFs…', command: 'sriov.pf.setVfCount' }],
  }),
  'say-which': () => ({ text: 'Pick the one you mean in the Containers view.' }),
  'give-name-back': ({ name }) => ({
    text: `“Restore” on its row renames it back to ${name}, and so does the next change.`,
  }),
  'clear-first': () => ({ text: 'Use “Clear and Attach” to attach it without these settings.' }),
  'let-macs-through': ({ label }) => ({
    text: `Use “Configure VF…” on ${label} to allow them: spoof check off, trust on.`,
    buttons: [configure],
  }),
};

const told = (advice: Advice): Told => (texts[advice.do] as (one: Advice) => Told)(advice);

/** What can be done next, as the workbench says it: there is nothing to type. */
export const inTheWorkbench: FrontEnd = { say: (advice) => told(advice).text };

export const buttonsOf = (advice: Advice | undefined): { title: string; command: string }[] =>
  (advice && told(advice).buttons) ?? [];
