import type { Plan, Step } from '../model/plan';
import { inOnePlace } from './attachments/atSource';
import { step } from './steps';

/** The steps of a plan backwards, each with its undo for what it does. */
export const backwards = ({ steps }: Plan): Step[] =>
  steps
    .map(inOnePlace)
    .reverse()
    .flatMap(({ title, apply, undo, timeout, space }) =>
      undo === 'none' || undo[0] === 'true'
        ? []
        : [
            {
              ...step(`Undo: ${title}`, undo, apply, timeout + 15),
              ...(space === undefined ? {} : { space }),
            },
          ],
    );
