import { l10n } from 'vscode';
import type { PhysicalFunction } from '../../../model/functions';
import type { ChangeRequest } from '../../../model/request';
import { vfCountProblem } from '../../../model/values';
import { change } from '../../changes/change';
import { pfChoices } from '../../changes/choices';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Handler } from '../command';
import { pfsIn, targetOf, type Target } from '../target';

export const setVfCount: Handler = async (workbench, item) => {
  const request = await askVfCount(workbench, targetOf(workbench, item, undefined), countIn(item));
  if (request) await change(workbench, [request]);
};

/** Asks for anything unknown: the adapter, and its number of VFs. */
export async function askVfCount(
  workbench: Workbench,
  target: Target,
  count?: number,
): Promise<ChangeRequest | undefined> {
  const { snapshot } = workbench.host;
  if (!snapshot) return undefined;
  const pf = await choose(workbench, target, pfsIn(target, snapshot), {
    title: l10n.t('Set Number of VFs'),
    ...pfChoices(snapshot),
    none: l10n.t('No adapter on this host supports VFs.'),
  });
  if (!pf) return undefined;
  const typed = count ?? (await askCount(workbench, pf));
  return typed === undefined ? undefined : { kind: 'set-vfs', pf: pf.pci, count: typed };
}

async function askCount({ dialogs }: Workbench, pf: PhysicalFunction): Promise<number | undefined> {
  const now = pf.numVfs ?? pf.vfs.length;
  const most = pf.totalVfs ?? '?';
  const typed = await dialogs.ask({
    title: l10n.t('Set Number of VFs of {0}', pf.name ?? pf.pci),
    prompt:
      now > 0
        ? l10n.t(
            'Number of VFs, from 0 to {0}. Currently {1}. Changing it removes the existing VFs first.',
            most,
            now,
          )
        : l10n.t('Number of VFs, from 0 to {0}. Currently {1}.', most, now),
    value: String(now),
    problem: (text) =>
      vfCountProblem(text, pf.totalVfs) ??
      (Number(text) === now ? l10n.t('It already has {0}.', now) : undefined),
  });
  return typeof typed === 'string' ? Number(typed) : undefined;
}

/** `{pf, count}` asks nothing. */
function countIn(item: unknown): number | undefined {
  const count = typeof item === 'object' && item !== null && 'count' in item ? item.count : undefined;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}
