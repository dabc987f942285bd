import * as v from 'valibot';
import type { Memento } from 'vscode';
import type { CurrentHost } from '../hosts/currentHost';
import { Kept } from '../kept';
import { Signal } from '../signal';
import { plain, readArrangement, type Arrangement } from './arrangement';

const key = 'sriov.arrangements';
const mostHosts = 50;

/** How the rows of a host are shown, above all the current one's; remembered for the hosts that were arranged last. */
export class Arrangements {
  readonly changed = new Signal();
  /** Of one host, and not remembered yet. */
  private trial: { machine: string; arrangement: Arrangement } | undefined;

  private readonly remembered: Kept<unknown>;

  constructor(
    private readonly host: Pick<CurrentHost, 'machine'>,
    state: Memento,
  ) {
    this.remembered = new Kept(state, key, v.unknown(), mostHosts);
  }

  get now(): Arrangement {
    return this.of(this.host.machine);
  }

  /** How the rows of a host are shown that isn't the current one. */
  of(machine: string | undefined): Arrangement {
    const { trial } = this;
    return trial && trial.machine === machine ? trial.arrangement : this.kept(machine);
  }

  /** Shows it that way without remembering it, until `change` or `leave`. */
  try(part: Partial<Arrangement>): void {
    const { machine } = this.host;
    if (machine === undefined) return;
    this.trial = { machine, arrangement: { ...this.now, ...part } };
    this.changed.fire();
  }

  /** Shows it again as it is remembered. */
  leave(): void {
    if (!this.trial) return;
    this.trial = undefined;
    this.changed.fire();
  }

  async change(part: Partial<Arrangement>): Promise<void> {
    const { machine } = this.host;
    this.trial = undefined;
    if (machine !== undefined) await this.remembered.keep(machine, { ...this.kept(machine), ...part });
    this.changed.fire();
  }

  private kept(machine: string | undefined): Arrangement {
    return machine === undefined ? plain : readArrangement(this.remembered.of(machine));
  }
}
