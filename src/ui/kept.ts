import * as v from 'valibot';
import type { Memento } from 'vscode';

/** Values by id in the extension's own storage: those that were written last. */
export class Kept<T> {
  private readonly schema: v.GenericSchema<unknown, Record<string, T>>;

  constructor(
    private readonly state: Memento,
    private readonly key: string,
    value: v.GenericSchema<unknown, T>,
    private readonly most: number,
  ) {
    this.schema = v.record(v.string(), value);
  }

  of(id: string): T | undefined {
    return this.all()[id];
  }

  /** What was written last comes first. */
  ids(): string[] {
    return Object.keys(this.all()).reverse();
  }

  async keep(id: string, value: T): Promise<void> {
    const others = Object.entries(this.all()).filter(([other]) => other !== id);
    await this.state.update(this.key, Object.fromEntries([...others, [id, value]].slice(-this.most)));
  }

  /** Another version may have written it. */
  private all(): Record<string, T> {
    const read = v.safeParse(this.schema, this.state.get(this.key, {}));
    return read.success ? read.output : {};
  }
}
