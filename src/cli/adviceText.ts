import type { FrontEnd } from '../control/withAdvice';
import { quote } from '../model/quote';
import type { Advice } from '../model/advice';

const texts: { [Do in Advice['do']]: (advice: Extract<Advice, { do: Do }>) => string } = {
  recover: () => '"sriov recover" undoes what it left, "sriov recover --finish" finishes it. Then try again.',
  'undo-instead': () => '"sriov recover --undo" undoes it.',
  restore: () => 'Restore it first ("sriov recover").',
  'detach-or-move': () => 'Detach it first, or move it (--move).',
  'say-whose': ({ function: on }) => `Name the container: sriov detach ${quote(on)} CONTAINER.`,
  diagnose: ({ about }) =>
    ({
      driver: '"sriov diagnose" says why.',
      iommu: '"sriov diagnose --purpose vfio" says how to turn the IOMMU on.',
      room: '"sriov diagnose" suggests what to change.',
    })[about],
  'ask-for-fewer': ({ most }) =>
    `Ask for ${most} at most, or run "sriov diagnose" to see how to make room for more.`,
  'choose-name': () => 'Choose another name with --name.',
  'see-journal': () => '"sriov journal" lists past changes.',
  'undo-last': () => '"sriov undo" undoes it as long as it is the last change.',
  force: ({ name }) => `To change it anyway, pass its name with --force-interface ${quote(name)}.`,
  'create-vfs': ({ pf }) => `Enable some first (sriov set-vfs ${quote(pf)} N).`,
  'say-which': () => 'Give a longer id prefix, or --engine.',
  'give-name-back': ({ name }) => `"sriov recover" renames it back to ${name}.`,
  'clear-first': () => 'Use --clear to attach it without these settings.',
  'stop-keeping': ({ id }) => `"sriov lasting remove ${id}" ends that.`,
  'let-macs-through': ({ label }) =>
    `"sriov configure ${quote(label)} --spoofchk off --trust on" allows them.`,
};

/** What can be done next, as text for a terminal. */
export const onTheCommandLine: FrontEnd = {
  say: (advice) => (texts[advice.do] as (one: Advice) => string)(advice),
};
