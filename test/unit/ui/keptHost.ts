import type { Intent, Kept } from '../../../src/model/lasting/kept';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { withKept } from '../../../src/inventory/lasting/intents';

const intent: Intent = {
  ...{ version: 1, id: 'fw-eth1', engine: 'docker', container: { name: 'fw' }, trigger: 'watcher' },
  ...{ pf: '0000:01:00.0', pfMac: '52:54:00:aa:00:01', vf: '0000:01:10.0', index: 0 },
  ...{ hostName: 'enp1s0v0', inside: 'eth1', settings: {}, madeAt: '2026-01-02T03:04:05Z' },
};

/** VF 0 of enp1s0 for fw as eth1, whose watcher runs. */
export const keptOne = (of: Partial<Intent> = {}, more: Partial<Kept> = {}): Kept => ({
  ...{ intent: { ...intent, ...of }, result: null, watched: true },
  ...more,
});

/** The host, on which these are kept. */
export const keeping = (snapshot: HostSnapshot, ...kept: Kept[]): HostSnapshot => ({
  ...snapshot,
  kept,
  pfs: withKept(snapshot.pfs, kept),
});

export const failed = (why: string): Partial<Kept> => ({
  result: { state: 'failed', at: '2026-01-02T03:04:05Z', why },
});
