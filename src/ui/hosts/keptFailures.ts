import { l10n } from 'vscode';
import { isThere } from '../../control/hostControl';
import type { Kept } from '../../model/lasting/kept';
import { offer } from '../changes/tell';
import { failureOf, keptLabel, whoText } from '../tree/keptState';
import type { Workbench } from '../workbench';
import type { OpenHost } from './openHost';
import { hostName } from './viewState';
import type { WatchingShown } from './watchingShown';

/** Milliseconds that something has to stay wrong: a host tries again after 1, 2, 4, 8 and 16 seconds. */
const patience = 35_000;

interface Failure {
  why: string;
  told: boolean;
  timer?: NodeJS.Timeout;
}

/** Tells once of each failure of an attachment that lasts, and only somebody who looks at its host. */
export function tellKeptFailures(
  workbench: Workbench,
  watching: Pick<WatchingShown, 'changed' | 'isWatched'>,
): { dispose(): void } {
  const known = new Map<string, Failure>();
  const forget = (key: string) => {
    clearTimeout(known.get(key)?.timer);
    known.delete(key);
  };
  const look = () => {
    const hosts = workbench.host.all;
    const keys = new Set(hosts.flatMap((one) => keptOn(one).map((kept) => keyOf(one, kept))));
    for (const key of known.keys()) if (!keys.has(key)) forget(key);
    for (const one of hosts.filter(({ connection }) => isThere(connection)))
      for (const kept of keptOn(one)) consider(one, kept);
  };
  const consider = (one: OpenHost, kept: Kept) => {
    const key = keyOf(one, kept);
    const why = one.snapshot && failureOf(one.snapshot, kept);
    if (known.get(key)?.why !== why) forget(key);
    if (why === undefined) return;
    const failure = known.get(key) ?? { why, told: false };
    known.set(key, failure);
    if (failure.told || failure.timer || !watching.isWatched(one.id)) return;
    failure.timer = setTimeout(() => void confirm(key, failure, one, kept), patience);
  };
  /** How a run ended isn't heard: the host is read before anything is said. */
  const confirm = async (key: string, failure: Failure, one: OpenHost, kept: Kept) => {
    if (watching.isWatched(one.id)) await one.refresh().catch(() => {});
    failure.timer = undefined;
    if (known.get(key) !== failure || !watching.isWatched(one.id)) return;
    failure.told = true;
    tell(workbench, one, kept, failure.why);
  };
  const stops = [workbench.host.changed.on(look), watching.changed.on(look)];
  look();
  return {
    dispose() {
      for (const stop of stops) stop();
      for (const key of known.keys()) forget(key);
    },
  };
}

const keptOn = ({ snapshot }: OpenHost): Kept[] => snapshot?.kept ?? [];
const keyOf = ({ id }: OpenHost, { intent }: Kept): string => `${id}\n${intent.id}`;

function tell(workbench: Workbench, { id, snapshot }: OpenHost, { intent }: Kept, why: string): void {
  if (!snapshot) return;
  const message = l10n.t(
    '{0} on {1} is kept for {2}, which fails: {3}',
    keptLabel(snapshot, intent),
    hostName(id, snapshot),
    whoText(intent.container),
    why,
  );
  workbench.log.warn(message);
  offer(workbench, 'warning', message, {
    [l10n.t('Show Log of Last Runs')]: () =>
      workbench.execute('sriov.vf.showKeptLog', { host: id, kept: intent.id }),
  });
}
