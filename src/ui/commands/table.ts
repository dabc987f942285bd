import { applyFix, undoFix } from './applyFix';
import { applyPlan } from './applyPlan';
import { attach, attachForm } from './attach';
import { choosePurpose } from './choosePurpose';
import { collectEvidence } from './collectEvidence';
import type { Command } from './command';
import { configureVf } from './configureVf';
import { connect } from './connect';
import { copyMac, copyName, copyPciAddress } from './copy';
import { copyResult } from './copyResult';
import { diagnoseText } from './diagnoseText';
import { detach } from './detach';
import { dropAccess, elevate } from './elevate';
import { disconnect } from './disconnect';
import { inspectJson } from './inspectJson';
import { move } from './move';
import { openSshConfig } from './openSshConfig';
import { reconnect } from './reconnect';
import { finish, recover } from './recover';
import { restore } from './restore';
import { refresh } from './refresh';
import { removeVfs } from './removeVfs';
import { exportReport, showReport } from './reports';
import { cancelReadiness, runReadiness } from './runReadiness';
import { forgetHost, saveHost } from './savedHosts';
import { setAutoprobe } from './setAutoprobe';
import { setVfCount } from './setVfCount';
import { showActions } from './showActions';
import { showFix } from './showFix';
import { showHistory } from './showHistory';
import { showLog } from './showLog';
import { showPlan } from './showPlan';
import { undoLast } from './undoLast';

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
  'sriov.pf.setVfCount': { run: setVfCount, needs: 'change' },
  'sriov.pf.removeVfs': { run: removeVfs, needs: 'change' },
  'sriov.pf.setAutoprobe': { run: setAutoprobe, needs: 'change' },
  'sriov.vf.configure': { run: configureVf, needs: 'change' },
  'sriov.vf.attach': { run: attach, needs: 'change' },
  'sriov.container.attachVf': { run: attach, needs: 'change' },
  'sriov.function.attach': { run: attachForm, needs: 'change' },
  'sriov.vf.move': { run: move, needs: 'change' },
  'sriov.vf.detach': { run: detach, needs: 'change' },
  'sriov.vf.restore': { run: restore, needs: 'change' },
  'sriov.changes.showPlan': { run: showPlan, needs: 'snapshot' },
  'sriov.changes.applyPlan': { run: applyPlan, needs: 'change' },
  'sriov.changes.undoLast': { run: undoLast, needs: 'change' },
  'sriov.changes.recover': { run: recover, needs: 'change' },
  'sriov.changes.finish': { run: finish, needs: 'change' },
  'sriov.changes.showHistory': { run: showHistory, needs: 'live' },
  'sriov.readiness.run': { run: runReadiness, needs: 'live' },
  'sriov.readiness.cancel': { run: cancelReadiness, needs: 'host' },
  'sriov.readiness.showFix': { run: showFix, needs: 'snapshot' },
  'sriov.readiness.applyFix': { run: applyFix, needs: 'change' },
  'sriov.readiness.undoFix': { run: undoFix, needs: 'change' },
  'sriov.readiness.copyResult': { run: copyResult, needs: 'snapshot' },
  'sriov.readiness.choosePurpose': { run: choosePurpose, needs: 'live' },
  'sriov.readiness.showReport': { run: showReport, needs: 'snapshot' },
  'sriov.readiness.exportReport': { run: exportReport, needs: 'nothing' },
  'sriov.readiness.diagnoseText': { run: diagnoseText, needs: 'nothing' },
  'sriov.readiness.collectEvidence': { run: collectEvidence, needs: 'live' },
  'sriov.function.copyPciAddress': { run: copyPciAddress, needs: 'snapshot' },
  'sriov.function.copyMac': { run: copyMac, needs: 'snapshot' },
  'sriov.item.copyName': { run: copyName, needs: 'snapshot' },
  'sriov.item.inspectJson': { run: inspectJson, needs: 'snapshot' },
  'sriov.log.show': { run: showLog, needs: 'nothing' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
