import type { Heard } from '../inventory/events/listen';
import { clients, engineNamed } from '../model/engines';
import type { HostSnapshot } from '../model/snapshot';
import type { Hearing } from './hostControl';

/** The sources that a host is heard by, and whether they cover everything that is shown. */
export class Sources {
  /** Every source has reported once. */
  isSettled = false;
  private readonly heard = new Map<string, boolean>();

  take({ kind, ...more }: Heard): void {
    if (kind === 'beat') this.isSettled = true;
    if ('source' in more) this.heard.set(more.source, kind === 'hears');
  }

  /** Undefined while that isn't known yet. */
  hearing(snapshot: HostSnapshot | undefined): Hearing | undefined {
    if (!snapshot) return undefined;
    const needed = ['ip', 'udevadm', ...clients.map(({ name }) => name).filter(isUsed(snapshot))];
    if (!this.isSettled && needed.some((source) => !this.heard.has(source))) return undefined;
    const deaf = needed.filter((source) => !this.heard.get(source)).map(whyDeaf);
    const why = [...deaf, ...silent(snapshot)];
    return why.length === 0 ? { live: true } : { live: false, why: why.join('; ') };
  }
}

const isUsed =
  ({ engines }: HostSnapshot) =>
  (name: string): boolean =>
    engines.some(({ engine, status }) => engine === name && status === 'ok');

const whyDeaf = (source: string): string =>
  `"${source} ${engineNamed(source) ? 'events' : 'monitor'}" does not run there`;

/** What is seen, but doesn't report its changes. */
function silent({ containers, engines, host }: HostSnapshot): string[] {
  const mute = engines.filter(
    ({ engine, status }) => status === 'ok' && clients.every(({ name }) => name !== engine),
  );
  const others = containers.some(
    ({ rootlessOf }) => rootlessOf !== undefined && rootlessOf !== host.user.name,
  );
  return [
    ...mute.map(({ engine }) => `${engineNamed(engine)?.title} reports no changes`),
    ...(others ? ["other users' containers report no changes"] : []),
  ];
}
