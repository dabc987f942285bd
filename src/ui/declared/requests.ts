import type { Declared } from '../../model/declared/declared';
import type { DeclaredPlan, Part } from '../../model/declared/declaredPlan';
import type { ChangeRequest } from '../../model/request';
import { isLasting } from '../../planning/lasting';

/**
 * What makes a host what is declared for it, in rounds: each thing that no longer lasts ends first, then comes all else as one change, then
 * what is to last.
 */
export function rounds({ parts }: DeclaredPlan, declared: Declared): ChangeRequest[][] {
  const requests = (isOne: (part: Part) => boolean) => parts.filter(isOne).map(({ request }) => request);
  const ends = requests(({ request }) => request.kind === 'stop-keeping');
  const once = requests(({ request }) => !isLasting(request));
  const keeps = requests(({ request }) => isLasting(request) && request.kind !== 'stop-keeping');
  return [ends, once.length > 0 ? [{ kind: 'apply' as const, declared }] : [], keeps].filter(
    ({ length }) => length > 0,
  );
}
