import { judgePath, questions } from '../diagnostics/path/checks';
import { pathProgram } from '../execution/wire/pathProgram';
import type { Host } from '../host/host';
import { readPath } from '../inventory/wire/readPath';
import type { PathResult } from '../model/wire/path';
import { isRefusal, refuse, type Refusal } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import { onWire } from '../planning/wire/onWire';
import { pathOrder } from '../planning/wire/pathOrder';
import { gone, type PathRequest } from './wire';

/** Checks whether packets get from an interface to others and back: one program, one round trip. */
export async function checkPath(
  host: Host,
  snapshot: HostSnapshot,
  { on, gateway }: PathRequest,
  signal?: AbortSignal,
): Promise<PathResult | Refusal> {
  const wire = onWire(snapshot, on);
  if (isRefusal(wire)) return wire;
  const order = pathOrder(snapshot, wire, gateway);
  if (isRefusal(order)) return order;
  const answers = await readPath(host, pathProgram(wire.namespace, questions(order)), signal);
  if (answers.text('not-root') !== undefined)
    return refuse(
      'not-permitted',
      'Checking a path requires root: log in as root, or as a user whom sudo lets run "sh".',
    );
  if (answers.text('gone') !== undefined) return gone(wire.label);
  return judgePath(order, answers);
}
