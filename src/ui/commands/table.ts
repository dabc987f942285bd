import type { Command } from './command';
import { connect } from './hosts/connect';
import { copyMac, copyName, copyPciAddress } from './looking/copy';
import { dropAccess, elevate } from './hosts/elevate';
import { disconnect } from './hosts/disconnect';
import { inspectJson } from './looking/inspectJson';
import { late } from './late';
import { openSshConfig } from './hosts/openSshConfig';
import { reconnect } from './hosts/reconnect';
import { groupContainers, sortRows } from './looking/arrange';
import { clearFilter, filterRows, freeOnly, runningOnly } from './looking/filter';
import { openWalkthrough } from './looking/openWalkthrough';
import { refresh } from './looking/refresh';
import { forgetHost, saveHost } from './hosts/savedHosts';
import { showActions } from './looking/showActions';
import { showLog } from './looking/showLog';

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
  'sriov.pf.createVfs': { run: late('setVfCount'), needs: 'change' },
  'sriov.pf.setVfCount': { run: late('setVfCount'), needs: 'change' },
  'sriov.pf.removeVfs': { run: late('removeVfs'), needs: 'change' },
  'sriov.pf.setAutoprobe': { run: late('setAutoprobe'), needs: 'change' },
  'sriov.vf.configure': { run: late('configureVf'), needs: 'change' },
  'sriov.vf.attach': { run: late('attach'), needs: 'change' },
  'sriov.container.attachVf': { run: late('attach'), needs: 'change' },
  'sriov.container.attachVfs': { run: late('attachVfs'), needs: 'change' },
  'sriov.container.attachAgain': { run: late('attachAgain'), needs: 'change' },
  'sriov.function.attach': { run: late('attachForm'), needs: 'change' },
  'sriov.container.openShell': { run: late('openShell'), needs: 'terminal' },
  'sriov.container.openTerminal': { run: late('openTerminal'), needs: 'terminal' },
  'sriov.container.ping': { run: late('ping'), needs: 'terminal' },
  'sriov.container.copyEnterCommand': { run: late('copyEnterCommand'), needs: 'snapshot' },
  'sriov.container.copyInspectCommand': { run: late('copyInspectCommand'), needs: 'snapshot' },
  'sriov.vf.move': { run: late('move'), needs: 'change' },
  'sriov.vf.detach': { run: late('detach'), needs: 'change' },
  'sriov.vf.restore': { run: late('restore'), needs: 'change' },
  'sriov.changes.showPlan': { run: late('showPlan'), needs: 'snapshot' },
  'sriov.changes.applyPlan': { run: late('applyPlan'), needs: 'change' },
  'sriov.changes.undoLast': { run: late('undoLast'), needs: 'change' },
  'sriov.changes.recover': { run: late('recover'), needs: 'change' },
  'sriov.changes.finish': { run: late('finish'), needs: 'change' },
  'sriov.changes.showHistory': { run: late('showHistory'), needs: 'live' },
  'sriov.readiness.run': { run: late('runReadiness'), needs: 'live' },
  'sriov.readiness.runAgain': { run: late('runAgain'), needs: 'live' },
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
  'sriov.support.createBundle': { run: late('createBundle'), needs: 'nothing' },
  'sriov.log.show': { run: showLog, needs: 'nothing' },
  'sriov.help.openWalkthrough': { run: openWalkthrough, needs: 'nothing' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
