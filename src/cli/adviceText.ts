import type { Words } from '../control/inWords';
import { quote } from '../model/quote';
import type { Advice } from '../model/advice';

const texts: { [Do in Advice['do']]: (advice: Extract<Advice, { do: Do }>) => string } = {
  recover: () => '"sriov recover" undoes what it left, "sriov recover --finish" finishes it. Then try again.',
  'undo-instead': () => '"sriov recover --undo" undoes it.',
  restore: () => 'Restore it first ("sriov recover").',
  'detach-or-move': () => 'Detach it first, or move it (--move).',
  'say-whose': ({ function: on }) => `Say whose: sriov detach ${quote(on)} CONTAINER.`,
  diagnose: ({ about }) =>
    ({
      driver: '"sriov diagnose" says why.',
      iommu: '"sriov diagnose --purpose vfio" says how to turn the IOMMU on.',
      room: '"sriov diagnose" names the ways out.',
    })[about],
  'ask-for-fewer': ({ most }) => `Ask for ${most} at most, or see "sriov diagnose" for more room.`,
  'choose-name': () => 'Choose another name with --name.',
  'see-journal': () => '"sriov journal" lists those there were.',
  'undo-last': () => '"sriov undo" takes it back while it is the last change.',
  force: ({ name }) => `To do it all the same, give its name with --force-interface ${quote(name)}.`,
  'create-vfs': ({ pf }) => `Enable some first (sriov set-vfs ${quote(pf)} N).`,
  'say-which': () => 'Give more of the id, or --engine.',
  'give-name-back': ({ name }) => `"sriov recover" gives it the name ${name} back.`,
  'clear-first': () => 'With --clear it is attached without that.',
  'let-macs-through': ({ label }) =>
    `"sriov configure ${quote(label)} --spoofchk off --trust on" lets them through.`,
};

/** What can be done next, as words for a terminal. */
export const onTheCommandLine: Words = {
  say: (advice) => (texts[advice.do] as (one: Advice) => string)(advice),
};
