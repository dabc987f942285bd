import type { CurrentHost } from './currentHost';
import type { OpenHost } from './openHost';

/** One thing for each of some hosts that are connected, made and let go as they come and go. */
export class PerHost<T extends { dispose(): void }> {
  private readonly things = new Map<OpenHost, T>();
  private readonly stopListening: () => void;

  constructor(
    host: Pick<CurrentHost, 'changed' | 'all'>,
    private readonly make: (host: OpenHost) => T,
    private readonly wanted: () => readonly OpenHost[] = () => host.all,
  ) {
    this.stopListening = host.changed.on(() => this.update());
    this.update();
  }

  /** That of a host, by its id. */
  of(id: string | undefined): T | undefined {
    return [...this.things].find(([host]) => host.id === id)?.[1];
  }

  get all(): T[] {
    return [...this.things.values()];
  }

  /** Looks again at which hosts are wanted. */
  update(): void {
    const wanted = new Set(this.wanted());
    for (const [host, thing] of this.things) {
      if (wanted.has(host)) continue;
      this.things.delete(host);
      thing.dispose();
    }
    for (const host of wanted) if (!this.things.has(host)) this.things.set(host, this.make(host));
  }

  dispose(): void {
    this.stopListening();
    for (const thing of this.things.values()) thing.dispose();
    this.things.clear();
  }
}
