import { expect, onTestFinished, test } from 'vitest';
import type { HostControl } from '../../../src/control/hostControl';
import { seriesKey, type Frame, type SeriesKey } from '../../../src/model/counters/reading';
import { Tracker } from '../../../src/model/counters/tracker';
import { allVfs } from '../../../src/model/snapshot';
import type { Lab } from '../lab';

/** Seconds for which ours are held against what `ip -s` says. */
const seconds = Number(process.env.LAB_COUNT_SECONDS ?? 15);

/** The counters of a host that is followed and has a VF 0, held against a load that is known. */
export function counted(lab: Lab, control: () => HostControl): void {
  test('its counters are what ip says, on the host and in a container; a VF that moves makes no spike, and nothing stays', async () => {
    const pid = (await lab.sh(`docker inspect -f '{{.State.Pid}}' fw`)).trim();
    const inside = `nsenter -t ${pid} -n`;
    await lab.sh(`ip link set enp1s0 up; ip link set enp1s0v0 netns ${pid}
        ${inside} ip addr add 10.99.0.10/24 dev enp1s0v0; ${inside} ip link set enp1s0v0 up
        ${inside} ping -i 0.05 -s 500 10.99.0.254 </dev/null >/dev/null 2>&1 &`);
    onTestFinished(async () => {
      await lab.sh('pkill -x ping || :');
    });
    const place = () => control().snapshot && allVfs(control().snapshot!)[0];
    await expect.poll(() => place()?.holder.name, { timeout: 15_000 }).toBe('fw');
    const functions = [place()!.pci, control().snapshot!.pfs.find(({ name }) => name === 'enp2s0')!.pci];
    const keys = functions.map((pci) => seriesKey({ side: 'own', pci }));
    const ours = new Ours();
    const stop = control().count({ functions, interval: 1 }, (one) => 'frame' in one && ours.take(one.frame));
    /** What `ip` says of both, and when. */
    const theirs = async () => {
      const [up = '', ...json] = (
        await lab.sh(`read -r up _ </proc/uptime; echo "$up"
            ${inside} ip -s -j link show dev enp1s0v0; ip -s -j link show dev enp2s0`)
      ).split('\n');
      const bytes = json.slice(0, 2).map((line) => (JSON.parse(line) as Printed)[0].stats64.rx.bytes);
      return { at: Number(up) * 1000, bytes };
    };
    await expect.poll(() => ours.frames, { timeout: 20_000 }).toBeGreaterThan(2);
    const first = await theirs();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const last = await theirs();
    await expect.poll(() => ours.until, { timeout: 20_000 }).toBeGreaterThan(last.at);
    keys.forEach((key, index) => {
      const expected = last.bytes[index]! - first.bytes[index]!;
      expect(expected).toBeGreaterThan(2000 * seconds);
      expect(Math.abs(ours.bytes(key, first.at, last.at) / expected - 1)).toBeLessThan(0.02);
    });

    const most = ours.highest;
    await lab.sh(`${inside} ip link set enp1s0v0 netns 1`);
    await expect.poll(() => ours.device(keys[0]!), { timeout: 20_000 }).toMatch(/^host /);
    expect(ours.highest).toBeLessThan(3 * most);
    stop();
    const left = () => lab.sh(`pgrep -x -f 'sleep [0-5][.][0-9][0-9]' || :`);
    await expect.poll(left, { timeout: 10_000 }).toBe('');
  }, 120_000);
}

type Printed = [{ stats64: { rx: { bytes: number } } }];

/** Our rates, added up again. */
class Ours {
  frames = 0;
  highest = 0;
  private readonly tracker = new Tracker(1000, 1 << 20);
  private readonly steps: { key: SeriesKey; from: number; to: number; perMs: number }[] = [];
  private readonly devices = new Map<SeriesKey, string>();

  take(frame: Frame): void {
    this.frames += 1;
    this.tracker.take(frame);
    for (const reading of frame.readings) {
      const key = seriesKey(reading);
      this.devices.set(key, reading.device);
      const { growth, rates } = this.tracker.now(key) ?? {};
      const received = rates?.bits.rx ?? null;
      if (!growth || received === null) continue;
      this.highest = Math.max(this.highest, received);
      const from = reading.at - growth.seconds * 1000;
      this.steps.push({ key, from, to: reading.at, perMs: received / 8000 });
    }
  }

  get until(): number {
    return Math.min(
      ...[...this.devices.keys()].map((key) => Math.max(0, ...this.of(key).map(({ to }) => to))),
    );
  }

  device(key: SeriesKey): string {
    return this.devices.get(key) ?? '';
  }

  /** What our rates come to in a time of the host. */
  bytes(key: SeriesKey, begin: number, end: number): number {
    return this.of(key).reduce(
      (sum, { from, to, perMs }) => sum + perMs * Math.max(0, Math.min(end, to) - Math.max(begin, from)),
      0,
    );
  }

  private of(wanted: SeriesKey) {
    return this.steps.filter(({ key }) => key === wanted);
  }
}
