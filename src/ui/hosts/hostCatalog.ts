import type { Memento } from 'vscode';
import type { Settings } from '../settings';
import type { Hosts } from '../workbench';
import { firstHost } from './firstHost';
import { knownHosts, withRecent, type ListedHost } from './hostList';

const recentKey = 'sriov.recentHosts';
const lastKey = 'sriov.lastHost';

/** The machines that can be chosen, and where one has been. */
export class HostCatalog implements Hosts {
  constructor(
    private readonly settings: () => Settings,
    private readonly list: (configFile: string) => Promise<ListedHost[]>,
    private readonly defaultConfigFile: string,
    /** What all windows share, and what belongs to this folder. */
    private readonly state: { everywhere: Memento; here: Memento },
  ) {}

  configFile(): string {
    return this.settings().sshConfigFile || this.defaultConfigFile;
  }

  async known() {
    const recent = this.state.everywhere.get<string[]>(recentKey, []);
    return knownHosts(this.settings().hosts, await this.list(this.configFile()), recent);
  }

  async remember(id: string | undefined): Promise<void> {
    await this.state.here.update(lastKey, id ?? '');
    if (id === undefined) return;
    const recent = this.state.everywhere.get<string[]>(recentKey, []);
    await this.state.everywhere.update(recentKey, withRecent(recent, id));
  }

  /** Where to connect without being asked. */
  first(): string | undefined {
    return firstHost({
      setting: this.settings().defaultHost,
      last: this.state.here.get<string>(lastKey),
      platform: process.platform,
    });
  }
}
