import type { Host } from '../../../src/host/host';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { answerTo } from '../../hosts/answer.mjs';
import { recordedHost } from '../../hosts/index.mjs';
import type { RecordedHost } from '../../hosts/record.mjs';

/** A recording as the product's host: it answers the programs that look, and nothing else. */
export const recordingHost = (recording: RecordedHost): Host => {
  const fails = () => Promise.reject(new Error('a recording changes nothing'));
  return {
    id: recording.hostname,
    run: (program) => {
      const stdout = answerTo(recording, program);
      return stdout === undefined ? fails() : Promise.resolve({ stdout, stderr: '', exitCode: 0 });
    },
    sudo: { obstacle: fails, unlock: fails, isUnlocked: () => false, lock: () => {} },
    hangUp: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
  };
};

/** What the product makes of a recorded host. */
export async function snapshotOf(name: string): Promise<{ recording: RecordedHost; snapshot: HostSnapshot }> {
  const recording = await recordedHost(name);
  const snapshot = await readSnapshot(recordingHost(recording));
  return { recording, snapshot: { ...snapshot, takenAt: '2026-01-02T03:04:05.678Z' } };
}
