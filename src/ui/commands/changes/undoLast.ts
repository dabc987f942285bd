import { change } from '../../changes/change';
import type { Handler } from '../command';

/** Takes back the last finished change, after a question that shows how. */
export const undoLast: Handler = async (workbench) => {
  await change(workbench, [{ kind: 'undo' }]);
};
