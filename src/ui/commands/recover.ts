import { tellOutcome, tellTrouble } from '../changes/tell';
import type { Handler } from './command';

/** Finishes or undoes what was interrupted, and puts VFs right that came back from dead containers. */
export const recover: Handler = async (workbench) => {
  const { host, dialogs, log } = workbench;
  const { control } = host;
  if (!control) return;
  log.info(`recover ${control.id}`);
  try {
    const outcomes = await dialogs.progress('Recovering', (report, signal) =>
      control.recover({
        signal,
        onProgress: (progress) => {
          log.info(progress.kind === 'note' ? progress.text : `${progress.kind} ${progress.title}`);
          report({ message: progress.kind === 'note' ? progress.text : progress.title });
        },
      }),
    );
    const done = outcomes.filter(({ status }) => status === 'done').length;
    if (outcomes.length === 0) dialogs.say('Nothing to recover.');
    else if (done > 1) dialogs.say(`${done} things were recovered.`);
    for (const outcome of outcomes)
      if (done <= 1 || outcome.status !== 'done') tellOutcome(workbench, outcome);
  } catch (error) {
    tellTrouble(workbench, 'Nothing could be recovered', error);
  }
};
