import { l10n } from 'vscode';
import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import type { CurrentHost } from './currentHost';
import { failureOf, type DeadEnd } from './deadEnds';

/**
 * Why a view may be empty, as tokens of one context key: `;noPf;noContainers;`. Each word belongs to one state, each view's
 * welcome text asks for its own.
 */
export function viewTokens(host: Viewed): string {
  return `;${words(host).join(';')};`;
}

type Viewed = Pick<CurrentHost, 'connection' | 'snapshot' | 'readiness' | 'failedAt' | 'isChecking'>;

type Word = DeadEnd | 'initializing' | 'error';

function words({ connection, snapshot, readiness, failedAt, isChecking }: Viewed): Word[] {
  if (connection.state === 'none') return ['none'];
  if (connection.state === 'unsupported') return ['unsupported'];
  if (!snapshot && connection.state !== 'lost') return ['initializing'];
  if (!snapshot) return ['error', failureOf(failedAt) ?? 'connect'];
  return [
    ...(snapshot.pfs.length === 0 ? (['noPf'] as const) : []),
    ...(snapshot.containers.length === 0 ? [emptyContainers(snapshot)] : []),
    ...(readiness === undefined ? (['notChecked'] as const) : []),
    ...(isChecking ? (['checking'] as const) : []),
  ];
}

function emptyContainers({ engines }: HostSnapshot): DeadEnd {
  if (engines.some((engine) => engine.status === 'denied' && engine.joinedLate !== undefined))
    return 'staleGroup';
  if (engines.some(({ status }) => status === 'denied')) return 'denied';
  if (engines.some(({ status }) => status === 'not-running')) return 'engineStopped';
  return engines.some(({ status }) => status === 'ok') ? 'noContainers' : 'noRuntime';
}

/** What stands beside the title of the Adapters view. */
export function viewDescription({
  connection,
  id,
  snapshot,
}: Pick<CurrentHost, 'connection' | 'id' | 'snapshot'>) {
  if (connection.state === 'none' || id === undefined) return undefined;
  const name = hostName(id, snapshot);
  return connection.state === 'admin' ? name : `${name} · ${stateWords[connection.state]}`;
}

const stateWords = {
  connecting: l10n.t('connecting…'),
  limited: l10n.t('limited'),
  admin: '',
  lost: l10n.t('not connected'),
  unsupported: l10n.t('not supported'),
};

/** How people call the host: its ssh alias, or this machine's own name. */
export const hostName = (id: string, snapshot: HostSnapshot | undefined): string =>
  oneLine(id === 'local' ? (snapshot?.host.hostname ?? l10n.t('this machine')) : id);

/** What stands above the rows while the host is lost. */
export function lostMessage(
  { connection, id, snapshot }: Pick<CurrentHost, 'connection' | 'id' | 'snapshot'>,
  nextTry: number | undefined,
  now: number,
): string | undefined {
  if (connection.state !== 'lost' || !snapshot || id === undefined) return undefined;
  const wait = nextTry === undefined ? undefined : Math.max(1, Math.round((nextTry - now) / 1000));
  const lost = l10n.t(
    'Connection to {0} lost; showing data from {1}.',
    hostName(id, snapshot),
    clock(snapshot.takenAt),
  );
  return wait === undefined ? lost : `${lost} ${l10n.t('Reconnecting in {0} s.', wait)}`;
}

/** `12:04:31`, the user's own time. */
export const clock = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);
