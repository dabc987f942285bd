import * as v from 'valibot';
import type { Memento } from 'vscode';
import { Kept } from '../kept';
import type { Settings } from '../settings';
import type { Hosts } from '../workbench';
import { firstHosts } from './firstHosts';
import { knownHosts, type ListedHost } from './hostList';

const lastKey = 'sriov.lastHosts';
const lastHosts = v.array(v.string());

interface Surroundings {
  /** What all windows share, and what belongs to this folder. */
  state: { everywhere: Memento; here: Memento };
  /** The machine that the extension runs on, where it isn't the one in front of the person. */
  side: string | undefined;
}

/** The machines that can be chosen, and where one has been. */
export class HostCatalog implements Hosts {
  /** When each was connected last; ISO 8601. */
  private readonly recent: Kept<string>;

  constructor(
    private readonly settings: () => Settings,
    private readonly list: (configFile: string) => Promise<ListedHost[]>,
    private readonly defaultConfigFile: string,
    private readonly around: Surroundings,
  ) {
    this.recent = new Kept(
      around.state.everywhere,
      'sriov.recentHosts',
      v.pipe(v.string(), v.isoTimestamp()),
      10,
    );
  }

  configFile(): string {
    return this.settings().sshConfigFile || this.defaultConfigFile;
  }

  async known() {
    const { hosts: saved } = this.settings();
    const listed = await this.list(this.configFile());
    return knownHosts({ saved, listed, recent: this.recent.ids(), side: this.around.side });
  }

  async use(connected: readonly string[]): Promise<void> {
    await this.around.state.here.update(lastKey, connected);
  }

  async remember(connected: readonly string[]): Promise<void> {
    await this.use(connected);
    const id = connected.at(-1);
    if (id !== undefined && id !== 'local') await this.recent.keep(id, new Date().toISOString());
  }

  /** Where to connect without being asked; the last one becomes the current host. */
  first(): readonly string[] {
    const { defaultHost, connections } = this.settings();
    const last = v.safeParse(lastHosts, this.around.state.here.get(lastKey));
    return firstHosts({
      setting: defaultHost,
      last: last.success ? last.output : undefined,
      several: connections !== 'one',
      platform: process.platform,
    });
  }
}
