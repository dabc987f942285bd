import type { Command } from './command';
import { connect } from './hosts/connect';
import { dropAccess, elevate } from './hosts/elevate';
import { disconnect } from './hosts/disconnect';
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
import { toggleRates } from './looking/toggleRates';

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
  'sriov.vf.prepare': { run: late('prepareVfs'), needs: 'change' },
  'sriov.vf.copyRunLine': { run: late('copyRunLine'), needs: 'snapshot' },
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
  'sriov.vf.capture': { run: late('capture'), needs: 'live' },
  'sriov.vf.checkPath': { run: late('checkPath'), needs: 'live' },
  'sriov.vf.move': { run: late('move'), needs: 'change' },
  'sriov.vf.detach': { run: late('detach'), needs: 'change' },
  'sriov.vf.restore': { run: late('restore'), needs: 'change' },
  'sriov.vf.giveNameBack': { run: late('giveNameBack'), needs: 'change' },
  'sriov.vf.keep': { run: late('keep'), needs: 'change' },
  'sriov.vf.stopKeeping': { run: late('stopKeeping'), needs: 'change' },
  'sriov.vf.showKeptLog': { run: late('showKeptLog'), needs: 'live' },
  'sriov.changes.showPlan': { run: late('showPlan'), needs: 'snapshot' },
  'sriov.changes.applyPlan': { run: late('applyPlan'), needs: 'change' },
  'sriov.changes.undoLast': { run: late('undoLast'), needs: 'change' },
  'sriov.changes.recover': { run: late('recover'), needs: 'change' },
  'sriov.changes.finish': { run: late('finish'), needs: 'change' },
  'sriov.changes.showHistory': { run: late('showHistory'), needs: 'live' },
  'sriov.declared.plan': { run: late('planFile'), needs: 'live' },
  'sriov.declared.apply': { run: late('applyFile'), needs: 'change' },
  'sriov.declared.adopt': { run: late('adoptHost'), needs: 'live' },
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
  'sriov.function.copyPciAddress': { run: late('copyPciAddress'), needs: 'snapshot' },
  'sriov.function.copyMac': { run: late('copyMac'), needs: 'snapshot' },
  'sriov.item.copyName': { run: late('copyName'), needs: 'snapshot' },
  'sriov.item.inspectJson': { run: late('inspectJson'), needs: 'snapshot' },
  'sriov.rows.filter': { run: filterRows, needs: 'snapshot' },
  'sriov.rows.clearFilter': { run: clearFilter, needs: 'snapshot' },
  'sriov.rows.freeOnly': { run: freeOnly, needs: 'snapshot' },
  'sriov.rows.runningOnly': { run: runningOnly, needs: 'snapshot' },
  'sriov.rows.sort': { run: sortRows, needs: 'snapshot' },
  'sriov.containers.group': { run: groupContainers, needs: 'snapshot' },
  'sriov.counters.show': { run: late('showCounters'), needs: 'live' },
  'sriov.rows.toggleRates': { run: toggleRates, needs: 'snapshot' },
  'sriov.topology.open': { run: late('openTopology'), needs: 'snapshot' },
  'sriov.support.createBundle': { run: late('createBundle'), needs: 'nothing' },
  'sriov.log.show': { run: showLog, needs: 'nothing' },
  'sriov.help.openWalkthrough': { run: openWalkthrough, needs: 'nothing' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
