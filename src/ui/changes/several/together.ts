import { l10n } from 'vscode';
import { isRefusal, type Plan, type Refusal } from '../../../model/plan';
import { inTheWorkbench } from '../adviceText';
import type { Remarks } from '../remarks';

/**
 * What several plans say, as one would; what differs in numbers only is said once, with how many times. A refusal, unless there is nothing
 * to do for some and something for others.
 */
export function together(all: (Plan | Refusal)[]): Remarks | Refusal {
  const plans = all.flatMap((one) => (isRefusal(one) ? [] : [one]));
  const refusals = all.flatMap((one) => (isRefusal(one) ? [one] : []));
  const refused = refusals.find(({ code }) => code !== 'nothing-to-do' || plans.length === 0);
  if (refused) return refused;
  return {
    losses: plans.flatMap(({ losses }) => losses),
    doubts: [...new Set(plans.flatMap(({ doubts = [] }) => doubts))],
    notes: alike([
      ...plans.flatMap(({ notes }) => notes),
      ...plans.flatMap(({ advice = [] }) => advice.map(inTheWorkbench.say)),
    ]),
  };
}

function alike(texts: string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const text of new Set(texts)) {
    const key = text.replaceAll(/\d+/g, '#');
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  return [...groups.values()].map(([first = '', ...others]) =>
    others.length === 0 ? first : l10n.t('{0} The same applies to {1} more.', first, others.length),
  );
}
