import * as v from 'valibot';
import type { PciAddress } from '../../model/functions';
import { parseIpBatch, type IpDevice } from '../ipJson';

const eswitchSchema = v.object({ dev: v.record(v.string(), v.object({ mode: v.string() })) });

/** From `devlink -j dev eswitch show`, a line for each PF that has such a mode. */
export const eswitchModes = (body: string): Map<PciAddress, string> =>
  new Map(
    answers(body, eswitchSchema).flatMap(({ dev }) =>
      Object.entries(dev).map(([handle, { mode }]) => [handle.replace('pci/', ''), mode] as const),
    ),
  );

const portsSchema = v.object({ port: v.record(v.string(), v.unknown()) });

const mac = v.pipe(v.string(), v.regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/));
/** `external`: the function belongs to another host, which a DPU serves. */
const portSchema = v.object({
  flavour: v.picklist(['pcipf', 'pcivf', 'pcisf']),
  netdev: v.optional(v.string()),
  controller: v.optional(v.number(), 0),
  external: v.optional(v.boolean(), false),
  pfnum: v.number(),
  vfnum: v.optional(v.number()),
  sfnum: v.optional(v.number()),
  function: v.optional(v.object({ hw_addr: v.optional(v.fallback(v.nullable(mac), null)) })),
});

/** A port of an adapter's switch, where a function stands on the other side. */
export interface SwitchPort {
  pf: PciAddress;
  /** As the kernel writes `phys_port_name` (`devlink_port_phys_port_name_get`). */
  name: string;
  /** The VF of this host on the other side, if it is one. */
  vf: number | null;
  /** The representor, if it is in the same namespace. */
  netdev: string | null;
  /** The MAC of the function on the other side, as set by its adapter. */
  mac: string | null;
}

/** From `devlink -j port show`, which runs if a PF is in switchdev mode. */
export const switchPorts = (body: string): SwitchPort[] =>
  answers(body, portsSchema).flatMap(({ port }) =>
    Object.entries(port).flatMap(([handle, said]) => {
      const [, pf] = /^pci\/(.+)\/\d+$/.exec(handle) ?? [];
      const { success, output } = v.safeParse(portSchema, said);
      return pf !== undefined && success ? [toPort(pf, output)] : [];
    }),
  );

function toPort(pf: PciAddress, said: v.InferOutput<typeof portSchema>): SwitchPort {
  const { flavour, external, controller, pfnum, vfnum, sfnum } = said;
  const kind = { pcipf: '', pcivf: `vf${vfnum}`, pcisf: `sf${sfnum}` }[flavour];
  return {
    pf,
    name: `${external ? `c${controller || 1}` : ''}pf${pfnum}${kind}`,
    vf: flavour === 'pcivf' && !external ? (vfnum ?? null) : null,
    netdev: said.netdev ?? null,
    mac: said.function?.hw_addr ?? null,
  };
}

/** A device as the port that devlink says it is: not every driver and kernel has the port's name and the PF on the device itself. */
export function asPort<Device extends Pick<IpDevice, 'ifname' | 'phys_port_name' | 'parentdev'>>(
  device: Device,
  ports: SwitchPort[],
): Device {
  const port = ports.find(({ netdev }) => netdev === device.ifname);
  return port ? { ...device, phys_port_name: port.name, parentdev: port.pf } : device;
}

/** devlink's output, lines of JSON; nothing if one is damaged. */
function answers<Schema extends v.GenericSchema>(body: string, schema: Schema): v.InferOutput<Schema>[] {
  try {
    return parseIpBatch(body).flatMap((line) => {
      const result = v.safeParse(schema, line);
      return result.success ? [result.output] : [];
    });
  } catch {
    return [];
  }
}
