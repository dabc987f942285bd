import { applyPlan } from './changes/applyPlan';
import { attach, attachForm } from './changes/attach';
import { attachAgain } from './changes/attachAgain';
import type { Command } from './command';
import { configureVf } from './changes/configureVf';
import { connect } from './hosts/connect';
import { copyMac, copyName, copyPciAddress } from './looking/copy';
import { detach } from './changes/detach';
import { dropAccess, elevate } from './hosts/elevate';
import { disconnect } from './hosts/disconnect';
import { inspectJson } from './looking/inspectJson';
import { move } from './changes/move';
import { late } from './late';
import { openSshConfig } from './hosts/openSshConfig';
import { reconnect } from './hosts/reconnect';
import { finish, recover } from './changes/recover';
import { restore } from './changes/restore';
import { groupContainers, sortRows } from './looking/arrange';
import { clearFilter, filterRows, freeOnly, runningOnly } from './looking/filter';
import { refresh } from './looking/refresh';
import { removeVfs } from './changes/removeVfs';
import { forgetHost, saveHost } from './hosts/savedHosts';
import { setAutoprobe } from './changes/setAutoprobe';
import { setVfCount } from './changes/setVfCount';
import { showActions } from './looking/showActions';
import { showHistory } from './changes/showHistory';
import { showLog } from './looking/showLog';
import { showPlan } from './changes/showPlan';
import { undoLast } from './changes/undoLast';

/** Every command: what runs, and what has to be there for it. */
export const commands = {
  'sriov.host.connect': { run: connect, needs: 'nothing' },
  'sriov.host.disconnect': { run: disconnect, needs: 'host' },
  'sriov.host.reconnect': { run: reconnect, needs: 'host' },
  'sriov.host.refresh': { run: refresh, needs: 'host' },
  'sriov.host.save': { run: saveHost, needs: 'nothing' },
  'sriov.host.forget': { run: forgetHost, needs: 'nothing' },
  'sriov.host.openSshConfig': { run: openSshConfig, needs: 'nothing' },
  'sriov.host.showActions': { run: showActions, needs: 'host' },
  'sriov.access.elevate': { run: elevate, needs: 'live' },
  'sriov.access.drop': { run: dropAccess, needs: 'host' },
  'sriov.pf.createVfs': { run: setVfCount, needs: 'change' },
  'sriov.pf.setVfCount': { run: setVfCount, needs: 'change' },
  'sriov.pf.removeVfs': { run: removeVfs, needs: 'change' },
  'sriov.pf.setAutoprobe': { run: setAutoprobe, needs: 'change' },
  'sriov.vf.configure': { run: configureVf, needs: 'change' },
  'sriov.vf.attach': { run: attach, needs: 'change' },
  'sriov.container.attachVf': { run: attach, needs: 'change' },
  'sriov.container.attachAgain': { run: attachAgain, needs: 'change' },
  'sriov.function.attach': { run: attachForm, needs: 'change' },
  'sriov.container.openShell': { run: late('openShell'), needs: 'terminal' },
  'sriov.container.openTerminal': { run: late('openTerminal'), needs: 'terminal' },
  'sriov.container.ping': { run: late('ping'), needs: 'terminal' },
  'sriov.container.copyEnterCommand': { run: late('copyEnterCommand'), needs: 'snapshot' },
  'sriov.container.copyInspectCommand': { run: late('copyInspectCommand'), needs: 'snapshot' },
  'sriov.vf.move': { run: move, needs: 'change' },
  'sriov.vf.detach': { run: detach, needs: 'change' },
  'sriov.vf.restore': { run: restore, needs: 'change' },
  'sriov.changes.showPlan': { run: showPlan, needs: 'snapshot' },
  'sriov.changes.applyPlan': { run: applyPlan, needs: 'change' },
  'sriov.changes.undoLast': { run: undoLast, needs: 'change' },
  'sriov.changes.recover': { run: recover, needs: 'change' },
  'sriov.changes.finish': { run: finish, needs: 'change' },
  'sriov.changes.showHistory': { run: showHistory, needs: 'live' },
  'sriov.readiness.run': { run: late('runReadiness'), needs: 'live' },
  'sriov.readiness.cancel': { run: late('cancelReadiness'), needs: 'host' },
  'sriov.readiness.showFix': { run: late('showFix'), needs: 'snapshot' },
  'sriov.readiness.applyFix': { run: late('applyFix'), needs: 'change' },
  'sriov.readiness.undoFix': { run: late('undoFix'), needs: 'change' },
  'sriov.readiness.copyResult': { run: late('copyResult'), needs: 'snapshot' },
  'sriov.readiness.choosePurpose': { run: late('choosePurpose'), needs: 'live' },
  'sriov.readiness.showReport': { run: late('showReport'), needs: 'snapshot' },
  'sriov.readiness.exportReport': { run: late('exportReport'), needs: 'nothing' },
  'sriov.readiness.diagnoseText': { run: late('diagnoseText'), needs: 'nothing' },
  'sriov.readiness.collectEvidence': { run: late('collectEvidence'), needs: 'live' },
  'sriov.function.copyPciAddress': { run: copyPciAddress, needs: 'snapshot' },
  'sriov.function.copyMac': { run: copyMac, needs: 'snapshot' },
  'sriov.item.copyName': { run: copyName, needs: 'snapshot' },
  'sriov.item.inspectJson': { run: inspectJson, needs: 'snapshot' },
  'sriov.rows.filter': { run: filterRows, needs: 'snapshot' },
  'sriov.rows.clearFilter': { run: clearFilter, needs: 'snapshot' },
  'sriov.rows.freeOnly': { run: freeOnly, needs: 'snapshot' },
  'sriov.rows.runningOnly': { run: runningOnly, needs: 'snapshot' },
  'sriov.rows.sort': { run: sortRows, needs: 'snapshot' },
  'sriov.containers.group': { run: groupContainers, needs: 'snapshot' },
  'sriov.log.show': { run: showLog, needs: 'nothing' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
