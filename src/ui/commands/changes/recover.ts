import { l10n } from 'vscode';
import type { Plan } from '../../../model/plan';
import { confirmation } from '../../changes/confirmation';
import { tellOutcome, tellTrouble } from '../../changes/tell';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';

/** Finishes or undoes interrupted changes, and restores VFs that came back from dead containers. */
const recovering =
  (how: 'finish' | 'undo', title: string): Handler =>
  async (workbench) => {
    const { host, dialogs, log } = workbench;
    const { control } = host;
    if (!control) return;
    log.info(`recover ${control.id}: ${how}`);
    let declined = false;
    try {
      const outcomes = await dialogs.progress(title, (report, signal) =>
        control.recover(how, {
          signal,
          onProgress: (progress) => {
            log.info(progress.kind === 'note' ? progress.text : `${progress.kind} ${progress.title}`);
            report({ message: progress.kind === 'note' ? progress.text : progress.title });
          },
          confirm: async (plan) => {
            const agreed = await confirmed(workbench, plan);
            declined ||= !agreed;
            return agreed;
          },
        }),
      );
      const done = outcomes.filter(({ status }) => status === 'done').length;
      // Who declines has been asked, and needn't be told.
      if (outcomes.length === 0 && !declined) dialogs.say(l10n.t('Nothing to recover.'));
      else if (done > 1) dialogs.say(l10n.t('{0} changes and VFs were recovered.', done));
      for (const outcome of outcomes)
        if (done <= 1 || outcome.status !== 'done') tellOutcome(workbench, outcome);
    } catch (error) {
      tellTrouble(workbench, l10n.t('Recovery failed'), error);
    }
  };

export const recover = recovering('undo', l10n.t('Recovering'));
export const finish = recovering('finish', l10n.t('Finishing'));

async function confirmed({ dialogs, settings }: Workbench, plan: Plan): Promise<boolean> {
  const question = confirmation([plan], undefined, settings());
  if (!question) return true;
  const { message, detail, verb } = question;
  return (await dialogs.warn({ message, detail, buttons: [verb] })) === verb;
}
