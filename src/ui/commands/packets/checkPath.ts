import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { tellRefusal, tellTrouble } from '../../changes/tell';
import type { Handler } from '../command';
import type { Workbench } from '../../workbench';
import { chooseWire } from './chooseWire';

/** Whether packets get from an interface to others and back, and what is wrong first if not. */
export const checkPath: Handler = async (workbench, item) => {
  const chosen = await chooseWire(workbench, item, l10n.t('Check Path'));
  if (chosen) await showPathOf(workbench, chosen.on, chosen.wire.label);
};

async function showPathOf(workbench: Workbench, on: string, label: string): Promise<void> {
  const { control } = workbench.host;
  if (!control) return;
  try {
    const result = await workbench.dialogs.progress(l10n.t('Checking the path of {0}', label), (_, signal) =>
      control.checkPath({ on }, signal),
    );
    if (isRefusal(result)) return tellRefusal(workbench, result);
    await workbench.pages.showPath({ on }, result);
  } catch (error) {
    tellTrouble(workbench, l10n.t('The path could not be checked'), error);
  }
}
