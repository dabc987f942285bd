import type { Host } from '../../src/host/host';
import { readSnapshot } from '../../src/inventory/readSnapshot';
import type { HostSnapshot } from '../../src/model/snapshot';
import beside from './beside.sh';

/** A snapshot, and what the product's own look leaves out. */
export interface Seen extends HostSnapshot {
  beside: {
    /** Of the host and each container: family, destination, metric, whatever `ip route` says; not the kernel's own. */
    routes: string[];
    /** Files and processes of DHCP clients. */
    dhcp: string[];
  };
}

/** Looks at a host with the product's eyes and, for what those may not see, with others. */
export async function see(host: Host): Promise<Seen> {
  const snapshot = await readSnapshot(host);
  const inside = snapshot.containers.flatMap(({ engine, name, pid }) =>
    engine === 'docker' && pid !== null ? [`routes ${name} ${pid}`] : [],
  );
  const { stdout } = await host.run([beside, 'routes host $$', ...inside, 'dhcp'].join('\n'));
  const lines = stdout.split('\n').filter(Boolean);
  const isDhcp = (line: string) => line.startsWith('dhcp ');
  return {
    ...snapshot,
    beside: { routes: lines.filter((line) => !isDhcp(line)), dhcp: lines.filter(isDhcp) },
  };
}
