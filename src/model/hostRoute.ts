/** A configured route of the host, in any table. */
export interface HostRoute {
  family: 4 | 6;
  /** CIDR or `default`. */
  destination: string;
  gateway: string | null;
  device: string;
  /** What `ip route replace` takes to set it again; the key stands in journals. */
  words: string[];
}
