/** What a file declares, in the words of something else. */
export interface Exported {
  files: ExportedFile[];
  unsaid: Unsaid[];
}

export interface ExportedFile {
  /** Where it belongs on a host, if that matters. */
  folder?: string;
  /** Below it; also what it is called with `--out`. */
  name: string;
  text: string;
  /** Its reader insists on it being readable by its owner only. */
  mode?: 0o600;
}

/** A part of the file that the target has no words for. */
export interface Unsaid {
  /** `adapters[0].vfGroups[1].mtu`; `null`: of the host, and not in a file either. */
  path: string | null;
  /** The same for people: `VFs 0-1 of enp1s0, mtu`. */
  what: string;
  value: unknown;
  /** A sentence. */
  why: string;
}
