/** An interface of `ip link` or `ip addr`. */
export interface IpInterface {
  name: string;
  header: string;
  flags: string[];
  up: boolean;
  carrier: boolean;
  /** The lines `vf N …` below it: it is a PF. */
  vfLines: string[];
  linkStates: string[];
  infiniband: boolean;
  addresses: string[];
  altnames: string[];
}

const header = /^\s*(?:\d+: +)([^\s:@]{1,16})(?:@[^\s:]+)?: +<([A-Z0-9_,-]*)>(.*)$/;

export function ipInterfaces(lines: readonly string[]): IpInterface[] {
  const interfaces: IpInterface[] = [];
  for (const line of lines) {
    const match = header.exec(line);
    if (match) {
      const flags = (match[2] ?? '').split(',');
      const up = flags.includes('UP');
      const carrier =
        flags.includes('LOWER_UP') || (up && !flags.includes('NO-CARRIER') && /state UP/.test(line));
      interfaces.push({
        ...{ name: match[1] ?? '', header: line, flags, up, carrier },
        ...{ vfLines: [], linkStates: [], infiniband: false, addresses: [], altnames: [] },
      });
      continue;
    }
    const current = interfaces.at(-1);
    if (!current || !/^\s/.test(line)) continue;
    const trimmed = line.trim();
    if (/^vf \d+ /.test(trimmed)) {
      current.vfLines.push(line);
      current.linkStates.push(/link-state (\w+)/.exec(trimmed)?.[1] ?? 'auto');
    } else if (trimmed.startsWith('link/infiniband')) current.infiniband = true;
    else if (/^inet6? /.test(trimmed)) current.addresses.push(line);
    else if (trimmed.startsWith('altname ')) current.altnames.push(trimmed.slice(8).trim());
  }
  return interfaces;
}
