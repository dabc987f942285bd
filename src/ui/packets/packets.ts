import { l10n } from 'vscode';
import type { Writable } from 'node:stream';
import type { PacketTarget, Packets } from '../workbench';
import { captureFile } from './captureFile';

/** How Wireshark is found and started where this runs. */
export interface Wireshark {
  findWireshark: () => Promise<string | undefined>;
  startWireshark: (program: string) => Promise<Writable>;
}

/** Where packets can go. `isApart`: the person sits at another machine than the one that this runs on. */
export const packetsBy = ({ findWireshark, startWireshark }: Wireshark, isApart: boolean): Packets => ({
  isApart,
  async noViewer() {
    if (isApart)
      return l10n.t(
        'The extension and Wireshark are on different machines. Save a file, or copy the command for your computer.',
      );
    return (await findWireshark()) === undefined
      ? l10n.t('Wireshark was not found on this computer.')
      : undefined;
  },
  async viewer(): Promise<PacketTarget | undefined> {
    const program = await findWireshark();
    if (program === undefined) return undefined;
    const to = await startWireshark(program);
    return {
      to,
      finish() {
        to.end();
        return Promise.resolve();
      },
      shows: {},
    };
  },
  file: captureFile,
});
