import { back, type Choice } from '../../dialogs/dialogs';
import { hostName } from '../../hosts/viewState';
import type { Handler } from '../command';

const actions: Choice<string>[] = [
  { label: 'Refresh', icon: 'refresh', value: 'sriov.host.refresh' },
  { label: 'Set Number of VFs…', icon: 'add', value: 'sriov.pf.setVfCount' },
  { label: 'Attach to Container…', icon: 'plug', value: 'sriov.vf.attach' },
  { label: 'Detach…', icon: 'debug-disconnect', value: 'sriov.vf.detach' },
  { label: 'Configure VF…', icon: 'edit', value: 'sriov.vf.configure' },
  { label: 'Run Readiness Checks', icon: 'checklist', value: 'sriov.readiness.run' },
  { label: 'Undo Last Change…', icon: 'discard', value: 'sriov.changes.undoLast' },
  { label: 'Show Change History', icon: 'history', value: 'sriov.changes.showHistory' },
  { label: 'Connect to Another Host…', icon: 'remote', value: 'sriov.host.connect' },
  { label: 'Disconnect', icon: 'close', value: 'sriov.host.disconnect' },
  { label: 'Show Log', icon: 'output', value: 'sriov.log.show' },
];

/** What the status bar's item offers. */
export const showActions: Handler = async ({ dialogs, execute, host }) => {
  const reconnect = { label: 'Reconnect', icon: 'debug-restart', value: 'sriov.host.reconnect' };
  const command = await dialogs.pick({
    title: host.id === undefined ? 'SR-IOV' : hostName(host.id, host.snapshot),
    placeholder: 'What do you want to do?',
    choices: host.connection.state === 'lost' ? [reconnect, ...actions] : actions,
  });
  if (command !== undefined && command !== back) await execute(command);
};
