/** What a row of the table of VF attributes says. */

/** One VF in `vfinfo_list` of `ip -j -d link show PF`, unchecked. */
export type IpVf = Readonly<Record<string, unknown>>;

export type Parsed<T> = { value: T } | { problem: string };

/** What a PF driver is known to do with its VFs. */
export interface DriverFacts {
  /** The network driver of its VFs. */
  vfDriver: string;
  /** Takes VLANs of 802.1ad; the others answer EPROTONOSUPPORT. */
  takes8021ad: boolean;
  /** Restarts the VF at each change of MAC, VLAN or trust, which interrupts it for a moment. */
  resetsVf: boolean;
  /** New VFs have the spoof check on. */
  checksSpoofing: boolean;
}

/** What a value is judged and asked for by; nothing where only the text is known. */
export interface About {
  pf?: { driver: string | null; mtu: number | null };
  facts?: DriverFacts;
  vf?: { driver: string | null; mac: string | null };
  /** Why the VF can't have this MAC. */
  takenMac?: (mac: string) => string | undefined;
}

export interface Choice<T> {
  label: string;
  description: string;
  value: T;
}

/** What can be asked for: an option of `sriov configure`, and a row of the form. */
export interface Askable<T, Option extends string = string> {
  /** In sentences: `minimum rate`. */
  name: string;
  option: Option;
  /** What follows the option in the help: `MBITS`. */
  takes: string;
  /** What a new VF has. */
  fresh: T;
  /** A value as it is typed; `parse` reads it. */
  text: (value: T) => string;
  parse: (text: string, about: About) => Parsed<T>;
  /** What is wrong with a value that wasn't typed. */
  problem?: (value: T, about: About) => string | undefined;
  /** The one spelling that the kernel prints. */
  normal?: (value: T) => T;
  /** The row of the form. */
  label: string;
  /** The present value in that row, where that isn't `text`. */
  now?: (value: T) => string;
  /** A form offers choices, or a prompt for a text. */
  choices?: (about: About) => Choice<T>[];
  prompt?: (about: About) => string;
  /** What stands at the prompt, where that isn't the present value. */
  proposed?: (now: T | null, about: About) => string;
  /** What was chosen, where that isn't name and text. */
  wanted?: (value: T) => string;
  /** What `sriov inventory` prints; `null` for nothing. Absent: option and text, unless the value is `fresh`. */
  listed?: (value: T, vf: { mac: string | null }) => string | null;
  /** PF drivers that answer EOPNOTSUPP or EINVAL whatever the value. Not offered; who asks all the same gets the driver's answer. */
  refusedBy?: readonly string[];
  /** Of the PF drivers that are known, those that have it at all; for the others it is refused before anything is changed. */
  takenBy?: readonly string[];
}

/** A value that the PF has for each of its VFs: a field of the inventory and of attachment records. */
export interface Field<T, Option extends string = string> extends Askable<T, Option> {
  /** `null` where the driver or kernel doesn't say. */
  read: (vf: IpVf) => T | null;
  is: (value: unknown) => value is T;
  /** Its line in the tooltip; no text, no line. */
  fact: { label: string; text?: (value: T) => string | null };
}

/** What one `ip link set PF vf N …` sets. */
export interface Setting<T> {
  /** In sentences: `rate limit`. */
  name: string;
  /** The value in sentences. */
  says: (value: T) => string;
  /** What `ip link set PF vf N` takes. */
  ipOptions: (value: T) => string[];
  /** What `ip -j link show PF` has for that VF then, as an extended regular expression, or `no VLAN`. */
  shows: (value: T) => string;
  /** What a new VF has. */
  fresh: T;
  /** Whether new VFs of such a driver are sure to have `fresh`; absent: all are. */
  sureOf?: (facts: DriverFacts | undefined) => boolean;
  /** A value that isn't `fresh`, where a VF brings it along: `no spoof check`. */
  brings: (value: T) => string;
  /** The title of the step, where it isn't `Set the … of VF 0 to … on …`. */
  title?: (from: T, to: T, vf: string, pf: string) => string;
  /** Why a PF may not tell it. */
  untold?: string;
}

/** A setting of one value, which is most of them. */
export type Attribute<T, Option extends string = string> = Field<T, Option> & Setting<T>;
