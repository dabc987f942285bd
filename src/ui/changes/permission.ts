import { l10n } from 'vscode';
import { isRefusal, type Refusal } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { Workbench } from '../workbench';

/**
 * A change that would cut off the user is blocked. Typing the name of the interface overrides that: resolves to the request
 * with the name in it, or to undefined.
 */
export async function permissionToInterrupt(
  { host, dialogs }: Workbench,
  refusal: Refusal,
  forced: (interfaceName: string) => ChangeRequest,
): Promise<ChangeRequest | undefined> {
  const override = l10n.t('Type the Interface’s Name…');
  const answer = await dialogs.warn({
    message: l10n.t('This would interrupt a protected interface.'),
    detail: refusal.reason,
    buttons: [override],
  });
  if (answer !== override) return undefined;
  const allows = (name: string): boolean => {
    const plans = host.control?.plan(forced(name));
    return plans !== undefined && !(isRefusal(plans) && plans.code === 'protected');
  };
  const typed = await dialogs.ask({
    title: l10n.t('Interrupt a Protected Interface'),
    prompt: refusal.reason,
    value: '',
    problem: (name) =>
      name !== '' && allows(name) ? undefined : l10n.t('That is not the name of the protected interface.'),
  });
  return typeof typed === 'string' ? forced(typed) : undefined;
}

/** Pressing the button proves that the user is still connected. Otherwise the host undoes the change on its own. */
export async function stillThere({ dialogs }: Workbench, title: string): Promise<boolean> {
  const keep = l10n.t('Keep');
  const question = l10n.t(
    '{0}: done. Are you still connected? The change is undone within a minute unless you keep it.',
    title,
  );
  return (await dialogs.tell('warning', question, [keep])) === keep;
}
