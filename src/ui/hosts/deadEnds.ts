import { l10n } from 'vscode';
import type { HostErrorPhase } from '../../control/hostControl';

/** What can be done next: a button and its command. */
export interface Remedy {
  title: string;
  command: string;
}
type Remedies = readonly [Remedy, ...Remedy[]];

const connect = { title: l10n.t('Connect to Host…'), command: 'sriov.host.connect' };
const another = { title: l10n.t('Choose Another Host…'), command: 'sriov.host.connect' };
const sshConfig = { title: l10n.t('Open SSH Configuration File'), command: 'sriov.host.openSshConfig' };
const retry = { title: l10n.t('Retry'), command: 'sriov.host.reconnect' };
const reconnect = { title: l10n.t('Reconnect'), command: 'sriov.host.reconnect' };
const refresh = { title: l10n.t('Refresh'), command: 'sriov.host.refresh' };
const log = { title: l10n.t('Show Log'), command: 'sriov.log.show' };
const elevate = { title: l10n.t('Turn On Administrative Access'), command: 'sriov.access.elevate' };
const tried = { title: l10n.t('Show What Was Tried'), command: 'sriov.log.show' };
const check = { title: l10n.t('Check Host Readiness'), command: 'sriov.readiness.run' };

/** A host that wasn't reached, by where on the way to it that was. What `unsupported` is, the connection says. */
const failures = {
  resolve: [another, sshConfig, retry],
  connect: [retry, another, log],
  timeout: [retry, another, log],
  lost: [reconnect, another, log],
  'host-key': [log, retry, another],
  login: [retry, sshConfig, log],
  declined: [retry, another, log],
  shell: [log, retry, another],
  start: [sshConfig, log, retry],
  unsupported: [another],
} as const satisfies Record<HostErrorPhase, Remedies>;

/** Each reason why a view has no rows, with the ways out of it; the first is the one that helps most. Welcome texts have the same. */
export const deadEnds = {
  none: [connect],
  ...failures,
  noPf: [check],
  noRuntime: [tried],
  denied: [elevate, tried],
  staleGroup: [reconnect, elevate],
  engineStopped: [refresh],
  noContainers: [refresh],
  notChecked: [{ title: l10n.t('Run Readiness Checks'), command: 'sriov.readiness.run' }],
  checking: [{ title: l10n.t('Cancel'), command: 'sriov.readiness.cancel' }],
} as const satisfies Record<string, Remedies>;

export type DeadEnd = keyof typeof deadEnds;

/** The same for an error on the way to a host; undefined for any other. */
export const failureOf = (phase: unknown): keyof typeof failures | undefined =>
  typeof phase === 'string' && Object.hasOwn(failures, phase) ? (phase as keyof typeof failures) : undefined;

/** What helps most after an error, where there is room for one button. */
export function wayOut(error: unknown): Remedy | undefined {
  const failure = failureOf(error instanceof Error && 'phase' in error ? error.phase : undefined);
  return failure && deadEnds[failure][0];
}
