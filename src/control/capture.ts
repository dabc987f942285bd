import { Writable } from 'node:stream';
import type { Host } from '../host/host';
import { captureProgram, filterProgram, obstacles, type Obstacle } from '../execution/wire/captureProgram';
import { onOneLine } from '../model/printable';
import { isRefusal, refuse, type Refusal } from '../model/plan';
import { PacketCount } from '../model/wire/packetCount';
import type { HostSnapshot } from '../model/snapshot';
import { onWire, type OnWire } from '../planning/wire/onWire';
import { gone, type Captured, type CaptureHooks, type CaptureRequest } from './wire';

/** Captures packets on a host until a limit is reached, the reader is gone, or the signal aborts. */
export async function capture(
  host: Host,
  snapshot: HostSnapshot,
  request: CaptureRequest,
  hooks: CaptureHooks,
): Promise<Captured | Refusal> {
  const wire = onWire(snapshot, request.on);
  if (isRefusal(wire)) return wire;
  const leavesOut = wire.carriesSsh && host.id !== 'local';
  hooks.onBegin?.({ label: wire.label, notes: [...wire.notes, ...(leavesOut ? [leftOut(wire)] : [])] });
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, hooks.stop]);
  const counted = counting(request, hooks, () => stop.abort());
  const { filter = '', as, count } = request;
  try {
    const { exitCode, stderr } = await host.run(
      captureProgram({ ...wire, filter, as, count, carriesSsh: leavesOut }),
      { timeoutMs: Infinity, signal: hooks.signal, stream: { to: counted.to, stop: signal } },
    );
    return outcome(exitCode, stderr, wire, counted);
  } finally {
    counted.end();
  }
}

/** What is wrong with a filter, according to the host's tcpdump; undefined if nothing. */
export async function filterProblem(
  host: Host,
  snapshot: HostSnapshot,
  { on, filter = '' }: CaptureRequest,
  signal?: AbortSignal,
): Promise<Refusal | undefined> {
  const wire = onWire(snapshot, on);
  if (isRefusal(wire)) return wire;
  const { exitCode, stderr } = await host.run(filterProgram({ ...wire, filter }), { signal });
  const problem = outcome(exitCode, stderr, wire);
  return isRefusal(problem) ? problem : undefined;
}

const leftOut = ({ device }: OnWire): string =>
  `${device} carries this ssh connection: the TCP port of ssh is left out.`;

/** Passes on the data, no faster than it is consumed, until there is enough. */
function counting(
  { as, seconds, mebibytes = Infinity }: CaptureRequest,
  { to, onProgress }: CaptureHooks,
  enough: () => void,
) {
  const count = new PacketCount();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    if (seconds !== undefined) timer ??= setTimeout(enough, 1000 * seconds);
  };
  // Its output arrives in pieces only.
  if (as === 'text') begin();
  const counted = new Writable({
    write(piece: Buffer, _, done) {
      begin();
      const fits = as === 'text' ? piece.length : count.take(piece, mebibytes * 1024 * 1024);
      if (fits < piece.length) enough();
      onProgress?.({ packets: count.packets, bytes: count.bytes });
      if (fits === 0 || to.destroyed || !to.writable) done();
      else to.write(piece.subarray(0, fits), () => done());
    },
  });
  const nobody = () => counted.destroy();
  for (const event of ['close', 'error']) to.once(event, nobody);
  const end = () => {
    clearTimeout(timer);
    for (const event of ['close', 'error']) to.off(event, nobody);
  };
  return { to: counted, count, end };
}

function outcome(
  exitCode: number,
  stderr: string,
  { label, device }: OnWire,
  counted?: { count: PacketCount },
): Captured | Refusal {
  const obstacle = obstacles[exitCode as keyof typeof obstacles] as Obstacle | undefined;
  const said = stderr
    .trim()
    .split('\n')
    .map((line) => onOneLine(line.replace(/^tcpdump: /, '')))
    .filter((line) => !/^(listening on|verbose output|WARNING|Warning)/.test(line));
  switch (obstacle) {
    case 'not-root':
      return refuse(
        'not-permitted',
        'Capturing packets requires root: log in as root, or as a user whom sudo lets run "sh".',
      );
    case 'no-tcpdump':
      return {
        ...refuse('limit', 'The host has no tcpdump; install its package there.'),
        lacks: 'tcpdump',
      };
    case 'gone':
      return gone(label);
    case 'no-device':
      return refuse('stale', `${device} is no longer where it was; refresh and try again.`);
    case 'bad-filter':
      return refuse('invalid', `This is not a valid filter: ${said.join(' ')}`);
    case undefined: {
      const number = (what: string) => {
        const found = new RegExp(`^(\\d+) packets? ${what}`, 'm').exec(stderr)?.[1];
        return found === undefined ? null : Number(found);
      };
      const captured = number('captured');
      if (exitCode !== 0 && captured === null && (counted?.count.bytes ?? 0) === 0)
        throw new Error(`tcpdump failed on ${label}: ${said.at(-1) || `exit status ${exitCode}`}`);
      const { packets = 0, bytes = 0 } = counted?.count ?? {};
      return {
        ...{ label, bytes, dropped: number('dropped by kernel') },
        packets: bytes > 0 ? packets : (captured ?? 0),
      };
    }
  }
}
