import * as v from 'valibot';
import type { Host } from '../../host/host';
import type { Answers, SeenDevice } from '../../model/wire/path';
import { settingsOf } from '../../model/vfAttributes/table';
import { addressesOf, isUp } from '../devices';
import { parseDevices, parseIpBatch } from '../ipJson';
import { readSections } from '../readSections';

/** Runs a program that checks a path; each answer is a section. */
export async function readPath(host: Host, program: string, signal?: AbortSignal): Promise<Answers> {
  const bodies = new Map((await readSections(host, program, signal)).map(({ name, body }) => [name, body]));
  return {
    text: (section) => bodies.get(section),
    device: (section) => deviceIn(bodies.get(section)),
  };
}

/** What `ip -j` says beside what is read of every device. */
const more = v.object({
  stats64: v.optional(
    v.object({ rx: v.object({ packets: v.number() }), tx: v.object({ packets: v.number() }) }),
  ),
  addr_info: v.optional(
    v.array(v.object({ local: v.optional(v.string()), dadfailed: v.optional(v.boolean()) })),
    [],
  ),
});

export function deviceIn(body: string | undefined): SeenDevice | undefined {
  try {
    const [printed] = parseIpBatch(body ?? '');
    const [device] = parseDevices(printed);
    if (!device) return undefined;
    const { stats64, addr_info: addresses } = v.parse(more, (printed as unknown[])[0]);
    return {
      ...{ up: isUp(device), carrier: device.flags.includes('LOWER_UP') },
      ...{ mac: device.address ?? null, mtu: device.mtu ?? null, addresses: addressesOf(device) },
      duplicates: addresses.flatMap(({ local, dadfailed }) => (dadfailed && local ? [local] : [])),
      ...{ received: stats64?.rx.packets ?? null, sent: stats64?.tx.packets ?? null },
      vfs: new Map(device.vfinfo_list.map((vf) => [vf.vf, settingsOf(vf, device.link_type)])),
    };
  } catch {
    // It said something else: an error.
    return undefined;
  }
}
