import { engineNamed } from '../../model/engines';
import { isRunning, type Container } from '../../model/container';
import type { Finding } from '../../model/finding';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isAway, isInUse, vfState } from './vfState';

/**
 * The tokens that menus match, in a fixed order, each between semicolons: `viewItem =~ /;vf;/ && viewItem =~ /;free;/`.
 * A token never contains another one with its semicolons, so no menu lands on the wrong row.
 */
const tokens = (...words: (string | undefined)[]): string =>
  `;${words.filter((word) => word !== undefined).join(';')};`;

/** `away`: a container has it whole. `carries`: macvlans stand on it. */
export const pfContext = (pf: PhysicalFunction, carries: boolean): string =>
  tokens(
    'pf',
    pf.totalVfs ? 'sriov' : 'nosriov',
    pf.up ? 'up' : 'down',
    pf.vfs.length > 0 ? 'vfsN' : 'vfs0',
    pf.vfs.some(isInUse) ? 'inuse' : 'idle',
    isAway(pf) ? 'away' : undefined,
    carries ? 'carries' : undefined,
  );

export const vfContext = (
  vf: VirtualFunction,
  { returned, carries, kept }: { returned: boolean; carries: boolean; kept: boolean },
): string =>
  tokens(
    'vf',
    vfState(vf),
    vf.name === null ? 'nonetdev' : 'netdev',
    returned ? 'returned' : undefined,
    carries ? 'carries' : undefined,
    vf.nameByUdev === undefined ? undefined : 'misnamed',
    kept ? 'kept' : undefined,
  );

export const containerContext = (container: Container): string =>
  tokens(
    'ctr',
    container.state === 'paused' ? 'paused' : isRunning(container) ? 'running' : 'stopped',
    container.interfaces.some(({ vf }) => vf !== null) ? 'vfN' : 'vf0',
    container.networkMode === 'host' ? 'hostnet' : 'netns',
    ...engineTokens(container),
  );

/** `asked`: its engine has a command that tells of it. `execs`: one that runs something in it. */
function engineTokens({ engine, state }: Container): string[] {
  const client = engineNamed(engine)?.client;
  return client ? ['asked', ...(client.execs && state === 'running' ? ['execs'] : [])] : [];
}

/** A VF of a container, an adapter that it has whole, or a macvlan. */
export const attachmentContext = (what: 'att' | 'whole' | 'mvl', ours: boolean, kept = false): string =>
  tokens(what, ours ? 'ours' : 'foreign', kept ? 'kept' : undefined);

export const checkContext = ({ severity, fixes }: Finding): string =>
  tokens(
    'chk',
    { error: 'fail', warning: 'warn' }[severity as string] ?? severity,
    fixes.length > 0 ? 'fix' : 'nofix',
    fixes.some(({ change }) => change) ? 'plan' : undefined,
  );

/** `current`: commands work on it. `connected`: it is, or tries to be. */
export const hostContext = (host: {
  current: boolean;
  connected: boolean;
  ssh: boolean;
  saved: boolean;
}): string =>
  tokens(
    'host',
    host.current ? 'current' : 'other',
    host.connected ? 'connected' : undefined,
    host.ssh ? 'ssh' : 'local',
    host.saved ? 'saved' : undefined,
  );
