import { l10n } from 'vscode';
import type { CurrentHost, HostState } from '../hosts/currentHost';
import { deadEnds, type Remedy } from '../hosts/deadEnds';
import { hostName } from '../hosts/viewState';
import type { Needs } from './command';

/** The `when` of the palette's entry: only what is possible now is offered. */
export const paletteWhen: Record<Needs, string | undefined> = {
  nothing: undefined,
  host: 'sriov.connection && sriov.connection != none',
  snapshot: 'sriov.connection =~ /^(limited|admin|lost)$/',
  live: 'sriov.connection =~ /^(limited|admin)$/',
  terminal: 'sriov.connection =~ /^(limited|admin)$/',
  change: 'sriov.connection =~ /^(limited|admin)$/',
};

/** The `enablement` of the command itself: neither a change nor a root shell is possible in a folder that isn't trusted. */
export const enablement: Record<Needs, string | undefined> = {
  nothing: undefined,
  host: undefined,
  snapshot: undefined,
  live: undefined,
  terminal: 'isWorkspaceTrusted && sriov.connection != lost',
  change: 'isWorkspaceTrusted && sriov.connection != lost',
};

/** Why a command can't run now, and the command that would help; a hidden command can still be called. */
export interface Unavailable {
  reason: string;
  remedy?: Remedy;
}

const [connect] = deadEnds.none;
const [reconnect] = deadEnds.lost;

export function unavailable(
  needs: Needs,
  host: Pick<CurrentHost, 'connection' | 'snapshot' | 'id'>,
  isTrusted: boolean,
): Unavailable | undefined {
  if (needs === 'nothing') return undefined;
  const { connection, id, snapshot } = host;
  if (connection.state === 'none' || id === undefined)
    return { reason: l10n.t('No host is connected yet.'), remedy: connect };
  if (needs === 'host') return undefined;
  const name = hostName(id, snapshot);
  if (needs === 'snapshot') return snapshot ? undefined : notRead(connection, name);
  if (connection.state !== 'limited' && connection.state !== 'admin') return notRead(connection, name);
  if (needs === 'live') return undefined;
  if (!isTrusted)
    return {
      reason:
        needs === 'terminal'
          ? l10n.t('Terminals of hosts are disabled in untrusted folders.')
          : l10n.t('Changes are disabled in untrusted folders.'),
      remedy: { title: l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' },
    };
  return undefined;
}

function notRead(connection: HostState, name: string): Unavailable {
  switch (connection.state) {
    case 'connecting':
      return { reason: l10n.t('Still connecting to {0}.', name) };
    case 'unsupported':
      return { reason: connection.reason, remedy: connect };
    default:
      return {
        reason: l10n.t('Not connected to {0}.', name),
        remedy: reconnect,
      };
  }
}
