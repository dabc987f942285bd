import { HostError, type Host } from '../host/host';
import { PrivilegeError } from '../host/privilege';
import { firstLook } from '../inventory/first/firstLook';
import { isEnough, isWorthAFirstLook } from '../inventory/first/isEnough';
import { lookAgain, lookAt, type Look, type Touched } from '../inventory/readSnapshot';
import type { ChangeRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import type { Connection } from './hostControl';

/** Reads a host, and reports the state of the connection through `become`. Both reject with HostError if it can't be read. */
export interface Reading {
  /** The whole host. */
  whole: (signal?: AbortSignal) => Promise<HostSnapshot>;
  /** What was touched since an earlier read. */
  touched: (before: Look, touched: Touched) => Promise<HostSnapshot>;
  /**
   * What the plan of a change needs from a host that hasn't been read yet; undefined if that is the whole host. Nobody else is
   * told of it: it isn't the whole host, only enough of it.
   */
  forChange: (request: ChangeRequest, signal?: AbortSignal) => Promise<Look | undefined>;
}

export function reading(host: Host, become: (next: Connection, look?: Look) => void): Reading {
  const orLost = (error: unknown): never => {
    if (error instanceof HostError) become(failed(error));
    throw error;
  };
  const by = async (looking: () => Promise<Look>): Promise<HostSnapshot> => {
    const look = await looking().catch(orLost);
    become(connectionOf(host, look), look);
    return look.snapshot;
  };
  /** sudo no longer accepts the password, and the host has forgotten it: the user may still read. */
  const orAsUser = (signal?: AbortSignal) => (error: unknown) => {
    if (error instanceof PrivilegeError) return lookAt(host, signal);
    throw error;
  };
  return {
    whole: (signal) => by(() => lookAt(host, signal).catch(orAsUser(signal))),
    touched: (before, touched) => by(() => lookAgain(host, before, touched).catch(orAsUser())),
    async forChange(request, signal) {
      if (!isWorthAFirstLook(request)) return undefined;
      const { look, isWhole } = await firstLook(host, request, signal).catch(orLost);
      become(connectionOf(host, look), isWhole ? look : undefined);
      return !isWhole && isEnough(look, request) ? look : undefined;
    },
  };
}

function connectionOf({ id }: Host, { snapshot: { host } }: Look): Connection {
  if (host.os.system !== 'Linux')
    return { state: 'unsupported', reason: `${id} runs ${host.os.system}; SR-IOV needs a Linux host.` };
  return { state: host.user.isRoot ? 'admin' : 'limited' };
}

/** What a failure to reach the host says about the connection. */
export const failed = ({ phase, message, detail }: HostError): Connection =>
  phase === 'unsupported'
    ? { state: 'unsupported', reason: message }
    : { state: 'lost', reason: message, since: new Date().toISOString(), detail };
