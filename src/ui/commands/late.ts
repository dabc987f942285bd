import { l10n } from 'vscode';
import { loadLasting } from '../../planning/lasting';
import { tellTrouble } from '../changes/tell';
import type * as later from '../later';
import type { DropTarget } from '../tree/dragAndDrop';
import type { Workbench } from '../workbench';
import type { Handler } from './command';

/** A handler that is loaded with the first call of any of these, so that a view is there sooner. */
export const late =
  (name: Exclude<keyof typeof later, 'tools' | 'drop' | 'CountersPart' | 'tellKeptFailures'>): Handler =>
  async (...call) => {
    const part = await import('../later');
    // Questions plan what is asked, while it is.
    await loadLasting();
    return part[name](...call);
  };

/** What rows that are dropped stand for; loaded with the first drop. */
export async function dropRows(workbench: Workbench, rows: string[], onto: DropTarget): Promise<void> {
  try {
    await (await import('../later')).drop(workbench, rows, onto);
  } catch (error) {
    tellTrouble(workbench, l10n.t('Drop'), error);
  }
}
