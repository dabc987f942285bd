import { PassThrough } from 'node:stream';
import type { Packets, PacketTarget } from '../../../src/ui/workbench';

/** Captures go into memory. */
export class FakePackets implements Packets {
  isApart = false;
  obstacle: string | undefined;
  /** The files that were asked for, and what was written to them and to Wireshark. */
  readonly asked: string[] = [];
  readonly written: Buffer[] = [];
  finished = 0;
  cancels = false;

  noViewer = () => Promise.resolve(this.obstacle);
  viewer = () => Promise.resolve(this.target());
  file = (_title: string, name: string) => {
    this.asked.push(name);
    return Promise.resolve(this.cancels ? undefined : this.target(`/tmp/${name}`));
  };

  private target(name?: string): PacketTarget {
    const to = new PassThrough();
    to.on('data', (piece: Buffer) => this.written.push(piece));
    return {
      ...{ to, shows: {} },
      ...(name === undefined ? {} : { name }),
      finish: () => {
        this.finished += 1;
        return Promise.resolve();
      },
    };
  }
}
