import { commands } from 'vscode';
import type { Arrangements } from './arranging/arrangements';
import { filterState } from './arranging/filterState';
import type { CurrentHost } from './hosts/currentHost';
import { viewTokens } from './hosts/viewState';

/** The keys that menus and welcome texts ask for: what the connection is, by what one is root, why a view may be empty. */
export function contextKeys(host: CurrentHost, arrangements: Arrangements): { dispose(): void } {
  const known = new Map<string, string>();
  const set = (key: string, value: string) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const follow = () => {
    set('sriov.connection', host.connection.state);
    set('sriov.view', viewTokens(host));
    set('sriov.filter', filterState(host.snapshot, arrangements.now.filter).tokens);
    set('sriov.access', host.control?.isElevated ? 'password' : '');
  };
  follow();
  const ends = [host.changed.on(follow), arrangements.changed.on(follow)];
  return { dispose: () => ends.forEach((end) => end()) };
}
