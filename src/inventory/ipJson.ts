import * as v from 'valibot';

const addressSchema = v.object({
  local: v.optional(v.string()),
  prefixlen: v.optional(v.number()),
  scope: v.optional(v.string()),
});

/** Everything but the index is read by the table of VF attributes, one by one. */
const vfSchema = v.looseObject({ vf: v.number() });

const deviceSchema = v.object({
  ifindex: v.number(),
  ifname: v.string(),
  flags: v.optional(v.array(v.string()), []),
  mtu: v.optional(v.number()),
  master: v.optional(v.string()),
  link: v.optional(v.nullable(v.string())),
  /** Of the device below it, if that is in another namespace; `link_netnsid` says so. */
  link_index: v.optional(v.number()),
  link_netnsid: v.optional(v.number()),
  address: v.optional(v.string()),
  permaddr: v.optional(v.string()),
  altnames: v.optional(v.array(v.string()), []),
  linkinfo: v.optional(v.object({ info_kind: v.optional(v.string()) })),
  parentbus: v.optional(v.string()),
  parentdev: v.optional(v.string()),
  link_type: v.optional(v.string()),
  /** Of a port of an adapter: `p0`, or `pf0vf1` for the representor of a VF. */
  phys_port_name: v.optional(v.string()),
  phys_switch_id: v.optional(v.string()),
  addr_info: v.optional(v.array(addressSchema), []),
  vfinfo_list: v.optional(v.array(vfSchema), []),
});

const routeSchema = v.object({
  type: v.optional(v.string()),
  dst: v.string(),
  gateway: v.optional(v.string()),
  via: v.optional(v.object({ host: v.string() })),
  dev: v.optional(v.string()),
  table: v.optional(v.string()),
  protocol: v.optional(v.string()),
  metric: v.optional(v.number()),
  scope: v.optional(v.string()),
  prefsrc: v.optional(v.string()),
  flags: v.optional(v.array(v.string()), []),
  nexthops: v.optional(
    v.array(
      v.object({
        dev: v.optional(v.string()),
        gateway: v.optional(v.string()),
        weight: v.optional(v.number()),
        flags: v.optional(v.array(v.string()), []),
      }),
    ),
  ),
});

/** A network device as `ip -j -d link` and `ip -j -d addr` print it. */
export type IpDevice = v.InferOutput<typeof deviceSchema>;
/** One VF of a PF's `vfinfo_list`. */
export type IpVf = v.InferOutput<typeof vfSchema>;
export type IpRoute = v.InferOutput<typeof routeSchema> & { family: 4 | 6 };

/**
 * The arrays that `ip -j -b -` prints, one line a command. Throws on anything that isn't JSON. iproute2 up to 6.x
 * writes `\'` in strings, and control characters as they are; JSON has neither (`lib/json_writer.c`).
 */
export function parseIpBatch(body: string): unknown[] {
  return body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(strict(line)) as unknown);
}

const strict = (line: string): string =>
  line
    .replace(/\\([\s\S])/g, (pair, character: string) => (character === "'" ? "'" : pair))
    .replace(/[\x00-\x1f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Devices that don't fit the schema are dropped: one odd device never hides the rest. */
export const parseDevices = (array: unknown): IpDevice[] => each(array, deviceSchema);
/** A route doesn't say its address family: the families are read one after the other. */
export const parseRoutes = (ipv4: unknown, ipv6: unknown): IpRoute[] => [
  ...each(ipv4, routeSchema).map((route) => ({ ...route, family: 4 as const })),
  ...each(ipv6, routeSchema).map((route) => ({ ...route, family: 6 as const })),
];

function each<S extends v.GenericSchema>(array: unknown, schema: S): v.InferOutput<S>[] {
  return (Array.isArray(array) ? array : []).flatMap((entry) => {
    const result = v.safeParse(schema, entry);
    return result.success ? [result.output] : [];
  });
}
