import type { StepRecord } from '../changes/changeRecord';
import { tag, type Html } from './html';
import { stateText } from './stepTable';

/** The steps of a change whose plan nobody keeps any more: what they were called, and how they went. */
export const stepList = (steps: StepRecord[]): Html =>
  tag(
    'ol',
    { class: 'steps' },
    steps.map((step) =>
      tag(
        'li',
        { class: step.failed ? 'failed' : step.state },
        ...[step.title, ' · '],
        ...stateText(step).flatMap((one) => [one, ' ']),
      ),
    ),
  );
