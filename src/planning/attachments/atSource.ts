import type { Step } from '../../model/plan';
import { atSource, unwrap } from '../../model/verbs';

/** The step in the namespace that a VF is moved from: what it does, and what undoes it. */
export const stepAtSource = (step: Step): Step => ({
  ...step,
  apply: atSource(step.apply),
  undo: step.undo === 'none' ? 'none' : atSource(step.undo),
});

/** Plans of earlier versions, stored on hosts, undo in the target some steps that they do at the source. */
export const inOnePlace = (step: Step): Step =>
  [step.apply, step.undo].some((argv) => argv !== 'none' && unwrap(argv).atSource)
    ? stepAtSource(step)
    : step;
