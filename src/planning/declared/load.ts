import type { ChangeRequest } from '../../model/request';
import { appliesBy } from '../applying';
import { isPlannedLate, loadLasting } from '../lasting';

/** Before a file is planned, or `planChange` is asked to apply one. */
export async function loadDeclared(): Promise<void> {
  const [{ planApply }] = await Promise.all([import('./planApply'), loadLasting()]);
  appliesBy(planApply);
}

/** Before `planChange` is asked for whatever that is. */
export async function loadFor(request: ChangeRequest): Promise<void> {
  if (request.kind === 'apply') await loadDeclared();
  else if (isPlannedLate(request)) await loadLasting();
}
