import type { Finding } from '../finding';
import type { VfSettings } from '../vfAttributes/table';

/** Whether packets get from an interface to others and back: each check, in the order in which they rest on each other. */
export interface PathResult {
  /** What was checked: `fw:eth1`. */
  label: string;
  /** The VF that it is; `null` for anything else. */
  vf: string | null;
  findings: Finding[];
  /** The first that is wrong, of the gravest kind there is; `null` where nothing is. */
  verdict: Finding | null;
}

export interface PathTarget {
  address: string;
  /** Whether it is in a network of the interface. */
  isNear: boolean;
  /** The other function of this host that has it, and the VLAN that its adapter puts it into. */
  at?: { label: string; vlan: number | null };
}

/** The interface whose path is checked, and what is known of it before anything is asked. */
export interface PathOrder {
  label: string;
  device: string;
  /** The words before a command that make it run where the interface is. */
  enter: string[];
  addresses: string[];
  mtu: number;
  targets: PathTarget[];
  /** Absent for what is no function of an adapter that is on the host. */
  pf?: { pci: string; name: string };
  /** Absent for a whole adapter. */
  vf?: { pci: string; index: number };
}

/** One question to the host; its answer is a section of that name. */
export interface Question {
  section: string;
  argv: string[];
  /** `before`, and `after` all others: one after the other. */
  when: 'before' | 'together' | 'after';
  /** On the host instead of where the interface is. */
  onHost?: true;
  /** The program without which it isn't asked, and no answer comes. */
  program: string;
}

/** A network device as it was seen. */
export interface SeenDevice {
  up: boolean;
  carrier: boolean;
  mac: string | null;
  mtu: number | null;
  addresses: string[];
  /** IPv6 addresses of its own that the kernel found at another machine. */
  duplicates: string[];
  received: number | null;
  sent: number | null;
  /** Of a PF, by the index of the VF. */
  vfs: ReadonlyMap<number, VfSettings>;
}

/** What the host answered; undefined where it did not. */
export interface Answers {
  text: (section: string) => string | undefined;
  device: (section: string) => SeenDevice | undefined;
}
