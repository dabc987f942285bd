import { HostError, type Host } from '../host/host';
import { PrivilegeError } from '../host/privilege';
import { lookAgain, lookAt, type Look, type Touched } from '../inventory/readSnapshot';
import type { HostSnapshot } from '../model/snapshot';
import type { Connection } from './hostControl';

/** Looks at a host, and says by `become` what that says of the connection. Both reject with HostError when it can't be read. */
export interface Reading {
  /** The whole host. */
  whole: (signal?: AbortSignal) => Promise<HostSnapshot>;
  /** What was touched since a look before. */
  touched: (before: Look, touched: Touched) => Promise<HostSnapshot>;
}

export function reading(host: Host, become: (next: Connection, look?: Look) => void): Reading {
  const by = async (looking: () => Promise<Look>): Promise<HostSnapshot> => {
    try {
      const look = await looking();
      become(connectionOf(host, look), look);
      return look.snapshot;
    } catch (error) {
      if (error instanceof HostError) become(failed(error));
      throw error;
    }
  };
  /** sudo takes the password no more, and the host has forgotten it: the user may still look. */
  const orAsUser = (signal?: AbortSignal) => (error: unknown) => {
    if (error instanceof PrivilegeError) return lookAt(host, signal);
    throw error;
  };
  return {
    whole: (signal) => by(() => lookAt(host, signal).catch(orAsUser(signal))),
    touched: (before, touched) => by(() => lookAgain(host, before, touched).catch(orAsUser())),
  };
}

function connectionOf({ id }: Host, { snapshot: { host } }: Look): Connection {
  if (host.os.system !== 'Linux')
    return { state: 'unsupported', reason: `${id} runs ${host.os.system}; SR-IOV needs a Linux host.` };
  return { state: host.user.isRoot ? 'admin' : 'limited' };
}

/** What a failure to reach the host says of the connection. */
export const failed = ({ phase, message, detail }: HostError): Connection =>
  phase === 'unsupported'
    ? { state: 'unsupported', reason: message }
    : { state: 'lost', reason: message, since: new Date().toISOString(), detail };
