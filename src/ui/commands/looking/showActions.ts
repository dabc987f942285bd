import { l10n } from 'vscode';
import { back, type Choice } from '../../dialogs/dialogs';
import { hostName } from '../../hosts/viewState';
import type { Handler } from '../command';

const actions: Choice<string>[] = [
  { label: l10n.t('Refresh'), icon: 'refresh', value: 'sriov.host.refresh' },
  { label: l10n.t('Set Number of VFs…'), icon: 'add', value: 'sriov.pf.setVfCount' },
  { label: l10n.t('Attach to Container…'), icon: 'plug', value: 'sriov.vf.attach' },
  { label: l10n.t('Detach…'), icon: 'debug-disconnect', value: 'sriov.vf.detach' },
  { label: l10n.t('Configure VF…'), icon: 'edit', value: 'sriov.vf.configure' },
  { label: l10n.t('Run Readiness Checks'), icon: 'checklist', value: 'sriov.readiness.run' },
  { label: l10n.t('Undo Last Change…'), icon: 'discard', value: 'sriov.changes.undoLast' },
  { label: l10n.t('Show Change History'), icon: 'history', value: 'sriov.changes.showHistory' },
  { label: l10n.t('Connect to Another Host…'), icon: 'remote', value: 'sriov.host.connect' },
  { label: l10n.t('Disconnect'), icon: 'close', value: 'sriov.host.disconnect' },
  { label: l10n.t('Show Log'), icon: 'output', value: 'sriov.log.show' },
];

/** What the status bar's item offers. */
export const showActions: Handler = async ({ dialogs, execute, host }) => {
  const reconnect = { label: l10n.t('Reconnect'), icon: 'debug-restart', value: 'sriov.host.reconnect' };
  const elevate = {
    label: l10n.t('Turn On Administrative Access'),
    icon: 'lock',
    value: 'sriov.access.elevate',
  };
  const { state } = host.connection;
  const command = await dialogs.pick({
    title: host.id === undefined ? 'SR-IOV' : hostName(host.id, host.snapshot),
    placeholder: l10n.t('What do you want to do?'),
    choices: [...(state === 'lost' ? [reconnect] : state === 'limited' ? [elevate] : []), ...actions],
  });
  if (command !== undefined && command !== back) await execute(command);
};
