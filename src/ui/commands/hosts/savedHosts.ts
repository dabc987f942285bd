import { l10n } from 'vscode';
import { destination, destinationProblem } from '../../../model/destination';
import { back } from '../../dialogs/dialogs';
import type { Handler } from '../command';
import { hostIn, targetOf } from '../target';

export const saveHost: Handler = async (workbench, item) => {
  const { dialogs, settings, setSetting, host } = workbench;
  const known = hostIn(targetOf(workbench, item, undefined));
  const typed =
    known ??
    (await dialogs.ask({
      title: l10n.t('Save Host'),
      prompt: l10n.t('An SSH destination: an alias from your SSH configuration, or user@host'),
      value: host.id === undefined || host.id === 'local' ? '' : host.id,
      problem: destinationProblem,
    }));
  if (typed === undefined || typed === back) return;
  const id = destination(typed);
  if (!settings().hosts.includes(id)) await setSetting('hosts', [...settings().hosts, id]);
};

export const forgetHost: Handler = async (workbench, item) => {
  const { dialogs, settings, setSetting } = workbench;
  const saved = settings().hosts;
  const known = hostIn(targetOf(workbench, item, undefined));
  if (saved.length === 0) return void dialogs.tell('info', l10n.t('There are no saved hosts.'));
  const id =
    known ??
    (await dialogs.pick({
      title: l10n.t('Forget Host'),
      placeholder: l10n.t('Pick a saved host'),
      choices: saved.map((one) => ({ label: one, value: one })),
    }));
  if (typeof id === 'string')
    await setSetting(
      'hosts',
      saved.filter((one) => one !== id),
    );
};
