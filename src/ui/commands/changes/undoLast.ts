import { change } from '../../changes/change';
import type { Handler } from '../command';

/** Undoes the last finished change, after a question that shows how; a named one only if it is the last. */
export const undoLast: Handler = async (workbench, item) => {
  await change(workbench, [{ kind: 'undo', change: changeIn(item) }]);
};

function changeIn(item: unknown): string | undefined {
  const id = typeof item === 'object' && item !== null && 'change' in item ? item.change : undefined;
  return typeof id === 'string' ? id : undefined;
}
