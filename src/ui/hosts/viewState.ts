import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import type { CurrentHost } from './currentHost';

/**
 * Why a view may be empty, as tokens of one context key: `;noPf;noContainers;`. Each word belongs to one state, each view's
 * welcome text asks for its own.
 */
export function viewTokens(host: Viewed): string {
  return `;${words(host).join(';')};`;
}

type Viewed = Pick<CurrentHost, 'connection' | 'snapshot' | 'readiness' | 'failedAt' | 'isChecking'>;

function words({ connection, snapshot, readiness, failedAt, isChecking }: Viewed): string[] {
  if (connection.state === 'none') return ['none'];
  if (connection.state === 'unsupported') return ['unsupported'];
  if (!snapshot && connection.state !== 'lost') return ['initializing'];
  if (!snapshot) return ['error', failures.find((phase) => phase === failedAt) ?? 'unreachable'];
  return [
    ...(snapshot.pfs.length === 0 ? ['noPf'] : []),
    ...(snapshot.containers.length === 0 ? [emptyContainers(snapshot)] : []),
    ...(readiness === undefined ? ['notChecked'] : []),
    ...(isChecking ? ['checking'] : []),
  ];
}

/** The failures that have a welcome text of their own. */
const failures = ['resolve', 'host-key', 'login', 'shell', 'start', 'timeout'];

function emptyContainers({ engines }: HostSnapshot): string {
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
  connecting: 'connecting…',
  limited: 'limited',
  admin: '',
  lost: 'not connected',
  unsupported: 'not supported',
};

/** How people call the host: its ssh alias, or this machine's own name. */
export const hostName = (id: string, snapshot: HostSnapshot | undefined): string =>
  oneLine(id === 'local' ? (snapshot?.host.hostname ?? 'this machine') : id);

/** What stands above the rows while the host is lost. */
export function lostMessage(
  { connection, id, snapshot }: Pick<CurrentHost, 'connection' | 'id' | 'snapshot'>,
  nextTry: number | undefined,
  now: number,
): string | undefined {
  if (connection.state !== 'lost' || !snapshot || id === undefined) return undefined;
  const wait = nextTry === undefined ? undefined : Math.max(1, Math.round((nextTry - now) / 1000));
  const next = wait === undefined ? '' : ` Reconnecting in ${wait} s.`;
  return `Connection to ${hostName(id, snapshot)} lost; showing data from ${clock(snapshot.takenAt)}.${next}`;
}

/** `12:04:31`, the user's own time. */
export const clock = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);
