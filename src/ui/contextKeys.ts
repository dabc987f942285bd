import { commands } from 'vscode';
import type { CurrentHost } from './hosts/currentHost';
import { viewTokens } from './hosts/viewState';

/** The keys that menus and welcome texts ask for: what the connection is, by what one is root, why a view may be empty. */
export function contextKeys(host: CurrentHost): { dispose(): void } {
  const known = new Map<string, string>();
  const set = (key: string, value: string) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const follow = () => {
    set('sriov.connection', host.connection.state);
    set('sriov.view', viewTokens(host));
    set('sriov.access', host.control?.isElevated ? 'password' : '');
  };
  follow();
  return { dispose: host.changed.on(follow) };
}
